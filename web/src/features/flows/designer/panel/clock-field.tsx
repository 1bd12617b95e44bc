import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import type { FlowStep, StepClock } from '@yingda/contract';
import { Button, Select, Switch } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { changeStep } from '../../model/edit.ts';
import { useScene } from '../scene.ts';
import { Field } from './field.tsx';
import { RungsField } from './rungs-field.tsx';
import { SpanField } from './span-field.tsx';

type Alarm = StepClock['warnings'][number];
const calendars = ['owner', 'organisation', 'flat'] as const;
const usual: StepClock = {
  minutes: 480,
  calendar: 'owner',
  warnings: [{ minutes: 60, to: ['owner'] }],
  escalations: [{ minutes: 0, to: ['owner'] }],
  chase: false,
};

interface Part {
  clock: StepClock;
  path: string;
  set: (change: Partial<StepClock>, key?: string) => void;
}

/** The next alarm of a list: further away, and one rung higher. */
function nextAlarm(kind: 'warnings' | 'escalations', { minutes, ...clock }: StepClock): Alarm {
  const last = clock[kind].at(-1);
  if (kind === 'warnings') {
    const before = last ? Math.max(1, Math.round(last.minutes / 2)) : Math.min(60, minutes - 1);
    return { minutes: Math.max(1, before), to: ['owner'] };
  }
  if (!last) return { minutes: 0, to: ['owner'] };
  const isLead = last.to.includes('lead');
  return { minutes: last.minutes + 240, to: [isLead ? 'manager' : 'lead'] };
}

function Alarms({
  kind,
  clock,
  path,
  set,
}: Part & { kind: 'warnings' | 'escalations' }): ReactNode {
  const { t } = useTranslation('flows');
  const alarms = clock[kind];
  const when = kind === 'warnings' ? 'before' : 'after';
  const change = (at: number, next: Alarm): void =>
    set({ [kind]: alarms.with(at, next) }, `${path}.${kind}.${at}`);
  return (
    <Field
      label={t(`clock.${kind}`)}
      at={`${path}.${kind}`}
      aside={
        <Button
          type="text"
          size="small"
          icon={<PlusOutlined />}
          disabled={alarms.length >= 5}
          onClick={() => set({ [kind]: [...alarms, nextAlarm(kind, clock)] })}
        >
          {t(kind === 'warnings' ? 'clock.addWarning' : 'clock.addEscalation')}
        </Button>
      }
    >
      {alarms.map((alarm, at) => (
        // Alarms have no name but their place.
        // oxlint-disable-next-line react/no-array-index-key
        <div key={at} className="yd-flow-alarm">
          <div className="yd-flow-alarm-line">
            <span>{t(`clock.${when}`)}</span>
            <SpanField
              label={t(`clock.${when}`)}
              minutes={alarm.minutes}
              calendar={clock.calendar}
              least={kind === 'warnings' ? 1 : 0}
              most={60_000}
              onChange={(minutes) => change(at, { ...alarm, minutes })}
            />
            <Button
              type="text"
              icon={<DeleteOutlined />}
              aria-label={t('clock.removeAlarm')}
              onClick={() => set({ [kind]: alarms.toSpliced(at, 1) })}
            />
          </div>
          <RungsField
            label={t('clock.to')}
            value={alarm.to}
            onChange={(to) => change(at, { ...alarm, to })}
          />
        </div>
      ))}
    </Field>
  );
}

function Limited(part: Part): ReactNode {
  const { t } = useTranslation('flows');
  const { clock, path, set } = part;
  return (
    <>
      <div className="yd-flow-limit">
        <SpanField
          label={t('clock.amount')}
          minutes={clock.minutes}
          calendar={clock.calendar}
          least={1}
          most={600_000}
          onChange={(minutes) => set({ minutes }, `${path}.minutes`)}
        />
        <Select
          aria-label={t('clock.calendar')}
          value={clock.calendar}
          options={calendars.map((one) => ({ value: one, label: t(`clock.calendars.${one}`) }))}
          onChange={(calendar: StepClock['calendar']) => set({ calendar })}
        />
      </div>
      <Alarms kind="warnings" {...part} />
      <Alarms kind="escalations" {...part} />
      <label className="yd-flow-switch">
        <Switch
          size="small"
          checked={clock.chase}
          onChange={(chase) => set({ chase })}
          aria-label={t('clock.chase')}
        />
        <span>
          {t('clock.chase')}
          <small>{t('clock.chaseHint')}</small>
        </span>
      </label>
    </>
  );
}

/** How long a step may take, by which hours, and who hears of it when. */
export function ClockField({ step, at }: { step: FlowStep; at: number }): ReactNode {
  const { t } = useTranslation('flows');
  const { change } = useScene();
  const { clock } = step;
  const path = `steps.${at}.clock`;
  const set = (next: StepClock | null, key?: string): void =>
    change((flow) => changeStep(flow, step.key, { clock: next }), key);
  return (
    <Field
      label={t('clock.title')}
      aside={
        <Switch
          size="small"
          aria-label={t('clock.on')}
          checked={clock !== null}
          onChange={(isOn) => set(isOn ? usual : null)}
        />
      }
      hint={clock ? null : t('clock.off')}
    >
      {clock && (
        <Limited clock={clock} path={path} set={(given, key) => set({ ...clock, ...given }, key)} />
      )}
    </Field>
  );
}
