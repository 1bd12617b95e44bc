import { ArrowDownOutlined, ArrowUpOutlined, ThunderboltOutlined } from '@ant-design/icons';
import { Link } from '@tanstack/react-router';
import type { AutomationView } from '@yingda/contract';
import { listAutomations, orderAutomations, switchAutomation } from '@yingda/contract';
import { Button, Switch } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatAgo, formatNumber } from '../../../lib/format.ts';
import { useAct } from '../../../lib/query.ts';
import { Tag } from '../../../ui/data-table.tsx';
import { EmptyState, Loaded } from '../../../ui/states.tsx';
import { toast } from '../../../ui/toast.tsx';
import { useAutomations } from '../data.ts';
import { moved } from '../model/draft.ts';
import { useSentence } from '../model/sentence.ts';

function Counts({ rule: { runs, failures, lastRunAt } }: { rule: AutomationView }): ReactNode {
  const { t } = useTranslation('automations');
  if (runs === 0) return <span className="yd-soft">{t('list.never')}</span>;
  return (
    <span className="yd-rule-counts yd-figures">
      <span>{t('list.runs', { count: runs })}</span>
      {failures > 0 && <span className="is-failed">{t('list.failures', { count: failures })}</span>}
      {lastRunAt !== null && (
        <span className="yd-soft">{t('list.last', { at: formatAgo(lastRunAt) })}</span>
      )}
    </span>
  );
}

function Row({
  rule,
  position,
  isLast,
  onMove,
}: {
  rule: AutomationView;
  position: number;
  isLast: boolean;
  onMove: (by: 1 | -1) => void;
}): ReactNode {
  const { t } = useTranslation('automations');
  const sentence = useSentence();
  const flip = useAct(switchAutomation, { refreshes: [listAutomations] });
  const { id, name, isActive, stopped, subject } = rule;
  return (
    <li className={isActive ? '' : 'is-off'}>
      <span className="yd-rule-place yd-figures">{formatNumber(position + 1)}</span>
      <span className="yd-rule-text">
        <Link to="/settings/automations/$automationId" params={{ automationId: id }}>
          {name}
        </Link>{' '}
        <Tag>{t(`subject.${subject}`)}</Tag>
        <span className="yd-soft">{sentence(rule)}</span>
        {stopped !== null && <span className="yd-rule-stopped">{t(`stopped.${stopped}`)}</span>}
        <Counts rule={rule} />
      </span>
      <span className="yd-rule-deeds">
        <Button
          type="text"
          size="small"
          icon={<ArrowUpOutlined />}
          aria-label={t('list.up')}
          title={t('list.up')}
          disabled={position === 0}
          onClick={() => onMove(-1)}
        />
        <Button
          type="text"
          size="small"
          icon={<ArrowDownOutlined />}
          aria-label={t('list.down')}
          title={t('list.down')}
          disabled={isLast}
          onClick={() => onMove(1)}
        />
        <Switch
          checked={isActive}
          loading={flip.isPending}
          aria-label={t('list.switch', { name })}
          onChange={(on) =>
            flip.mutate({ params: { id }, body: { isActive: on } }, { onError: toast.problem })
          }
        />
      </span>
    </li>
  );
}

/** The rules in the order in which they run. */
export function RuleList({ onCreate }: { onCreate: () => void }): ReactNode {
  const { t } = useTranslation('automations');
  const rules = useAutomations();
  const order = useAct(orderAutomations, { refreshes: [listAutomations] });
  return (
    <Loaded query={rules}>
      {({ items }) =>
        items.length === 0 ? (
          <EmptyState icon={<ThunderboltOutlined />} title={t('none')} hint={t('noneHint')}>
            <Button type="primary" onClick={onCreate}>
              {t('create')}
            </Button>
          </EmptyState>
        ) : (
          <ol className="yd-rules" aria-label={t('tabs.rules')}>
            {items.map((rule, index) => (
              <Row
                key={rule.id}
                rule={rule}
                position={index}
                isLast={index === items.length - 1}
                onMove={(by) =>
                  order.mutate(
                    { body: { ids: moved(items, index, by).map(({ id }) => id) } },
                    { onError: toast.problem },
                  )
                }
              />
            ))}
          </ol>
        )
      }
    </Loaded>
  );
}
