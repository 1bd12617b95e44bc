import { repeatWindowsDays } from '@yingda/contract';
import type { Tx } from '../../../platform/ctx.ts';
import { contributionsOf } from '../domain/contributions.ts';
import { addContributions, newDeltas } from '../domain/deltas.ts';
import type { Deltas } from '../domain/deltas.ts';
import type { Fact } from '../domain/fact.ts';
import { factOfStored, storedFact } from '../domain/stored-fact.ts';
import { growBatch } from '../store/batches.ts';
import * as store from '../store/facts.ts';
import type { FactRow, Place } from '../store/facts.ts';
import { applyCoarser, applyDeltas } from '../store/rollups.ts';
import { insertSegments, segmentRows, takeSegments } from '../store/segments.ts';
import type { SegmentRow } from '../store/segments.ts';
import type { Counting } from './zone.ts';

/** A contact with what it counts for now. */
export type Counted = { contactId: string; fact: Fact };
/** What a change of contacts touched: the queues of the old and new facts, and the parts of agents before and after. */
export type Touched = { queues: Set<number>; before: SegmentRow[]; after: SegmentRow[] };

const DAY_MS = 86_400_000;
const LONGEST_GAP_MS = Math.max(...repeatWindowsDays) * DAY_MS;

const isSame = (a: FactRow, b: FactRow): boolean => JSON.stringify(a) === JSON.stringify(b);

function addRow(deltas: Deltas, row: FactRow, { counting, sign }: Signed): void {
  const { zone, records } = counting;
  const rules = { zone, records, repeatGapMs: row.repeatGapMs };
  addContributions(deltas, contributionsOf(factOfStored(row), rules), sign);
}
type Signed = { counting: Counting; sign: 1 | -1 };

const placeOf = ({ contactId, customer, topic, arrivedAt }: FactRow): Place => ({
  contactId,
  customer,
  topic,
  arrivedAt,
});

/** Sets the gap to the customer's next contact where a change has made it another. */
async function followRepeats(
  tx: Tx,
  counting: Counting,
  { places, deltas }: { places: Place[]; deltas: Deltas },
): Promise<void> {
  const known = places.filter(({ customer }) => customer !== 0);
  if (known.length === 0) return;
  const changed: FactRow[] = [];
  for (const { nextAt, ...row } of await store.selectNeighbours(tx.db, counting.batchId, known)) {
    const gap = nextAt === null || row.customer === 0 ? null : nextAt - row.arrivedAt;
    const repeatGapMs = gap === null || gap > LONGEST_GAP_MS ? null : gap;
    if (repeatGapMs === row.repeatGapMs) continue;
    addRow(deltas, row, { counting, sign: -1 });
    addRow(deltas, { ...row, repeatGapMs }, { counting, sign: 1 });
    changed.push({ ...row, repeatGapMs });
  }
  await store.saveGaps(tx.db, counting.batchId, changed);
}

/** Notes when agents were busy with these contacts; gives what was noted before and what is now. */
async function replaceSegments(tx: Tx, counting: Counting, counted: Counted[]) {
  if (!counting.records.has('presence')) return { before: [], after: [] };
  const ids = counted.map(({ contactId }) => contactId);
  const before = await takeSegments(tx.db, counting.batchId, ids);
  const after = counted.flatMap(({ contactId, fact }) => segmentRows(contactId, fact));
  await insertSegments(tx.db, counting.batchId, after);
  return { before, after };
}

/**
 * Puts what contacts count for now in the place of what they counted for, in a batch whose row the caller has locked:
 * the sums change by the difference, and the gaps of the customers' neighbouring contacts with them. A contact may
 * stand in `counted` once.
 */
export async function replaceFacts(
  tx: Tx,
  counting: Counting,
  counted: Counted[],
): Promise<Touched> {
  const { batchId } = counting;
  const ids = counted.map(({ contactId }) => contactId);
  const old = new Map(
    (await store.selectFacts(tx.db, batchId, ids)).map((row) => [row.contactId, row]),
  );
  const deltas = newDeltas();
  const changed: FactRow[] = [];
  const places: Place[] = [];
  const queues = new Set<number>();
  for (const { contactId, fact } of counted) {
    const before = old.get(contactId);
    const row = { ...storedFact(contactId, fact), repeatGapMs: before?.repeatGapMs ?? null };
    if (before && isSame(before, row)) continue;
    if (before) addRow(deltas, before, { counting, sign: -1 });
    addRow(deltas, row, { counting, sign: 1 });
    changed.push(row);
    queues.add(row.queue).add(before?.queue ?? row.queue);
    places.push(placeOf(row), ...(before ? [placeOf(before)] : []));
  }
  if (changed.length > 0) await store.putFacts(tx.db, batchId, changed);
  await followRepeats(tx, counting, { places, deltas });
  await applyDeltas(tx.db, batchId, deltas);
  await applyCoarser(tx.db, batchId, deltas);
  await grow(tx, { batchId, changed, known: new Set(old.keys()) });
  return { queues, ...(await replaceSegments(tx, counting, counted)) };
}

async function grow(
  tx: Tx,
  { batchId, changed, known }: { batchId: number; changed: FactRow[]; known: Set<string> },
): Promise<void> {
  if (changed.length === 0) return;
  const arrivals = changed.map(({ arrivedAt }) => arrivedAt);
  await growBatch(tx.db, batchId, {
    contacts: changed.filter(({ contactId }) => !known.has(contactId)).length,
    firstAt: Math.min(...arrivals),
    lastAt: Math.max(...arrivals),
  });
}
