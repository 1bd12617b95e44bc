import type { Channel } from '@yingda/contract';
import { transact } from '../../../platform/ctx.ts';
import type { Ctx } from '../../../platform/ctx.ts';
import { copyHistory, deleteHistory, replaceHistory } from '../../contacts/index.ts';
import type { HistoryRow } from '../../contacts/index.ts';
import { organisation } from '../../identity/index.ts';
import { contributionsOf } from '../domain/contributions.ts';
import { addContributions } from '../domain/deltas.ts';
import type { Deltas } from '../domain/deltas.ts';
import type { Attributes, LogEvent } from '../domain/fact.ts';
import { factOf } from '../domain/facts.ts';
import { keptFact, storedFact } from '../domain/stored-fact.ts';
import type { StoredFact } from '../domain/stored-fact.ts';
import { putPresence } from '../store/agent-time.ts';
import type { PresenceRow } from '../store/agent-time.ts';
import * as rows from '../store/batch-rows.ts';
import * as batches from '../store/batches.ts';
import type { Batch } from '../store/batches.ts';
import { copyFacts, copySegments, onClient } from '../store/copy.ts';
import { nowOf } from '../store/now.ts';
import { segmentRows } from '../store/segments.ts';
import type { SegmentRow } from '../store/segments.ts';
import { changedSpans, countAgentTime, countSpans, spansOf } from './agent-time.ts';
import { replaceFacts } from './recount.ts';
import { endSettling, settle, settleRest } from './settle.ts';
import {
  forgetUnwritten,
  inTurn,
  unwrittenDeltas,
  whileLoading,
  writeRest,
  writeSome,
} from './unwritten.ts';
import { countingOf } from './zone.ts';
import type { Counting } from './zone.ts';

/** One contact of another system with its whole event line. */
export type LoadedContact = {
  /** From `countedContactId`. */
  contactId: string;
  events: LogEvent[];
  attributes: Attributes;
};

export type BatchInput = {
  kind: 'import' | 'follow';
  /** The system it comes from, the same for all its files. */
  log: string;
  name: string;
  /** What the log tells at all: `recordNames`. */
  records: string[];
};

/**
 * Begins a batch of contacts of another system. An import is in no report until `finishBatch`; a followed log is from
 * the start, and its contacts may be loaded again as they grow.
 */
export async function openBatch(ctx: Ctx, input: BatchInput): Promise<number> {
  const { timeZone } = await organisation(ctx);
  const state = input.kind === 'follow' ? 'visible' : 'loading';
  return batches.insertBatch(ctx.db, { ...input, state, timeZone });
}

/** Which of these contacts a batch that reports show has already, or the batch `orIn` that they do not show yet. */
export async function knownContacts(ctx: Ctx, ids: string[], orIn = 0): Promise<Set<string>> {
  return new Set(await rows.selectKnown(ctx.db, ids, orIn));
}

/** What one chunk of contacts comes to. */
type Chunk = {
  facts: StoredFact[];
  history: HistoryRow[];
  segments: SegmentRow[];
  firstAt: number;
  lastAt: number;
};

function historyOf({ contactId, events }: LoadedContact, arrivedAt: number, channel: Channel) {
  const line: HistoryRow['events'] = [];
  for (const { type, at, queue, agent, byBot, data } of events) {
    let more: Record<string, unknown> | null = byBot ? { ...data, byBot } : null;
    if (!more) for (const _key in data) more = data;
    line.push(
      more ? [type, at - arrivedAt, queue, agent, more] : [type, at - arrivedAt, queue, agent],
    );
  }
  return { contactId, channel, arrivedAt, events: line };
}

function chunkOf(contacts: LoadedContact[], { records, zone }: Counting, deltas: Deltas): Chunk {
  const chunk: Chunk = {
    facts: [],
    history: [],
    segments: [],
    firstAt: Infinity,
    lastAt: -Infinity,
  };
  const withSegments = records.has('presence');
  const rules = { zone, records, repeatGapMs: null };
  for (const contact of contacts) {
    const fact = keptFact(factOf(contact.events, contact.attributes));
    addContributions(deltas, contributionsOf(fact, rules), 1);
    chunk.facts.push(storedFact(contact.contactId, fact));
    chunk.history.push(historyOf(contact, fact.arrivedAt, fact.channel));
    if (withSegments) chunk.segments.push(...segmentRows(contact.contactId, fact));
    if (fact.arrivedAt < chunk.firstAt) chunk.firstAt = fact.arrivedAt;
    if (fact.arrivedAt > chunk.lastAt) chunk.lastAt = fact.arrivedAt;
  }
  return chunk;
}

async function loadingBatch(ctx: Ctx, batchId: number): Promise<Batch> {
  const batch = await batches.selectBatch(ctx.db, batchId);
  if (!batch || (batch.kind === 'import' && batch.state !== 'loading')) {
    throw new Error(`batch ${batchId} takes no contacts`);
  }
  return batch;
}

/** Begins to store a chunk of an import; it is when `stored` is. */
function giveImport(
  ctx: Ctx,
  counting: Counting,
  contacts: LoadedContact[],
): { stored: Promise<void> } {
  const { batchId } = counting;
  const chunk = chunkOf(contacts, counting, unwrittenDeltas(batchId));
  const stored = inTurn(batchId, async () => {
    await whileLoading(ctx, batchId, async (client) => {
      await copyFacts(client, batchId, chunk.facts);
      await copyHistory(client, batchId, chunk.history);
      await copySegments(client, batchId, chunk.segments);
      await batches.growBatch(onClient(client), batchId, { ...chunk, contacts: contacts.length });
    });
    const written = await writeSome(ctx, counting);
    if (written) settle(ctx, counting, written);
  });
  return { stored };
}

