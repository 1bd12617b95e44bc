import type { AutomationInput, AutomationPreview } from '@yingda/contract';
import { dryRunAutomation, previewAutomation } from '@yingda/contract';
import { Button } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { formatDate, formatDateTime, formatNumber } from '../../../lib/format.ts';
import { useAct } from '../../../lib/query.ts';
import { FormProblem } from '../../../ui/form-problem.tsx';
import { faultsOf, isConditionComplete } from '../model/draft.ts';
import { ActionReports, SubjectLink } from '../report.tsx';

type Preview = z.output<typeof AutomationPreview>;

const spans = [1, 7, 30, 90];

/** One that would have been met; on asking, what would be done with it as it is now: tried and undone. */
function Sample({
  sample,
  draft,
}: {
  sample: Preview['samples'][number];
  draft: AutomationInput;
}): ReactNode {
  const { t } = useTranslation('automations');
  const run = useAct(dryRunAutomation);
  const { at, subject } = sample;
  const { conditions, actions, when } = draft;
  const isReady = faultsOf(draft).every(({ key }) => key === 'nameMissing');
  const event = when.kind === 'event' ? (when.events[0] ?? null) : null;
  return (
    <li>
      <span className="yd-preview-sample">
        <span className="yd-ellipsis">
          <SubjectLink subject={subject} />
        </span>
        <span className="yd-soft yd-figures">{formatDateTime(at)}</span>
        <Button
          size="small"
          type="text"
          disabled={!isReady}
          loading={run.isPending}
          onClick={() =>
            run.mutate({
              body: { subject: draft.subject, conditions, actions, on: subject.id, event },
            })
          }
        >
          {t('preview.change')}
        </Button>
      </span>
      <FormProblem error={run.error} />
      {run.data && (
        <div role="status">
          {!run.data.holds && <p className="yd-soft">{t('preview.noLonger')}</p>}
          <ActionReports actions={run.data.actions} />
        </div>
      )}
    </li>
  );
}

function Result({ preview, draft }: { preview: Preview; draft: AutomationInput }): ReactNode {
  const { t } = useTranslation('automations');
  const { matched, subjects, considered, isCut, perDay, samples } = preview;
  const most = Math.max(1, ...perDay.map((day) => day.matched));
  return (
    <div className="yd-preview-result" role="status">
      <p>
        <strong className="yd-figures">{t('preview.matched', { count: matched })}</strong>
      </p>
      <p className="yd-soft">
        {matched === 0
          ? t('preview.none')
          : t('preview.of', {
              subjects: formatNumber(subjects),
              considered: formatNumber(considered),
              kind: t(`subject.${draft.subject}`),
            })}{' '}
        {isCut && t('preview.cut')}
      </p>
      {matched > 0 && perDay.length > 1 && (
        <ul className="yd-preview-days">
          {perDay.map(({ date, matched: count }) => {
            const text = t('preview.day', { date: formatDate(`${date}T12:00:00Z`, 'UTC'), count });
            return (
              <li key={date} title={text}>
                <i aria-hidden style={{ height: `${(count / most) * 100}%` }} />
                <span className="yd-hidden">{text}</span>
              </li>
            );
          })}
        </ul>
      )}
      {samples.length > 0 && (
        <>
          <h3>{t('preview.samples')}</h3>
          {subjects > samples.length && (
            <p className="yd-soft">{t('preview.newest', { count: samples.length })}</p>
          )}
          <ul className="yd-preview-samples">
            {samples.map((sample) => (
              <Sample key={sample.subject.id} sample={sample} draft={draft} />
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

/** When the rule as it stands would have run in the past days. */
export function PreviewPart({ draft }: { draft: AutomationInput }): ReactNode {
  const { t } = useTranslation('automations');
  const [days, setDays] = useState(30);
  // What the preview was made of: once the rule differs, it is told to be old.
  const [asked, setAsked] = useState<string | null>(null);
  const { subject, when, conditions } = draft;
  const shape = JSON.stringify({ subject, when, conditions, days });
  const preview = useAct(previewAutomation);
  const isReady =
    (when.kind === 'time' || when.events.length > 0) &&
    conditions.groups.every(({ items }) => items.every(isConditionComplete));
  return (
    <section className="yd-rule-aside">
      <h2>{t('preview.title')}</h2>
      <p className="yd-soft">{t('preview.hint')}</p>
      <div className="yd-rule-ask">
        <select
          className="yd-plain-select"
          aria-label={t('preview.title')}
          value={days}
          onChange={(event) => setDays(Number(event.target.value))}
        >
          {spans.map((count) => (
            <option key={count} value={count}>
              {t('preview.days', { count })}
            </option>
          ))}
        </select>
        <Button
          loading={preview.isPending}
          disabled={!isReady}
          onClick={() => {
            setAsked(shape);
            preview.mutate({ body: { subject, when, conditions, days } });
          }}
        >
          {t('preview.run')}
        </Button>
      </div>
      <FormProblem error={preview.error} />
      {preview.data && asked !== shape && <p className="yd-soft">{t('preview.stale')}</p>}
      {preview.data && asked === shape && <Result preview={preview.data} draft={draft} />}
    </section>
  );
}
