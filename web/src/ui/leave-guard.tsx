import { useBlocker } from '@tanstack/react-router';
import { Button, Modal } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

/** Asks before changes are thrown away. */
export function LeaveQuestion({
  open,
  onStay,
  onDiscard,
}: {
  open: boolean;
  onStay: () => void;
  onDiscard: () => void;
}): ReactNode {
  const { t } = useTranslation();
  return (
    <Modal
      open={open}
      title={t('leave.title')}
      width={420}
      centered
      onCancel={onStay}
      footer={
        <>
          <Button danger onClick={onDiscard}>
            {t('leave.discard')}
          </Button>
          <Button type="primary" onClick={onStay}>
            {t('leave.stay')}
          </Button>
        </>
      }
    >
      {t('leave.text')}
    </Modal>
  );
}

/** While `dirty`, leaving the page (also by closing the tab) asks first. */
export function LeaveGuard({ dirty }: { dirty: boolean }): ReactNode {
  const blocker = useBlocker({
    shouldBlockFn: () => dirty,
    enableBeforeUnload: () => dirty,
    withResolver: true,
  });
  return (
    <LeaveQuestion
      open={blocker.status === 'blocked'}
      onStay={() => blocker.reset?.()}
      onDiscard={() => blocker.proceed?.()}
    />
  );
}
