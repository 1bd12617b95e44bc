import { RocketOutlined } from '@ant-design/icons';
import type { AutomationSubject } from '@yingda/contract';
import { listMacros, runMacro } from '@yingda/contract';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct, useCall } from '../../../lib/query.ts';
import { Menu } from '../../../ui/menu.tsx';
import { toast } from '../../../ui/toast.tsx';

/** Macros for what is open, each in one press; nothing while there are none. */
export function MacroMenu({
  subject,
  subjectId,
  onDone,
}: {
  subject: AutomationSubject;
  subjectId: string;
  /** Reads anew what the macro may have changed. */
  onDone?: () => void;
}): ReactNode {
  const { t } = useTranslation();
  const macros = useCall(listMacros, { query: { subject } }, { staleTime: 300_000 });
  const run = useAct(runMacro);
  const items = macros.data?.items ?? [];
  if (items.length === 0) return null;
  const choose = (id: string): void =>
    run.mutate(
      { params: { id }, body: { subjectId } },
      {
        onError: toast.problem,
        onSuccess: ({ actions }) => {
          const done = actions.filter(({ state }) => state === 'done').length;
          toast.success(t('macros.done', { count: done }));
          onDone?.();
        },
      },
    );
  return (
    <Menu items={items.map(({ id, name }) => ({ key: id, label: name }))} onChoose={choose}>
      <Button
        type="text"
        icon={<RocketOutlined />}
        loading={run.isPending}
        title={t('macros.title')}
        aria-label={t('macros.title')}
      />
    </Menu>
  );
}
