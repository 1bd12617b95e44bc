import { expect, test } from 'vitest';
import { countMinutes, roundTheClock } from './calendar.ts';
import { Check } from './plain.ts';
import type { Facts } from './plain.ts';

const HOUR = 3_600_000;
const day = [{ from: 540, to: 720 }, { from: 780, to: 1080 }]; // prettier-ignore
const hours = {
  timeZone: 'Asia/Shanghai',
  week: [day, day, day, day, day, [], []],
  specialDays: [
    { date: '2026-01-01', periods: [] },
    { date: '2026-01-04', periods: day },
  ],
};
const at = (text: string): number => Date.parse(`${text}+08:00`);
const plain = countMinutes(hours, at('2025-12-29T00:00'), at('2026-02-01T00:00'));

test('working time stands still at night, at noon and on holidays, and runs on make-up days', () => {
  expect(plain.after(at('2025-12-31T17:30:20'), HOUR)).toBe(at('2026-01-02T09:30:20'));
  expect(plain.after(at('2026-01-02T11:30'), HOUR)).toBe(at('2026-01-02T13:30'));
  // The Sunday is worked, the Saturday before is not.
  expect(plain.after(at('2026-01-02T17:00'), 2 * HOUR)).toBe(at('2026-01-04T10:00'));
  expect(plain.worked(at('2025-12-31T00:00'), at('2026-01-02T24:00'))).toBe(16 * HOUR);
  expect(plain.after(at('2025-12-30T17:00'), HOUR)).toBe(at('2025-12-30T18:00'));
});

const moves = ['transfer', 'answer', 'replied', 'confirmed'];
const steps = ['intake', 'department_answer', 'reply_customer', 'callback', 'closed'];

/** An order that stayed an hour in each step, under clocks that know no night: nothing was late, nobody warned. */
function facts(): Facts {
  const entered = steps.map((_, nth) => at('2026-01-05T10:00') + nth * HOUR);
  const iso = (ms: number | undefined) => (ms === undefined ? null : new Date(ms).toISOString());
  const minutes = [120, 960, 240, 960];
  return {
    key: '1',
    flow: 'house',
    department: 'any',
    number: 'W1',
    status: 'closed',
    performed: entered.map((from, nth) => ({
      do: nth === 0 ? { kind: 'create' } : { kind: 'move', move: moves[nth - 1] },
      from,
      to: from,
    })),
    visits: steps.map((stepKey, nth) => ({
      id: String(nth),
      stepKey,
      enteredAt: iso(entered[nth]) ?? '',
      leftAt: iso(entered[nth + 1]),
      dueAt: nth < 4 ? iso((entered[nth] ?? 0) + (minutes[nth] ?? 0) * 60_000) : null,
      clock: nth < 4 ? 'met' : 'none',
      workedMs: HOUR,
    })),
    lines: [],
  };
}

function differences(change: (facts: Facts) => void): string[] {
  const check = new Check(() => ({
    desk: roundTheClock,
    department: roundTheClock,
    all: roundTheClock,
  }));
  const changed = facts();
  change(changed);
  check.order(changed);
  return check.differences.map(({ what }) => what);
}

test('what happened as it must is found right', () => {
  expect(differences(() => {})).toEqual([]);
});

test('a deadline that is a second off, an alarm too many and a step that was lost are found', () => {
  expect(
    differences(({ visits: [first] }) => {
      if (first) first.dueAt = new Date(Date.parse(first.dueAt ?? '') + 1_000).toISOString();
    }),
  ).toEqual(['step 0 intake: deadline']);
  const data = { visitId: '1', level: 1, dueAt: '2026-01-05T03:30:00.000Z' };
  expect(differences(({ lines }) => lines.push({ at: data.dueAt, kind: 'warned', data }))).toEqual([
    'step 1 department_answer: alarms',
  ]);
  expect(differences(({ visits }) => visits.splice(2, 1))).toContain('way');
  expect(differences((one) => Object.assign(one, { status: 'open' }))).toEqual(['status']);
});
