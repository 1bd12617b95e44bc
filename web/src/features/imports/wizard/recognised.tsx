import { CheckCircleFilled, QuestionCircleFilled } from '@ant-design/icons';
import { Delimiter, ImportKind, TextEncoding } from '@yingda/contract';
import type { InspectionView } from '@yingda/contract';
import { Input, Select, Switch } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Tag } from '../../../ui/data-table.tsx';
import { ZoneSelect } from '../../../ui/zone-select.tsx';
import { Labelled } from '../parts.tsx';
import { sayText } from '../sentence.ts';
import type { Plan } from './use-plan.ts';

const nameOfDelimiter = { ',': 'comma', '\t': 'tab', ';': 'semicolon', '|': 'bar' } as const;

function TableOptions({ plan, inspection }: { plan: Plan; inspection: InspectionView }): ReactNode {
  const { t } = useTranslation('imports');
  return (
    <>
      {inspection.delimiter !== null && (
        <Labelled label={t('file.delimiter')}>
          {(id) => (
            <Select
              id={id}
              value={inspection.delimiter}
              options={Delimiter.options.map((value) => ({
                value,
                label: t(`delimiters.${nameOfDelimiter[value]}`),
              }))}
              onChange={(delimiter) => delimiter && plan.give({ delimiter })}
            />
          )}
        </Labelled>
      )}
      {inspection.sheets.length > 1 && (
        <Labelled label={t('file.sheet')}>
          {(id) => (
            <Select
              id={id}
              value={inspection.sheet}
              options={inspection.sheets.map((value) => ({ value, label: value }))}
              onChange={(sheet) => sheet && plan.give({ sheet })}
            />
          )}
        </Labelled>
      )}
      <Labelled label={t('file.hasHeader')}>
        {(id) => (
          <Switch
            id={id}
            checked={inspection.hasHeader}
            onChange={(hasHeader) => plan.give({ hasHeader })}
          />
        )}
      </Labelled>
    </>
  );
}

/** What the file was taken for and why; everything of it can be changed. */
export function Recognised({
  plan,
  inspection,
}: {
  plan: Plan;
  inspection: InspectionView;
}): ReactNode {
  const { t } = useTranslation('imports');
  const { kind, kindReason, encoding, encodingReason, matched, isGzip } = inspection;
  const isText = inspection.sheets.length === 0;
  return (
    <section className="yd-import-card">
      <header className="yd-recognised" data-open={plan.undecided.length > 0 || undefined}>
        {plan.undecided.length > 0 ? (
          <QuestionCircleFilled aria-hidden />
        ) : (
          <CheckCircleFilled aria-hidden />
        )}
        <div>
          <h2>
            {t('file.isKind', { kind: t(`kinds.${kind}`) })}
            {matched && <Tag tone="accent">{matched.name}</Tag>}
            {isGzip && <Tag>{t('file.gzip')}</Tag>}
          </h2>
          <p className="yd-soft">{sayText(kindReason)}</p>
        </div>
      </header>
      <div className="yd-import-fields">
        <Labelled label={t('file.kind')}>
          {(id) => (
            <Select
              id={id}
              value={kind}
              options={ImportKind.options.map((value) => ({ value, label: t(`kinds.${value}`) }))}
              onChange={(next) => plan.give({ kind: next })}
            />
          )}
        </Labelled>
        {isText && (
          <Labelled label={t('file.encoding')} hint={sayText(encodingReason)}>
            {(id) => (
              <Select
                id={id}
                value={encoding}
                options={TextEncoding.options.map((value) => ({
                  value,
                  label: t(`encodings.${value}`),
                }))}
                onChange={(next) => plan.give({ encoding: next })}
              />
            )}
          </Labelled>
        )}
        {kind === 'table' && <TableOptions plan={plan} inspection={inspection} />}
        <Labelled label={t('file.log')} hint={t('file.logHint')}>
          {(id) => (
            <Input
              id={id}
              maxLength={80}
              status={plan.log.trim() === '' ? 'error' : ''}
              value={plan.log}
              onChange={(event) => plan.setLog(event.target.value)}
            />
          )}
        </Labelled>
        <Labelled label={t('file.zone')} hint={t('file.zoneHint')}>
          {(id) => <ZoneSelect id={id} value={plan.zone} onChange={plan.setZone} />}
        </Labelled>
      </div>
    </section>
  );
}
