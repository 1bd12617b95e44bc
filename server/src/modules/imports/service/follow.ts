import { systemCtx, transact } from '../../../platform/ctx.ts';
import type { Ctx, Services } from '../../../platform/ctx.ts';
import { knownContacts, loadContacts, loadPresence, countedContactId } from '../../kpi/index.ts';
import {
  fingerprintOf,
  isSame,
  lookAt,
  readPart,
  rotatedCopy,
  STEP_BYTES,
} from '../adapters/growing.ts';
import type { Place } from '../adapters/growing.ts';
import type { ForeignPresence, Row } from '../domain/model.ts';
import { queueLogAssembler } from '../domain/queue-log.ts';
import { contactOfCall } from '../domain/queue-log-call.ts';
import type { OpenCall } from '../domain/queue-log-call.ts';
import { createTally } from '../domain/tally.ts';
import { toUtcOf } from '../domain/zone.ts';
import {
  findFollowed,
  followedNow,
  hasOtherSources,
  saveStep,
  setFollowState,
} from '../store/followed.ts';
import type { FollowedRow, Memory } from '../store/followed.ts';
import { exclusively } from '../store/lock.ts';
import { namedMembers } from './load.ts';

const LOOK_MS = 700;
/** A line that has no end after so many bytes is none. */
const MAX_PART = STEP_BYTES - 1;

/** Whole lines among the bytes, and how many bytes they are; at the end of a file that is over, the rest is a line. */
function wholeLines(bytes: Buffer, isOver: boolean): { lines: string[]; used: number } {
  const end = bytes.lastIndexOf(10) + 1;
  const used = isOver || (end === 0 && bytes.length > MAX_PART) ? bytes.length : end;
  const text = new TextDecoder().decode(bytes.subarray(0, used)).replaceAll('\u0000', '');
  return { lines: text.split(/\r?\n/).filter((line) => line !== ''), used };
}

type Change = { touched: OpenCall[]; spans: ForeignPresence[]; memory: Memory; begun: OpenCall[] };

function memoryOf(row: FollowedRow): Memory {
  const { calls = [], agents = [], foreign = [], withPresence = false } = row.memory;
  return { calls, agents, foreign, withPresence };
}

/** What some lines change. */
function understand(row: FollowedRow, lines: string[], withPresence: boolean): Change {
  const kept = memoryOf(row);
  const known = new Set(kept.calls.map(({ id }) => id));
  const touched = new Map<string, OpenCall>();
  const spans: ForeignPresence[] = [];
  const assembler = queueLogAssembler(
    {
      toUtc: toUtcOf(row.zone),
      channel: 'voice',
      withPresence,
      kept,
      touched: (call) => touched.set(call.id, call),
    },
    { contact: () => {}, presence: (span) => spans.push(span) },
    createTally(),
  );
  for (const text of lines) {
    const one: Row = { fields: [text], line: 0, file: '' };
    assembler.add(one);
    assembler.flush();
  }
  assembler.sweepNow();
  const open = assembler.openCalls();
  const ids = new Set(open.map(({ id }) => id));
  return {
    touched: [...touched.values()],
    begun: [...touched.values()].filter(({ id }) => !known.has(id)),
    spans: withPresence ? [...spans, ...assembler.openPresence()] : [],
    memory: {
      calls: open,
      agents: assembler.agents(),
      foreign: kept.foreign.filter((id) => ids.has(id)),
      withPresence,
    },
  };
}

/** Calls of these that another import of the log has counted. */
async function foreignAmong(
  ctx: Ctx,
  { log, batch_id: batchId }: FollowedRow,
  calls: OpenCall[],
): Promise<string[]> {
  if (calls.length === 0 || !(await hasOtherSources(ctx, log, batchId ?? 0))) return [];
  const idOf = (call: OpenCall): string => {
    const { key, idAt, arrivedAt } = contactOfCall(call, 'voice');
    return countedContactId(log, key, idAt ?? arrivedAt);
  };
  const known = await knownContacts(ctx, calls.map(idOf));
  return calls.filter((call) => known.has(idOf(call))).map(({ id }) => id);
}

