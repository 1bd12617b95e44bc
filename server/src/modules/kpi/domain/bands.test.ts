import { describe, expect, it } from 'vitest';
import { KpiSettings } from '@yingda/contract';
import type { StandardKey, TargetBand } from '@yingda/contract';
import { bandFor, bandsDuring, serviceSecondsFor, stateOf } from './bands.ts';
import type { Target } from './bands.ts';

const settings = KpiSettings.parse({});
let ids = 0;
const target = (standard: StandardKey, more: Partial<Target>): Target => {
  ids += 1;
  return {
    id: String(ids).padStart(4, '0'),
    standard,
    queueId: null,
    typeId: null,
    norm: null,
    low: null,
    high: null,
    seconds: null,
    validFrom: '2026-01-01',
    ...more,
  };
};
const low = (targets: Target[], day: string, scope: { queue?: number; type?: number } = {}) =>
  bandFor('service_level', targets, { ...scope, day, days: 1 }).low;

describe('the band of a day', () => {
  const targets = [
    target('service_level', { low: 85, validFrom: '2026-03-01' }),
    target('service_level', { low: 70, validFrom: '2026-01-01' }),
    target('service_level', { low: 90, queueId: 5, validFrom: '2026-02-01' }),
    target('service_level', { low: 60, typeId: 8 }),
    target('service_level', { low: 95, queueId: 5, typeId: 8, validFrom: '2026-06-01' }),
    target('abandonment', { high: 7 }),
  ];

  it('is the default until a target begins, then the newest that began', () => {
    expect(low(targets, '2025-12-31')).toBe(80);
    expect(low(targets, '2026-02-28')).toBe(70);
    expect(low(targets, '2026-03-01')).toBe(85);
  });

  it('is that of the queue before that of the type before that of all', () => {
    expect(low(targets, '2026-07-01', { queue: 5 })).toBe(90);
    expect(low(targets, '2026-07-01', { type: 8 })).toBe(60);
    expect(low(targets, '2026-05-01', { queue: 5, type: 8 })).toBe(90);
    expect(low(targets, '2026-07-01', { queue: 5, type: 8 })).toBe(95);
    expect(low(targets, '2026-01-15', { queue: 5 })).toBe(70);
    expect(low(targets, '2026-07-01', { queue: 6 })).toBe(85);
  });

  it('of one date is the one set last', () => {
    const twice = [target('service_level', { low: 75 }), target('service_level', { low: 77 })];
    expect(low(twice, '2026-05-05')).toBe(77);
    expect(low(twice.toReversed(), '2026-05-05')).toBe(77);
  });

  it('shrinks with the period when it is for a year', () => {
    const band = bandFor('turnover', [], { day: '2026-01-01', days: 73 });
    expect(band).toEqual({ norm: 5, low: 3, high: 6 });
  });

  it('of a period is dated: what held first, then each change', () => {
    const scope = { from: '2026-02-01', to: '2026-12-31', days: 300 };
    expect(
      bandsDuring('service_level', targets, scope).map((band) => [band.from, band.low]),
    ).toEqual([
      ['2026-02-01', 70],
      ['2026-03-01', 85],
    ]);
    expect(
      bandsDuring('service_level', targets, { ...scope, queue: 5 }).map((band) => band.low),
    ).toEqual([90]);
  });

  it('may set the seconds of the service level and leave its goal', () => {
    const seconds = [target('service_level', { seconds: 30, queueId: 5 }), ...targets];
    const at = { day: '2026-01-15', days: 1 };
    expect(serviceSecondsFor(seconds, settings, { ...at, queue: 5 })).toBe(30);
    expect(serviceSecondsFor(seconds, settings, at)).toBe(20);
    expect(bandFor('service_level', seconds, { ...at, queue: 5 }).low).toBe(70);
  });
});

describe('the state of a value', () => {
  const band = (l: number | null, h: number | null): TargetBand => ({
    norm: null,
    low: l,
    high: h,
  });

  it('is good inside, near within a tenth of the bound, else out', () => {
    const states = (key: StandardKey, of: TargetBand, values: number[]) =>
      values.map((value) => stateOf(key, value, of));
    expect(states('service_level', band(80, null), [100, 80, 79.9, 72, 71.9])).toEqual([
      'good',
      'good',
      'near',
      'near',
      'out',
    ]);
    expect(states('abandonment', band(3, 5), [0, 5, 5.5, 5.6])).toEqual([
      'good',
      'good',
      'near',
      'out',
    ]);
    expect(states('talk_time', band(270, 360), [200, 250, 300, 390, 400])).toEqual([
      'out',
      'near',
      'good',
      'near',
      'out',
    ]);
  });

  it('is none without a value and only watched without a bound', () => {
    expect(stateOf('service_level', null, band(80, null))).toBe('none');
    expect(stateOf('monitoring_score', 90, band(null, null))).toBe('watch');
    expect(stateOf('total_contacts', 90, band(100, null))).toBe('watch');
  });
});