/** A followed log tells of the same contacts again as they go on: each count takes the place of the one before. */
async function loadFollowed(ctx: Ctx, batchId: number, contacts: LoadedContact[]): Promise<void> {
  await transact(ctx, async (tx) => {
    const batch = await batches.lockBatch(tx.db, batchId);
    if (!batch) throw new Error(`batch ${batchId} takes no contacts`);
    const counted = contacts.map((contact) => ({
      contactId: contact.contactId,
      fact: keptFact(factOf(contact.events, contact.attributes)),
    }));
    await replaceHistory(
      tx,
      batchId,
      contacts.map((contact, index) => {
        const { arrivedAt = 0, channel = 'other' } = counted[index]?.fact ?? {};
        return historyOf(contact, arrivedAt, channel);
      }),
    );
    const counting = await countingOf(tx, batch);
    const { before, after } = await replaceFacts(tx, counting, counted);
    const spans = spansOf(changedSpans(before, after));
    await countSpans(tx, counting, { spans, nowMs: await nowOf(tx.db) });
  });
}

/**
 * Takes some contacts (some thousands at a time) and begins to load them in one short transaction, so that the next ones
 * can be made meanwhile; they are loaded when `stored` is. Of an import each contact may come once; a failure leaves the
 * batch to be dropped. Call it for one batch from one place at a time.
 */
export async function giveContacts(
  ctx: Ctx,
  batchId: number,
  contacts: LoadedContact[],
): Promise<{ stored: Promise<void> }> {
  if (contacts.length === 0) return { stored: Promise.resolve() };
  const batch = await loadingBatch(ctx, batchId);
  if (batch.kind === 'import') return giveImport(ctx, await countingOf(ctx, batch), contacts);
  await loadFollowed(ctx, batchId, contacts);
  return { stored: Promise.resolve() };
}

/** The same, and waits until they are loaded. */
export async function loadContacts(
  ctx: Ctx,
  batchId: number,
  contacts: LoadedContact[],
): Promise<void> {
  const { stored } = await giveContacts(ctx, batchId, contacts);
  await stored;
}

/** Loads when agents of another system were in which state; those of a followed log may come again with another end. */
export async function loadPresence(
  ctx: Ctx,
  batchId: number,
  presence: PresenceRow[],
): Promise<void> {
  if (presence.length === 0) return;
  const batch = await loadingBatch(ctx, batchId);
  await transact(ctx, async (tx) => {
    await putPresence(tx.db, batchId, presence);
    if (batch.kind !== 'follow') return;
    const spans = spansOf(presence.map((row) => ({ ...row, untilMs: row.untilMs ?? Infinity })));
    const counting = await countingOf(tx, batch);
    await countSpans(tx, counting, { spans, nowMs: await nowOf(tx.db) });
  });
}

async function forget(batchId: number): Promise<void> {
  await endSettling(batchId);
  forgetUnwritten(batchId);
}

/** Counts what needs the whole batch (repeats, agent time) and lets reports show it. */
export async function finishBatch(ctx: Ctx, batchId: number): Promise<void> {
  const batch = await batches.selectBatch(ctx.db, batchId);
  if (!batch || batch.state !== 'loading') return;
  const counting = await countingOf(ctx, batch);
  await settleRest(ctx, counting, await writeRest(ctx, counting));
  if (counting.records.has('presence')) await countAgentTime(ctx, counting);
  await batches.setBatchState(ctx.db, batchId, 'visible');
  await forget(batchId);
}

/** After an import: makes reports of what it brought as fast as of what has been there for long. Not in a transaction. */
export async function freshenContacts(ctx: Ctx): Promise<void> {
  await batches.vacuumContacts(ctx.services.database.kysely);
}

const PIECE = 5_000;
const FIRST_ID = '00000000-0000-0000-0000-000000000000';
const WEEK_MS = 7 * 86_400_000;
const MOST_WINDOWS = 500;

async function dropContacts(ctx: Ctx, batchId: number): Promise<void> {
  let after = FIRST_ID;
  for (;;) {
    const ids = await rows.selectContactIds(ctx.db, batchId, { after, limit: PIECE });
    const last = ids.at(-1);
    if (last === undefined) return;
    await transact(ctx, async (tx) => {
      await deleteHistory(tx, batchId, ids);
      await rows.deleteContacts(tx.db, batchId, ids);
    });
    after = last;
  }
}

async function dropSums(ctx: Ctx, { id, firstAt, lastAt }: Batch): Promise<void> {
  if (firstAt && lastAt) {
    const end = lastAt.getTime() + WEEK_MS;
    let at = firstAt.getTime() - WEEK_MS;
    const window = Math.max(WEEK_MS, (end - at) / MOST_WINDOWS);
    for (; at < end; at += window) {
      await rows.deleteSums(ctx.db, id, { from: new Date(at), until: new Date(at + window) });
    }
  }
  await rows.deleteLeftSums(ctx.db, id);
}

/** Takes a batch out of all reports at once, and deletes its rows piece by piece. Again after a crash is right. */
export async function dropBatch(ctx: Ctx, batchId: number): Promise<void> {
  await forget(batchId);
  const batch = await batches.selectBatch(ctx.db, batchId);
  if (!batch) return;
  await batches.setBatchState(ctx.db, batchId, 'leaving');
  await dropContacts(ctx, batchId);
  await dropSums(ctx, batch);
  await batches.deleteBatch(ctx.db, batchId);
}
