import { HistoryOutlined } from '@ant-design/icons';
import { listAutomationRuns, RunState } from '@yingda/contract';
import type { AutomationRun } from '@yingda/contract';
import { Drawer } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { formatDateTime, formatNumber } from '../../../lib/format.ts';
import { hasText } from '../../../lib/i18n.ts';
import { usePages } from '../../../lib/query.ts';
import { Tag } from '../../../ui/data-table.tsx';
import type { Column } from '../../../ui/data-table.tsx';
import { PagedTable } from '../../../ui/paged-table.tsx';
import { EmptyState } from '../../../ui/states.tsx';
import { useAutomations } from '../data.ts';
import { textKey } from '../model/keys.ts';
import { ActionReports, SubjectLink } from '../report.tsx';

type Run = z.output<typeof AutomationRun>;
type State = (typeof RunState.options)[number];
const tones = { done: 'green', failed: 'red', loop_stopped: 'amber' } as const;

/** An event or a clock in words. */
function useCause(): (cause: string) => string {
  const { t } = useTranslation('automations');
  return (cause) => {
    const key = textKey(cause);
    if (hasText(`automations:event.${key}`)) return t(`event.${key}`);
    return hasText(`automations:clock.${key}`) ? t(`clock.${key}`) : cause;
  };
}

function RunDrawer({ run, onClose }: { run: Run; onClose: () => void }): ReactNode {
  const { t } = useTranslation('automations');
  const cause = useCause();
  const { automationName, automationVersion, at, subject, state, actions, chain, tookMs } = run;
  return (
    <Drawer open title={t('run.detail')} size="min(560px, 100vw)" onClose={onClose}>
      <div className="yd-run-detail">
        <p>
          <strong>{automationName}</strong>{' '}
          <span className="yd-soft">{t('run.version', { version: automationVersion })}</span>{' '}
          <Tag tone={tones[state]}>{t(`run.state.${state}`)}</Tag>
        </p>
        <p>
          <SubjectLink subject={subject} />
        </p>
        <p className="yd-soft yd-figures">
          {cause(run.cause)} · {formatDateTime(at)} · {t('run.took', { ms: formatNumber(tookMs) })}
        </p>
        {chain.length > 0 && (
          <p className="yd-soft">{t('run.chain', { names: chain.join(' → ') })}</p>
        )}
        {state === 'loop_stopped' && <p>{t('run.loopHint')}</p>}
        <ActionReports actions={actions} />
      </div>
    </Drawer>
  );
}

function useColumns(): Column<Run>[] {
  const { t } = useTranslation('automations');
  const cause = useCause();
  return [
    { key: 'rule', title: t('run.rule'), render: ({ automationName }) => automationName },
    {
      key: 'subject',
      title: t('run.subject'),
      narrow: 'below',
      render: ({ subject: { number, title } }) => (
        <>
          <span className="yd-figures">{number}</span> {title}
        </>
      ),
    },
    {
      key: 'cause',
      title: t('run.cause'),
      narrow: 'hide',
      render: (run) => <span className="yd-soft">{cause(run.cause)}</span>,
    },
    {
      key: 'state',
      title: t('run.stateTitle'),
      render: ({ state }) => <Tag tone={tones[state]}>{t(`run.state.${state}`)}</Tag>,
    },
    {
      key: 'at',
      title: t('run.at'),
      narrow: 'hide',
      render: ({ at }) => <span className="yd-figures">{formatDateTime(at)}</span>,
    },
  ];
}

/** What the rules did, newest first. */
export function RunList(): ReactNode {
  const { t } = useTranslation('automations');
  const rules = useAutomations().data?.items ?? [];
  const [automationId, setAutomation] = useState<string | undefined>();
  const [state, setState] = useState<State | undefined>();
  const [opened, setOpened] = useState<Run | null>(null);
  const pages = usePages(listAutomationRuns, { automationId, state, limit: 50 });
  const columns = useColumns();
  return (
    <>
      <div className="yd-filters">
        <select
          className="yd-plain-select"
          aria-label={t('run.rule')}
          value={automationId ?? ''}
          onChange={(event) => setAutomation(event.target.value || undefined)}
        >
          <option value="">{t('run.anyRule')}</option>
          {rules.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
        <select
          className="yd-plain-select"
          aria-label={t('run.stateTitle')}
          value={state ?? ''}
          onChange={({ target }) => setState(RunState.options.find((one) => one === target.value))}
        >
          <option value="">{t('run.anyState')}</option>
          {RunState.options.map((one) => (
            <option key={one} value={one}>
              {t(`run.state.${one}`)}
            </option>
          ))}
        </select>
      </div>
      <PagedTable
        label={t('tabs.runs')}
        pages={pages}
        columns={columns}
        onOpen={setOpened}
        empty={
          <EmptyState icon={<HistoryOutlined />} title={t('run.none')} hint={t('run.noneHint')} />
        }
      />
      {opened && <RunDrawer run={opened} onClose={() => setOpened(null)} />}
    </>
  );
}
