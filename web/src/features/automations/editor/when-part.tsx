import { CloseOutlined } from '@ant-design/icons';
import type { AutomationInput } from '@yingda/contract';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { clocksOf, eventsOf, spanOf, spanUnits } from '../model/draft.ts';
import type { Clock, Event, SpanUnit, When } from '../model/draft.ts';
import { textKey } from '../model/keys.ts';
import { Select, Step } from './parts.tsx';

interface WhenProps {
  draft: AutomationInput;
  onChange: (when: When) => void;
}
type Subject = AutomationInput['subject'];

function Events({
  events,
  subject,
  onChange,
}: {
  events: readonly Event[];
  subject: Subject;
  onChange: (events: Event[]) => void;
}): ReactNode {
  const { t } = useTranslation('automations');
  const left = eventsOf(subject).filter((event) => !events.includes(event));
  return (
    <div className="yd-rule-events">
      {events.map((event) => (
        <span key={event} className="yd-rule-chip">
          {t(`event.${textKey(event)}`)}
          <Button
            type="text"
            size="small"
            icon={<CloseOutlined />}
            aria-label={`${t('then.remove')} ${t(`event.${textKey(event)}`)}`}
            onClick={() => onChange(events.filter((one) => one !== event))}
          />
        </span>
      ))}
      {events.length < 12 && (
        <select
          className="yd-plain-select"
          aria-label={t('when.addEvent')}
          value=""
          onChange={({ target }) => {
            const event = left.find((one) => one === target.value);
            if (event) onChange([...events, event]);
          }}
        >
          <option value="">{t('when.addEvent')}</option>
          {left.map((event) => (
            <option key={event} value={event}>
              {t(`event.${textKey(event)}`)}
            </option>
          ))}
        </select>
      )}
    </div>
  );
}

function Clocks({
  when,
  subject,
  onChange,
}: {
  when: Extract<When, { kind: 'time' }>;
  subject: Subject;
  onChange: (when: When) => void;
}): ReactNode {
  const { t } = useTranslation('automations');
  const span = spanOf(when.minutes);
  const setSpan = (amount: number, unit: SpanUnit): void =>
    onChange({ ...when, minutes: Math.max(1, Math.round(amount * spanUnits[unit])) });
  return (
    <div className="yd-rule-clock">
      <Select
        label={t('when.clock')}
        value={when.clock}
        options={clocksOf(subject).map((clock) => ({
          value: clock,
          label: t(`clock.${textKey(clock)}`),
        }))}
        onChange={(clock) => onChange({ ...when, clock: clock as Clock })}
      />
      <label className="yd-field">
        <span>{t('when.after')}</span>
        <input
          type="number"
          min={1}
          max={9999}
          value={span.amount}
          onChange={(event) => setSpan(Number(event.target.value), span.unit)}
        />
      </label>
      <Select
        label={t('when.unit')}
        value={span.unit}
        options={(Object.keys(spanUnits) as SpanUnit[]).map((unit) => ({
          value: unit,
          label: t(`when.${unit}`),
        }))}
        onChange={(unit) => setSpan(span.amount, unit as SpanUnit)}
      />
      <Select
        label={t('when.by')}
        value={when.by}
        options={[
          { value: 'flat', label: t('when.flat') },
          { value: 'working', label: t('when.working') },
        ]}
        onChange={(by) => onChange({ ...when, by: by === 'working' ? 'working' : 'flat' })}
      />
    </div>
  );
}

/** What starts the rule: something that happens, or time that passes. */
export function WhenPart({ draft: { when, subject }, onChange }: WhenProps): ReactNode {
  const { t } = useTranslation('automations');
  const kinds = ['event', 'time'] as const;
  const choose = (kind: (typeof kinds)[number]): void => {
    if (kind === when.kind) return;
    const [clock] = clocksOf(subject);
    if (kind === 'event') onChange({ kind, events: [] });
    else if (clock) onChange({ kind, clock, minutes: 120, by: 'working' });
  };
  return (
    <Step word={t('when.title')}>
      <fieldset className="yd-chips">
        <legend className="yd-hidden">{t('when.title')}</legend>
        {kinds.map((kind) => (
          <label key={kind}>
            <input
              type="radio"
              name="when"
              checked={kind === when.kind}
              onChange={() => choose(kind)}
            />
            {t(`when.${kind}`)}
          </label>
        ))}
      </fieldset>
      {when.kind === 'event' ? (
        <Events
          events={when.events}
          subject={subject}
          onChange={(events) => onChange({ kind: 'event', events })}
        />
      ) : (
        <Clocks when={when} subject={subject} onChange={onChange} />
      )}
    </Step>
  );
}
