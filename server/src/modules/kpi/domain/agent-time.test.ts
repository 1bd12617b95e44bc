import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { agentTime } from './agent-time.ts';
import type { AgentTimeRow } from './agent-time.ts';
import { common, union, without } from './intervals.ts';
import type { Interval } from './intervals.ts';

const at = (text: string) => Date.parse(text);
const MINUTE = 60_000;
const day = at('2026-11-23T00:00:00Z');
const minutes = (from: number, until: number): Interval => [
  day + from * MINUTE,
  day + until * MINUTE,
];
const window = { from: day, until: day + 1440 * MINUTE };
const present = (from: number, until: number | null, state: string) => ({
  fromMs: day + from * MINUTE,
  untilMs: until === null ? null : day + until * MINUTE,
  state,
});
const inMinutes = (row: AgentTimeRow | undefined) => {
  if (!row) return undefined;
  const { stepAt, ...sums } = row;
  const whole = Object.entries(sums).map(([name, ms]) => [name.replace('Ms', ''), ms / MINUTE]);
  return { at: (stepAt - day) / MINUTE, ...Object.fromEntries(whole) } as Record<string, number>;
};

describe('time of an agent', () => {
  it('is split at half hours, with overlapping contacts counted once and wrap-up apart', () => {
    const rows = agentTime(
      'Asia/Shanghai',
      {
        presence: [
          present(60, 100, 'ready'),
          present(100, 110, 'break'),
          present(110, 200, 'offline'),
        ],
        busy: [minutes(65, 75), minutes(70, 95)],
        wrap: [minutes(74, 98)],
        shifts: [minutes(50, 120)],
      },
      window,
    );
    expect(rows.map(inMinutes)).toEqual([
      { at: 30, signedIn: 0, ready: 0, busy: 0, wrap: 0, idle: 0, scheduled: 10, adherent: 0 },
      { at: 60, signedIn: 30, ready: 30, busy: 25, wrap: 0, idle: 5, scheduled: 30, adherent: 30 },
      { at: 90, signedIn: 20, ready: 10, busy: 5, wrap: 3, idle: 2, scheduled: 30, adherent: 10 },
    ]);
  });

  it('leaves out what was done while signed out', () => {
    const log = {
      presence: [present(0, 30, 'ready'), present(30, 60, 'offline')],
      busy: [minutes(20, 60)],
      wrap: [],
      shifts: [],
    };
    expect(agentTime('UTC', log, window).map(inMinutes)).toEqual([
      { at: 0, signedIn: 30, ready: 30, busy: 10, wrap: 0, idle: 20, scheduled: 0, adherent: 0 },
    ]);
  });

  it('counts a presence that still lasts up to the end of the window', () => {
    const log = { presence: [present(1420, null, 'ready')], busy: [], wrap: [], shifts: [] };
    expect(agentTime('UTC', log, window).map(inMinutes)[0]?.idle).toBe(20);
  });

  it('is split at the borders of a zone with a quarter of an hour, and over the change of a clock', () => {
    const over = (zone: string, from: string, until: string) => {
      const [fromMs, untilMs] = [at(from), at(until)];
      const log = {
        presence: [{ fromMs, untilMs, state: 'ready' }],
        busy: [],
        wrap: [],
        shifts: [],
      };
      return agentTime(zone, log, { from: fromMs, until: untilMs }).map(
        ({ idleMs }) => idleMs / MINUTE,
      );
    };
    expect(over('Asia/Kathmandu', '2026-11-23T00:00:00Z', '2026-11-23T01:00:00Z')).toEqual([
      15, 30, 15,
    ]);
    expect(over('Europe/Berlin', '2026-10-24T22:00:00Z', '2026-10-25T23:00:00Z')).toHaveLength(50);
    expect(over('Europe/Berlin', '2026-03-28T23:00:00Z', '2026-03-29T22:00:00Z')).toHaveLength(46);
  });

  it('never has more idle, busy and wrap-up time than the agent was signed in', () => {
    const interval = fc
      .tuple(fc.integer({ min: 0, max: 600 }), fc.integer({ min: 0, max: 200 }))
      .map(([from, length]) => minutes(from, from + length));
    const intervals = fc.array(interval, { maxLength: 8 });
    const presence = fc.array(
      fc.tuple(interval, fc.constantFrom('ready', 'break', 'busy', 'offline', 'after_call_work')),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(presence, intervals, intervals, intervals, (states, busy, wrap, shifts) => {
        const log = {
          presence: states.map(([[fromMs, untilMs], state]) => ({ fromMs, untilMs, state })),
          busy,
          wrap,
          shifts,
        };
        const [once, twice] = [
          agentTime('Europe/Berlin', log, window),
          [
            ...agentTime('Europe/Berlin', log, { from: day, until: day + 300 * MINUTE }),
            ...agentTime('Europe/Berlin', log, { from: day + 300 * MINUTE, until: window.until }),
          ],
        ];
        for (const row of once) {
          expect(row.idleMs + row.busyMs + row.wrapMs).toBeLessThanOrEqual(row.signedInMs);
          expect(row.adherentMs).toBeLessThanOrEqual(row.scheduledMs);
          expect(row.signedInMs).toBeLessThanOrEqual(30 * MINUTE);
        }
        const sum = (rows: AgentTimeRow[], name: 'signedInMs' | 'idleMs' | 'adherentMs') =>
          rows.reduce((all, row) => all + row[name], 0);
        for (const name of ['signedInMs', 'idleMs', 'adherentMs'] as const) {
          expect(sum(twice, name)).toBe(sum(once, name));
        }
      }),
    );
  });
});

describe('intervals', () => {
  const random = fc.array(
    fc.tuple(fc.nat(60), fc.nat(20)).map(([from, length]): Interval => [from, from + length]),
    { maxLength: 8 },
  );
  const covers = (intervals: readonly Interval[], x: number) =>
    intervals.some(([from, until]) => from <= x && x < until);

  it('unite, meet and leave out point by point', () => {
    fc.assert(
      fc.property(random, random, fc.nat(90), (a, b, x) => {
        const [one, other] = [union(a), union(b)];
        expect(covers(one, x)).toBe(covers(a, x));
        expect(covers(common(one, other), x)).toBe(covers(a, x) && covers(b, x));
        expect(covers(without(one, other), x)).toBe(covers(a, x) && !covers(b, x));
      }),
    );
  });
});
