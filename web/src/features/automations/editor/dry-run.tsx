import { CheckOutlined, CloseOutlined } from '@ant-design/icons';
import type { AutomationInput, DryRun as DryRunShape } from '@yingda/contract';
import { dryRunAutomation } from '@yingda/contract';
import { Button } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { useAct } from '../../../lib/query.ts';
import { FormProblem } from '../../../ui/form-problem.tsx';
import { faultsOf } from '../model/draft.ts';
import { textKey } from '../model/keys.ts';
import { ActionReports, SubjectLink } from '../report.tsx';

type DryRun = z.output<typeof DryRunShape>;

function Found({ run }: { run: DryRun }): ReactNode {
  const { t } = useTranslation('automations');
  return (
    <ul className="yd-dry-found">
      {run.groups
        .flatMap(({ items }) => items)
        .map(({ field, op, found, holds }, index) => (
          // A report does not change: its lines are told apart by their place.
          // oxlint-disable-next-line react/no-array-index-key
          <li key={index} className={holds ? 'is-holding' : ''}>
            {holds ? <CheckOutlined aria-hidden /> : <CloseOutlined aria-hidden />}
            <span>
              {t(`field.${textKey(field)}`)} {t(`op.${op}`)}
              <small>{t('dry.found', { value: found === '' ? t('dry.empty') : found })}</small>
            </span>
          </li>
        ))}
    </ul>
  );
}

/** The rule as it stands, tried on one order or conversation; everything is undone. */
export function DryRunPart({ draft }: { draft: AutomationInput }): ReactNode {
  const { t } = useTranslation('automations');
  const [on, setOn] = useState('');
  const run = useAct(dryRunAutomation);
  const { subject, conditions, actions, when } = draft;
  const isReady = on.trim() !== '' && faultsOf(draft).every(({ key }) => key === 'nameMissing');
  const submit = (): void =>
    run.mutate({
      body: {
        subject,
        conditions,
        actions,
        on: on.trim(),
        event: when.kind === 'event' ? (when.events[0] ?? null) : null,
      },
    });
  return (
    <section className="yd-rule-aside">
      <h2>{t('dry.title')}</h2>
      <p className="yd-soft">{t('dry.hint')}</p>
      <form
        className="yd-rule-ask"
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady) submit();
        }}
      >
        <span className="yd-field">
          <input
            aria-label={t(`dry.${subject}`)}
            placeholder={t(`dry.${subject}`)}
            maxLength={80}
            value={on}
            onChange={(event) => setOn(event.target.value)}
          />
        </span>
        <Button htmlType="submit" loading={run.isPending} disabled={!isReady}>
          {t('dry.run')}
        </Button>
      </form>
      <FormProblem error={run.error} />
      {run.data && (
        <div className="yd-preview-result" role="status">
          <p>
            <SubjectLink subject={run.data.subject} />
          </p>
          <p className={run.data.holds ? 'yd-dry-yes' : 'yd-dry-no'}>
            {run.data.holds ? t('dry.holds') : t('dry.holdsNot')}
          </p>
          <Found run={run.data} />
          <ActionReports actions={run.data.actions} />
        </div>
      )}
    </section>
  );
}
