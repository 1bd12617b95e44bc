import en from '@yingda/contract/kpi-texts/en' with { type: 'json' };
import zh from '@yingda/contract/kpi-texts/zh-CN' with { type: 'json' };
import {
  ContactEventType,
  fillText,
  KpiSettings,
  Missing,
  Outcome,
  ReportGroup,
  ReportStep,
  sentenceText,
  standardKeys,
  StandardState,
  StandardUnit,
} from '@yingda/contract';
import type { Sentence, StandardKey } from '@yingda/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { adviceCodes } from './advice.ts';
import { bandFor } from './bands.ts';
import { causeClues } from './cause-rules.ts';
import { standards } from './definitions.ts';
import { diagnose } from './diagnosis.ts';
import { agentSums, contactSums, enteredSums, timeSums } from './sums.ts';
import type { Sums } from './sums.ts';

const settings = KpiSettings.parse({});
const bands = Object.fromEntries(
  standardKeys.map((key) => [key, bandFor(key, [], { day: '2026-11-01', days: 30 })]),
);
const HOUR = 3_600_000;

/** A month in which everything is in its range. */
const usual: Sums = {
  days: 30,
  answered: 9800,
  abandoned: 200,
  shortAbandoned: 50,
  blocked: 100,
  attempts: 10_400,
  selfServed: 300,
  open: 0,
  handled: 9800,
  timedHandled: 9800,
  queued: 1500,
  queueWaitMs: 1500 * 60_000,
  answerWaitMs: 9800 * 12_000,
  abandonWaitMs: 200 * 40_000,
  withinServiceLevel: 8400,
  rung: 9800,
  ringMs: 9800 * 12_500,
  talkMs: 9800 * 300_000,
  holdKnown: 9800,
  held: 1000,
  holdMs: 1000 * 40_000,
  wrapKnown: 9800,
  wrapMs: 9800 * 45_000,
  transferKnown: 9800,
  transferred: 90,
  fcrBase: 9800,
  fcrSolved: 9000,
  repeat7: 300,
  signedInMs: 1100 * HOUR,
  busyMs: 830 * HOUR,
  wrapClockMs: 120 * HOUR,
  idleMs: 80 * HOUR,
  scheduledMs: 1150 * HOUR,
  adherentMs: 1090 * HOUR,
  peopleScheduled: 200,
  peopleWorked: 194,
  cost: 10_100 * 350,
  gradeSum: 900,
  grades: 10,
  staffDays: 40 * 30,
  staffDaysKnown: 30,
  leavers: 0.7,
  leaversKnown: 30,
};
const told = (key: StandardKey, now: Sums, before: Sums | null = usual) =>
  diagnose(key, { now, before, settings, bands });

const lookup = (texts: unknown, key: string): string => {
  let at: unknown = texts;
  for (const part of key.split('.')) at = (at as Record<string, unknown> | undefined)?.[part];
  return typeof at === 'string' ? at : `?${key}`;
};
const spoken = (kind: 'says' | 'causes', sentence: Sentence, texts: unknown) =>
  sentenceText(kind, sentence, {
    text: (key, params) => fillText(lookup(texts, key), params),
    format: (unit, value) => `${Math.round(value * 10) / 10} ${unit}`,
  });

