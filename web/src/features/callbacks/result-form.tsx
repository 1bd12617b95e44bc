import type { CallbackDetail, NeededField } from '@yingda/contract';
import { reportCallback } from '@yingda/contract';
import { Button } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDateTime } from '../../lib/format.ts';
import { useShortcuts } from '../../lib/use-shortcuts.ts';
import { FormProblem } from '../../ui/form-problem.tsx';
import { toast } from '../../ui/toast.tsx';
import { useCallbackAct } from './data.ts';
import {
  answered,
  bodyOf,
  effectOf,
  emptyReport,
  isComplete,
  mayCallAgain,
  missingIn,
  wasAsked,
} from './model/outcome.ts';
import type { Given, Report } from './model/outcome.ts';
import { TimeField } from './time-field.tsx';
import '../../ui/fields.css';

/** Draws fields of an order's form; told what is filled in, and whether that is everything. */
export type DrawFields = (asked: {
  needs: NeededField[];
  onChange: (given: Given, isComplete: boolean) => void;
}) => ReactNode;

interface Filling {
  callback: CallbackDetail;
  drawFields: DrawFields;
  report: Report;
  set: (change: Partial<Report>) => void;
}

interface Chip {
  key: string;
  label: ReactNode;
  isOn: boolean;
  choose: () => void;
}

/** One of several, each in sight. */
function Chips({
  legend,
  name,
  chips,
}: {
  legend: string;
  name: string;
  chips: readonly Chip[];
}): ReactNode {
  return (
    <fieldset className="yd-chips">
      <legend>{legend}</legend>
      {chips.map(({ key, label, isOn, choose }) => (
        <label key={key} className={`is-${key}`}>
          <input type="radio" name={name} checked={isOn} onChange={choose} />
          {label}
        </label>
      ))}
    </fieldset>
  );
}

function Results({ callback, report, set }: Filling): ReactNode {
  const { t } = useTranslation('callbacks');
  const chips = callback.results.map((result, index) => ({
    key: result,
    label: (
      <>
        {t(`result.${result}`)}
        <kbd aria-hidden>{index + 1}</kbd>
      </>
    ),
    isOn: report.result === result,
    choose: () => set(answered(result)),
  }));
  return <Chips legend={t('result.title')} name={`result-${callback.id}`} chips={chips} />;
}

function Satisfaction({ callback, report, set }: Filling): ReactNode {
  const { t } = useTranslation('callbacks');
  const scores: (number | null)[] = [5, 4, 3, 2, 1, null];
  const chips = scores.map((score) => ({
    key: `score-${score ?? 'none'}`,
    label: score === null ? t('noAnswerYet') : t(`score.${score}`),
    isOn: report.satisfaction === score,
    choose: () => set({ satisfaction: score }),
  }));
  return <Chips legend={t('satisfaction')} name={`satisfaction-${callback.id}`} chips={chips} />;
}

function Numbers({ callback, report, set }: Filling): ReactNode {
  const { t } = useTranslation('callbacks');
  const { id, phones } = callback;
  if (phones.length < 2) return null;
  const chips = phones.map((phone) => ({
    key: phone,
    label: <span className="yd-figures">{phone}</span>,
    isOn: (report.phone ?? phones[0]) === phone,
    choose: () => set({ phone }),
  }));
  return <Chips legend={t('phoneCalled')} name={`phone-${id}`} chips={chips} />;
}

/** What the order's move asks for with this answer. */
function Asked({ callback, report: { result }, set, drawFields }: Filling): ReactNode {
  const { t } = useTranslation('callbacks');
  const needs = missingIn(callback, result);
  if (needs.length === 0) return null;
  const onChange = (filled: Given, isFilled: boolean): void => set({ filled, isFilled });
  return (
    // Another answer asks for other fields, so it begins anew.
    <fieldset key={result} className="yd-callback-asked">
      <legend>{t('asked')}</legend>
      {drawFields({ needs, onChange })}
    </fieldset>
  );
}

/** What the chosen result asks besides. */
function More(filling: Filling): ReactNode {
  const { t } = useTranslation('callbacks');
  const { callback, report, set } = filling;
  const { result } = report;
  if (result === null) return null;
  return (
    <>
      <p className="yd-callback-effect" role="status">
        {t(effectOf(result, callback))}
      </p>
      <Asked {...filling} />
      {wasAsked(result) && <Satisfaction {...filling} />}
      <Numbers {...filling} />
      {result === 'wrong_number' && (
        <label className="yd-field">
          <span>{t('newPhone')}</span>
          <input
            type="tel"
            maxLength={40}
            value={report.newPhone}
            onChange={(event) => set({ newPhone: event.target.value })}
          />
        </label>
      )}
      {mayCallAgain(result) && (
        <TimeField
          value={report.nextTry}
          required={result === 'call_later'}
          onChange={(nextTry) => set({ nextTry })}
        />
      )}
      <label className="yd-field">
        <span>{t('note')}</span>
        <textarea
          rows={3}
          maxLength={5000}
          required={result === 'not_solved'}
          placeholder={result === 'not_solved' ? t('noteNeeded') : t('noteHint')}
          value={report.note}
          onChange={(event) => set({ note: event.target.value })}
        />
      </label>
    </>
  );
}

function useReporting(callback: CallbackDetail, onDone: (answer: CallbackDetail) => void) {
  const { t } = useTranslation('callbacks');
  const [report, setReport] = useState(emptyReport);
  const act = useCallbackAct(reportCallback, (answer) => {
    const { state, nextTryAt } = answer;
    toast.success(t(`saved.${state}`, { at: formatDateTime(nextTryAt) }));
    setReport(emptyReport);
    onDone(answer);
  });
  const submit = (): void => {
    const { result } = report;
    if (result === null || !isComplete(report, callback) || act.isPending) return;
    const { id, version } = callback;
    act.mutate({ params: { id }, body: { version, ...bodyOf({ ...report, result }) } });
  };
  const set = (change: Partial<Report>): void => setReport((before) => ({ ...before, ...change }));
  return { report, set, act, submit };
}

/** How the call went. Saving it moves the order on. */
export function ResultForm({
  callback,
  drawFields,
  onDone,
}: {
  callback: CallbackDetail;
  drawFields: DrawFields;
  onDone: (answer: CallbackDetail) => void;
}): ReactNode {
  const { t } = useTranslation('callbacks');
  const { report, set, act, submit } = useReporting(callback, onDone);
  const filling = { callback, drawFields, report, set };
  useShortcuts(
    callback.results.map((result, index) => ({
      keys: String(index + 1),
      label: 'callbacks:keys.result',
      group: 'callbacks:title',
      run: () => set(answered(result)),
    })),
  );
  return (
    // Ctrl+Enter saves from every field.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <form
      className="yd-callback-form"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit();
      }}
    >
      <Results {...filling} />
      <More {...filling} />
      <FormProblem error={act.error} />
      {report.result !== null && (
        <Button
          type="primary"
          htmlType="submit"
          className="yd-callback-save"
          disabled={!isComplete(report, callback)}
          loading={act.isPending}
        >
          {t('save')}
        </Button>
      )}
    </form>
  );
}
