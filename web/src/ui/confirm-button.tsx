import { Button, Popconfirm } from 'antd';
import type { ButtonProps } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { toast } from './toast.tsx';

export interface ConfirmButtonProps extends Omit<ButtonProps, 'onClick' | 'title'> {
  /** The question, and what follows from it. */
  question: string;
  consequence?: ReactNode;
  /** Label of the button that does it; names the deed, not "OK". */
  deed: string;
  onConfirm: () => Promise<unknown>;
}

/** A button that asks before it does; shows that it works, and what went wrong. */
export function ConfirmButton({
  question,
  consequence,
  deed,
  onConfirm,
  ...button
}: ConfirmButtonProps): ReactNode {
  const { t } = useTranslation();
  const [busy, setBusy] = useState(false);
  const run = async (): Promise<void> => {
    setBusy(true);
    await onConfirm()
      .catch(toast.problem)
      .finally(() => setBusy(false));
  };
  return (
    <Popconfirm
      title={question}
      description={consequence}
      okText={deed}
      cancelText={t('cancel')}
      okButtonProps={{ danger: button.danger === true }}
      onConfirm={run}
    >
      <Button loading={busy} {...button} />
    </Popconfirm>
  );
}