describe('a diagnosis', () => {
  it('calls a good month good, standard by standard, without causes', () => {
    for (const key of standardKeys) {
      const { diagnosis, causes, missing } = told(key, usual);
      expect([key, missing]).toEqual([key, null]);
      expect(diagnosis.code).toMatch(/\.good$|watch$/);
      expect(causes).toEqual([]);
    }
  });

  it('finds a low service level in wrap-up and hold that rose while volume did not', () => {
    const now = {
      ...usual,
      withinServiceLevel: 6500,
      wrapMs: 9800 * 80_000,
      holdMs: 1000 * 75_000,
    };
    const { diagnosis, causes, actions } = told('service_level', now);
    expect(diagnosis).toMatchObject({
      code: 'service_level.low',
      params: { value: 65, low: 80, previous: 84, seconds: 20, trend: 'worse' },
    });
    expect(causes[0]).toMatchObject({
      code: 'wrap_and_hold_rose',
      params: { now_after_call_work: 80, was_after_call_work: 45, now_hold_time: 75 },
    });
    expect(causes.map(({ code }) => code)).not.toContain('wrap_rose');
    expect(actions[0]).toBe('service_level.handling');
    expect(spoken('causes', causes[0] ?? diagnosis, en)).toBe(
      'After-call work rose from 45 seconds to 80 seconds and hold time from 40 seconds to 75 seconds while volume did not rise: people were tied up, customers were not more.',
    );
    expect(spoken('says', diagnosis, zh)).toBe(
      '只有 65 percent 的联络在 20 seconds 内应答，低于 80 percent 的目标，差于上期的 84 percent。',
    );
  });

  it('finds it in volume that the hours did not follow', () => {
    const more = (share: number) => Math.round(share * 1.3);
    const now = {
      ...usual,
      withinServiceLevel: 6500,
      answered: more(9800),
      handled: more(9800),
      abandoned: more(200),
      talkMs: 9800 * 390_000,
      wrapMs: 9800 * 58_500,
      wrapKnown: more(9800),
    };
    const { causes, actions } = told('service_level', now);
    expect(causes[0]?.code).toBe('volume_rose_hours_did_not');
    expect(causes[0]?.params.change_total_contacts).toBeGreaterThan(28);
    expect(actions[0]).toBe('service_level.forecast');
  });

  it('finds it in people who were not there', () => {
    const now = {
      ...usual,
      withinServiceLevel: 6500,
      adherentMs: 900 * HOUR,
      peopleWorked: 170,
      signedInMs: 950 * HOUR,
    };
    const codes = told('service_level', now).causes.map(({ code }) => code);
    expect(codes).toEqual(
      expect.arrayContaining(['adherence_fell', 'attendance_fell', 'hours_fell']),
    );
  });

  it('compares months of different length by the day', () => {
    const shorter = {
      ...usual,
      days: 27,
      answered: 8820,
      abandoned: 180,
      withinServiceLevel: 6500,
    };
    const codes = told('service_level', usual, shorter).causes.map(({ code }) => code);
    expect(codes).not.toContain('volume_rose');
  });

  it('says that no cause is to be seen, or that nothing can be compared', () => {
    const now = { ...usual, withinServiceLevel: 6500 };
    expect(told('service_level', now).causes).toEqual([{ code: 'none_visible', params: {} }]);
    expect(told('service_level', now, null).causes).toEqual([
      { code: 'no_comparison', params: {} },
    ]);
  });

  it('warns when there were only few contacts', () => {
    const few = { ...usual, answered: 12, handled: 12, abandoned: 0, withinServiceLevel: 3 };
    expect(told('service_level', few, null).causes.at(-1)).toEqual({
      code: 'few_contacts',
      params: { contacts: 12 },
    });
  });

  it('sees idle people behind a service level well above its goal', () => {
    const { diagnosis, actions } = told('service_level', { ...usual, withinServiceLevel: 9790 });
    expect(diagnosis.code).toBe('service_level.above');
    expect(actions[0]).toBe('service_level.fewer');
  });

  it('explains a good value that got worse, and what is only watched when it moved', () => {
    const worse = { ...usual, abandoned: 400 };
    expect(told('abandonment', worse).diagnosis.params.trend).toBe('worse');
    const repeats = { ...usual, answered: 12_000, handled: 12_000, fcrSolved: 8000 };
    const { diagnosis, causes } = told('total_contacts', repeats);
    expect(diagnosis).toMatchObject({ code: 'total_contacts.watch', params: { trend: 'up' } });
    expect(causes.map(({ code }) => code)).toContain('resolution_fell');
  });

  it('never names a standard as its own cause', () => {
    const now = {
      ...usual,
      wrapMs: 9800 * 200_000,
      holdMs: 1000 * 300_000,
      talkMs: 9800 * 900_000,
    };
    for (const key of standardKeys) {
      for (const { params } of told(key, now).causes) {
        expect(Object.keys(params)).not.toContain(`now_${key}`);
      }
    }
  });

  it('says which data is missing', () => {
    const { diagnosis, missing, actions } = told('occupancy', { ...usual, busyMs: undefined });
    expect([diagnosis.code, missing, actions]).toEqual(['none', 'no_sign_in_times', []]);
  });
});

describe('the texts', () => {
  const causes = [...Object.keys(causeClues), 'few_contacts', 'none_visible', 'no_comparison'];
  const codes: Record<string, readonly string[]> = {
    standards: standardKeys.flatMap((key) =>
      ['name', 'short', 'what', 'formula'].map((part) => `${key}.${part}`),
    ),
    advice: adviceCodes,
    causes,
    missing: Missing.options,
    units: StandardUnit.options,
    states: StandardState.options,
    steps: ReportStep.options,
    groups: ReportGroup.options,
    outcomes: Outcome.options,
    events: ContactEventType.options,
    measures: [...contactSums, ...agentSums, ...timeSums, ...enteredSums],
  };

  it.each(Object.entries(codes))('have every code of %s in both languages', (group, names) => {
    for (const texts of [zh, en]) {
      const without = names.filter((name) => lookup(texts, `${group}.${name}`).startsWith('?'));
      expect(without).toEqual([]);
    }
  });

  it('speak of nothing that is not used', () => {
    const keys = (value: object) =>
      Object.entries(value).flatMap(([key, inner]) =>
        Object.keys(inner).map((code) => `${key}.${code}`),
      );
    expect(keys(zh.advice).toSorted()).toEqual([...adviceCodes].toSorted());
    expect(Object.keys(zh.causes).toSorted()).toEqual(
      [...Object.keys(causeClues), 'few_contacts', 'none_visible', 'no_comparison'].toSorted(),
    );
  });

  it('are whole sentences whatever happened: no code without words, no empty placeholder', () => {
    const factor = fc.constantFrom(0.5, 0.8, 1, 1, 1, 1.3, 2.5);
    const names = Object.keys(usual) as (keyof Sums)[];
    const month = fc
      .array(factor, { minLength: names.length, maxLength: names.length })
      .map((factors): Sums =>
        Object.fromEntries(
          names.map((name, i) => [name, Math.round((usual[name] ?? 0) * (factors[i] ?? 1))]),
        ),
      );
    fc.assert(
      fc.property(month, fc.option(month), (now, before) => {
        for (const { key } of standards) {
          const { diagnosis, causes, actions } = told(key, now, before);
          expect(causes.length).toBeLessThanOrEqual(5);
          expect(actions.length).toBeLessThanOrEqual(6);
          for (const texts of [zh, en]) {
            const sentences = [
              spoken('says', diagnosis, texts),
              ...causes.map((cause) => spoken('causes', cause, texts)),
            ];
            for (const sentence of sentences) {
              expect(sentence).not.toMatch(/\?\w|\{\{|undefined|NaN| {2}| [,.，。]|为 。/);
            }
          }
          for (const action of actions) expect(adviceCodes).toContain(action);
        }
      }),
      { numRuns: 60 },
    );
  });
});
