import { DeleteOutlined } from '@ant-design/icons';
import {
  deleteTarget,
  getReport,
  getStandards,
  listTargets,
  standardUnits,
} from '@yingda/contract';
import type { StandardKey, TargetBand, TargetView } from '@yingda/contract';
import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../../lib/api.ts';
import { formatDate } from '../../../lib/format.ts';
import { refresh } from '../../../lib/query.ts';
import { ConfirmButton } from '../../../ui/confirm-button.tsx';
import { Tag } from '../../../ui/data-table.tsx';
import { rangeText, valueText, withEnds } from './band.ts';
import { useCentre, useMembers } from './use-measures.ts';

/** A calendar day in words, whatever zone the browser is in. */
export const dayText = (day: string): string => formatDate(`${day}T00:00:00Z`, 'UTC');

type Dated = TargetView & { until: string | null };

function useScopeText(): (target: Pick<TargetView, 'queueId' | 'typeId'>) => string {
  const { t } = useTranslation('measures');
  const queues = useMembers('queue');
  const types = useMembers('type');
  return ({ queueId, typeId }) =>
    [queues.of(queueId), types.of(typeId)].filter((name) => name !== null).join(' · ') ||
    t('targets.all');
}

function periodText({ validFrom, until }: Dated, t: TFunction<'measures'>): string {
  const from = dayText(validFrom);
  if (until === null) return t('targets.from', { from });
  // Set again for the same day: this one never held.
  if (until === validFrom) return t('targets.replaced', { from });
  return t('targets.fromUntil', { from, until: dayText(until) });
}

function Row({ target, standard }: { target: Dated; standard: StandardKey }): ReactNode {
  const { t } = useTranslation('measures');
  const { currency, today } = useCentre();
  const unit = standardUnits[standard];
  const scope = useScopeText()(target);
  const { validFrom, until, norm, seconds, note, createdBy } = target;
  const isNow = validFrom <= today && (until === null || until > today);
  const bits = [
    rangeText(target, unit, currency) ?? t('targets.noRange'),
    seconds === null ? null : t('targets.within', { count: seconds }),
    norm === null ? null : t('targets.normIs', { value: valueText(norm, unit, currency) }),
  ].filter((bit) => bit !== null);
  const remove = async (): Promise<void> => {
    await call(deleteTarget, { params: { id: target.id } });
    await refresh(listTargets, getStandards, getReport);
  };
  return (
    <li>
      <div>
        <div className="yd-target-line">
          <strong>{scope}</strong>
          <span>{bits.join(t('comma'))}</span>
          {isNow && <Tag tone="green">{t('targets.now')}</Tag>}
          {validFrom > today && <Tag tone="blue">{t('targets.coming')}</Tag>}
        </div>
        <small className="yd-soft">
          {periodText(target, t)}
          {createdBy !== null && ` · ${createdBy}`}
          {note !== '' && ` · ${note}`}
        </small>
      </div>
      <ConfirmButton
        type="text"
        danger
        icon={<DeleteOutlined />}
        aria-label={t('targets.deleteOf', { scope, from: dayText(validFrom) })}
        question={t('targets.deleteQuestion')}
        consequence={t('targets.deleteConsequence')}
        deed={t('common:delete')}
        onConfirm={remove}
      />
    </li>
  );
}

/** Every target a standard ever had, newest first, and what held before the first. */
export function TargetHistory({
  standard,
  targets,
  defaults,
}: {
  standard: StandardKey;
  targets: readonly TargetView[];
  defaults: TargetBand;
}): ReactNode {
  const { t } = useTranslation('measures');
  const { currency } = useCentre();
  const range = rangeText(defaults, standardUnits[standard], currency);
  return (
    <section className="yd-target-history">
      <h3>{t('targets.history')}</h3>
      <ul>
        {withEnds(targets).map((target) => (
          <Row key={target.id} target={target} standard={standard} />
        ))}
        <li>
          <div>
            <div className="yd-target-line">
              <strong>{t('targets.default')}</strong>
              <span>{range ?? t('targets.noRange')}</span>
              {targets.length === 0 && <Tag tone="green">{t('targets.now')}</Tag>}
            </div>
            <small className="yd-soft">{t('targets.defaultHint')}</small>
          </div>
        </li>
      </ul>
    </section>
  );
}