async function apply(
  ctx: Ctx,
  id: string,
  { lines, place }: { lines: string[]; place: Place },
): Promise<void> {
  await transact(ctx, async (tx) => {
    const row = await findFollowed(tx, id, true);
    if (!row || row.state === 'stopped' || row.batch_id === null) return;
    const change = understand(row, lines, memoryOf(row).withPresence);
    const foreign = new Set([
      ...change.memory.foreign,
      ...(await foreignAmong(tx, row, change.begun)),
    ]);
    const members = namedMembers(tx);
    const mine = change.touched.filter((call) => !foreign.has(call.id));
    const contacts = await members.translate(
      row.log,
      mine.map((call) => contactOfCall(call, 'voice')),
    );
    await loadContacts(tx, row.batch_id, contacts);
    const agentOf = await members.learn('agent', new Set(change.spans.map(({ agent }) => agent)));
    await loadPresence(
      tx,
      row.batch_id,
      change.spans.map((span) => ({ ...span, agent: agentOf(span.agent) })),
    );
    const last = change.touched.reduce((latest, { lastAt }) => Math.max(latest, lastAt), 0);
    await saveStep(tx, id, {
      ...place,
      memory: { ...change.memory, foreign: [...foreign] },
      lines: lines.length,
      contacts: change.begun.filter((call) => !foreign.has(call.id)).length,
      lastLineAt: last > 0 ? new Date(last) : null,
    });
  });
}

/** Reads on from where reading stands; true: there may be more. */
async function step(ctx: Ctx, id: string): Promise<boolean> {
  const row = await findFollowed(ctx, id);
  if (!row || row.state === 'stopped') return false;
  const found = await lookAt(row.path);
  const place = { inode: row.inode, fingerprint: row.fingerprint, position: row.position };
  if (!found || !(await isSame(row.path, found, place))) {
    const copy = await rotatedCopy(row.path, place);
    if (copy && copy.size > row.position) {
      const bytes = await readPart(
        copy.path,
        row.position,
        Math.min(STEP_BYTES, copy.size - row.position),
      );
      const isOver = row.position + bytes.length >= copy.size;
      // Until the new file is there, the old one may still be written to.
      const { lines, used } = wholeLines(bytes, isOver && found !== null);
      if (used > 0) {
        await apply(ctx, id, { lines, place: { ...place, position: row.position + used } });
        return true;
      }
    }
    if (!found) {
      await setFollowState(ctx, id, 'missing');
      return false;
    }
    await apply(ctx, id, {
      lines: [],
      place: { inode: found.inode, fingerprint: '', position: 0 },
    });
    return true;
  }
  if (found.size <= row.position) {
    await setFollowState(ctx, id, 'following');
    return false;
  }
  const bytes = await readPart(
    row.path,
    row.position,
    Math.min(STEP_BYTES, found.size - row.position),
  );
  const { lines, used } = wholeLines(bytes, false);
  if (used === 0) return false;
  const fingerprint = await fingerprintOf(row.path, found.size);
  await apply(ctx, id, {
    lines,
    place: { inode: found.inode, fingerprint, position: row.position + used },
  });
  return row.position + used < found.size;
}

/** Reads a followed log to its present end, unless another process is at it. */
export async function catchUp(ctx: Ctx, id: string): Promise<void> {
  await exclusively(ctx, [`follow/${id}`], async () => {
    try {
      while (await step(ctx, id));
    } catch (err) {
      await setFollowState(ctx, id, 'unreadable');
      ctx.log.warn({ err, followed: id }, 'a followed log cannot be read');
    }
  });
}

async function isIdle(row: Awaited<ReturnType<typeof followedNow>>[number]): Promise<boolean> {
  if (row.state !== 'following') return false;
  const found = await lookAt(row.path).catch(() => null);
  return found?.inode === row.inode && found.size === row.position;
}

/** Follows logs as they grow, in every working process; each log is read by one of them at a time. */
export function startFollowing(services: Services): () => Promise<void> {
  const ctx = systemCtx(services, 'imports');
  let working: Promise<void> | null = null;
  const look = async (): Promise<void> => {
    for (const row of await followedNow(ctx)) {
      if (!(await isIdle(row))) await catchUp(ctx, row.id);
    }
  };
  const timer = setInterval(() => {
    working ??= look()
      .catch((err: unknown) => ctx.log.warn({ err }, 'logs are not followed'))
      .finally(() => {
        working = null;
      });
  }, LOOK_MS);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await working;
  };
}
