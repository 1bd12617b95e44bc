import { Channel, MappedOutcome, Tier } from '@yingda/contract';
import type { ImportMapping, InspectionView } from '@yingda/contract';
import { Input, Select } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '../../../lib/format.ts';
import { Fold } from '../../../ui/fold.tsx';
import { Labelled } from '../parts.tsx';
import { valuesOf } from './mapping.ts';

interface ValuesProps {
  inspection: InspectionView;
  mapping: ImportMapping;
  onChange: (mapping: ImportMapping) => void;
}

/** Each value of a column with what it means. */
function ValueMap<T extends string>({
  title,
  hint,
  values,
  meanings,
  nameOf,
  isRequired,
  given,
  onGive,
}: {
  title: string;
  hint: string;
  values: readonly { value: string; count: number }[];
  meanings: readonly T[];
  nameOf: (meaning: T) => string;
  isRequired: boolean;
  given: Readonly<Record<string, T | null | undefined>>;
  onGive: (value: string, meaning: T) => void;
}): ReactNode {
  const { t } = useTranslation('imports');
  if (values.length === 0) return null;
  return (
    <section className="yd-import-card">
      <h2>{title}</h2>
      <p className="yd-soft">{hint}</p>
      <ul className="yd-value-map">
        {values.map(({ value, count }) => {
          const meaning = given[value] ?? null;
          return (
            <li key={value}>
              <code>{value === '' ? t('columns.blank') : value}</code>
              <span className="yd-soft yd-figures">
                {t('values.times', { count, shown: formatNumber(count) })}
              </span>
              <Select<T>
                aria-label={t('values.meaningOf', { value })}
                showSearch={{ optionFilterProp: 'label' }}
                status={isRequired && meaning === null ? 'error' : ''}
                placeholder={t(isRequired ? 'values.choose' : 'values.none')}
                value={meaning}
                options={meanings.map((one) => ({ value: one, label: nameOf(one) }))}
                onChange={(next) => onGive(value, next)}
              />
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** What the values of outcome, channel and tier mean. */
export function ValueMaps({ inspection, mapping, onChange }: ValuesProps): ReactNode {
  const { t } = useTranslation(['imports', 'marks']);
  return (
    <>
      <ValueMap
        title={t('values.outcomes')}
        hint={t('values.outcomesHint')}
        values={valuesOf(mapping, inspection, 'outcome')}
        meanings={MappedOutcome.options}
        nameOf={(one) =>
          one === 'leave_out' ? t('outcomes.leave_out') : t(`marks:outcome.${one}`)
        }
        isRequired
        given={mapping.outcomes}
        onGive={(value, meaning) =>
          onChange({ ...mapping, outcomes: { ...mapping.outcomes, [value]: meaning } })
        }
      />
      <ValueMap
        title={t('values.channels')}
        hint={t('values.channelsHint')}
        values={valuesOf(mapping, inspection, 'channel')}
        meanings={Channel.options}
        nameOf={(one) => t(`marks:channel.${one}`)}
        isRequired={false}
        given={mapping.channels}
        onGive={(value, meaning) =>
          onChange({ ...mapping, channels: { ...mapping.channels, [value]: meaning } })
        }
      />
      <ValueMap
        title={t('values.tiers')}
        hint={t('values.tiersHint')}
        values={valuesOf(mapping, inspection, 'tier')}
        meanings={Tier.options}
        nameOf={(one) => t(`marks:tier.${one}`)}
        isRequired={false}
        given={mapping.tiers}
        onGive={(value, meaning) =>
          onChange({ ...mapping, tiers: { ...mapping.tiers, [value]: meaning } })
        }
      />
    </>
  );
}

const blanks = ['noAgent', 'noCustomer', 'noTime'] as const;

/** What holds where no column tells, and what is written for "none". */
export function MoreOptions({ mapping, onChange }: Omit<ValuesProps, 'inspection'>): ReactNode {
  const { t } = useTranslation(['imports', 'marks']);
  const has = (role: string): boolean => mapping.columns.some((one) => one.role === role);
  return (
    <section className="yd-import-card yd-import-fold">
      <Fold name="import.more" title={t('more.title')} initiallyOpen={false}>
        <div className="yd-import-fields">
          {!has('channel') && (
            <Labelled label={t('more.channel')} hint={t('more.channelHint')}>
              {(id) => (
                <Select
                  id={id}
                  value={mapping.channel}
                  options={Channel.options.map((value) => ({
                    value,
                    label: t(`marks:channel.${value}`),
                  }))}
                  onChange={(channel) => onChange({ ...mapping, channel })}
                />
              )}
            </Labelled>
          )}
          {!has('queue') && (
            <Labelled label={t('more.queue')} hint={t('more.queueHint')}>
              {(id) => (
                <Input
                  id={id}
                  maxLength={120}
                  value={mapping.queue ?? ''}
                  onChange={(event) => onChange({ ...mapping, queue: event.target.value || null })}
                />
              )}
            </Labelled>
          )}
          {blanks.map((name) => (
            <Labelled key={name} label={t(`more.${name}`)} hint={t(`more.${name}Hint`)}>
              {(id) => (
                <Select
                  id={id}
                  mode="tags"
                  open={false}
                  suffixIcon={null}
                  value={mapping[name]}
                  onChange={(values: string[]) =>
                    onChange({ ...mapping, [name]: values.slice(0, 20) })
                  }
                />
              )}
            </Labelled>
          ))}
        </div>
      </Fold>
    </section>
  );
}
