import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { batches } from './batches.ts';
import type { Batch, Table } from './batches.ts';
import type { Team } from './company.ts';
import type { Plan } from './conversation.ts';
import { arrayText, copyRow, vectorText } from './copy-text.ts';
import { idOf, randomOf } from './random.ts';
import { arrivals, monthsBefore } from './timeline.ts';

const until = Date.parse('2026-06-15T12:00:00Z');
const from = monthsBefore(until, 24);

const team = (name: string): Team => ({
  id: `${name}-team`,
  queueId: `${name}-queue`,
  name,
  agents: [
    { id: `${name}-1`, name: '林晓燕' },
    { id: `${name}-2`, name: '陈志强' },
  ],
});
const plan = (change: Partial<Plan> = {}): Plan => ({
  seed: 1,
  conversations: 1_500,
  messagesPer: 3,
  from,
  until,
  company: { teams: [team('a'), team('b')] },
  questions: ['我的订单什么时候发货', 'Where is my card?', '帮我查一下\t流量'],
  ...change,
});

function textOf(all: Iterable<Batch>, table: Table): string {
  return Array.from(all, ({ rows }) => rows[table] ?? '').join('');
}
function rowsOf(all: Iterable<Batch>, table: Table): string[][] {
  return textOf(all, table)
    .split('\n')
    .slice(0, -1)
    .map((line) => line.split('\t'));
}

describe('arrivals', () => {
  test('are as many as asked, in order and within the time, whatever is asked', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 3_000 }),
        fc.integer({ min: 1, max: 24 * 400 }),
        fc.nat(),
        (count, hours, seed) => {
          const end = from + hours * 3_600_000 - 1_234;
          const all = [...arrivals(count, { from, until: end }, randomOf(seed))];
          expect(all).toHaveLength(count);
          expect(all).toEqual(all.toSorted((a, b) => a - b));
          for (const at of all) expect(at >= from && at <= end).toBe(true);
        },
      ),
      { numRuns: 50 },
    );
  });

  test('come by day rather than by night', () => {
    const all = [...arrivals(20_000, { from, until }, randomOf(7))];
    const at = (hour: number): number =>
      all.filter((instant) => new Date(instant + 8 * 3_600_000).getUTCHours() === hour).length;
    expect(at(10)).toBeGreaterThan(10 * at(3));
  });
});

describe('text for COPY', () => {
  test('keeps what would end a field or a row', () => {
    expect(copyRow(['a\tb', 'c\nd', String.raw`e\f`, null, 7, true])).toBe(
      'a\\tb\tc\\nd\te\\\\f\t\\N\t7\ttrue\n',
    );
  });
  test('writes arrays and vectors of words', () => {
    expect(arrayText(['退款', 'a"b'])).toBe(String.raw`{"退款","a\"b"}`);
    expect(vectorText('我 的 订单')).toBe("'我' '的' '订单'");
    expect(vectorText('')).toBe('');
  });
});

test('ids are uuids of version 7 that sort by time and never meet', () => {
  const ids = [...Array(2_000).keys()].map((index) => idOf('message', until + index, index));
  expect(ids).toEqual(ids.toSorted());
  for (const id of ids)
    expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-8[\da-f]{3}-[\da-f]{12}$/);
  expect(new Set([...ids, idOf('event', until, 0), idOf('message', until, 2_000)]).size).toBe(
    2_002,
  );
});

describe('a load', () => {
  const all = [...batches(plan())];

  test('is the same for the same seed, and another for another', () => {
    expect([...batches(plan())]).toEqual(all);
    const other = [...batches(plan({ seed: 2 }))];
    for (const table of ['conversation', 'message', 'customer', 'contact_event'] as const)
      expect(textOf(other, table)).not.toBe(textOf(all, table));
  });

  test('has as many conversations as asked and about as many messages in each', () => {
    expect(rowsOf(all, 'conversation')).toHaveLength(1_500);
    const messages = rowsOf(all, 'message');
    expect(messages.length / 1_500).toBeGreaterThan(2.4);
    expect(messages.length / 1_500).toBeLessThan(3.6);
    expect(all.reduce((sum, batch) => sum + batch.messages, 0)).toBe(messages.length);
  });

  test('has closed all but a few', () => {
    const closed = rowsOf(batches(plan({ conversations: 8_000, messagesPer: 1 })), 'conversation');
    const share = closed.filter((row) => row[7] === 'resolved').length / closed.length;
    expect(share).toBeGreaterThan(0.96);
    expect(share).toBeLessThan(0.985);
  });

  test('counts the messages of each conversation without a gap', () => {
    const seqs = new Map<string, number[]>();
    for (const [, conversation = '', seq] of rowsOf(all, 'message'))
      seqs.set(conversation, [...(seqs.get(conversation) ?? []), Number(seq)]);
    for (const row of rowsOf(all, 'conversation')) {
      const last = Number(row[13]);
      expect(seqs.get(row[0] ?? '')).toEqual(Array.from({ length: last }, (_, at) => at + 1));
    }
  });

  test('names only customers that it makes, each once', () => {
    const customers = rowsOf(all, 'customer').map(([id]) => id);
    expect(new Set(customers).size).toBe(customers.length);
    const known = new Set(customers);
    expect(rowsOf(all, 'conversation').filter((row) => !known.has(row[2]))).toEqual([]);
    const identities = rowsOf(all, 'customer_identity').map((row) => `${row[2]} ${row[3]}`);
    expect(new Set(identities).size).toBe(identities.length);
  });

  test('tells nothing of the future', () => {
    for (const row of rowsOf(all, 'message')) expect(Date.parse(row[8] ?? '') <= until).toBe(true);
    for (const row of rowsOf(all, 'contact_event'))
      expect(Date.parse(row[3] ?? '') <= until).toBe(true);
  });
});
