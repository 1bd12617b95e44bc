import type { ImportReport } from '@yingda/contract';
import { problems } from '@yingda/contract';
import { Problem } from '../../../kernel/problem.ts';
import { transact } from '../../../platform/ctx.ts';
import type { Ctx } from '../../../platform/ctx.ts';
import { dropBatch, finishBatch, openBatch } from '../../kpi/index.ts';
import type { ForeignContact, ForeignPresence } from '../domain/model.ts';
import { createTally } from '../domain/tally.ts';
import type { Tally } from '../domain/tally.ts';
import { exclusively } from '../store/lock.ts';
import { findRun, saveProgress, updateRun } from '../store/run.ts';
import type { RunRow } from '../store/run.ts';
import { batchLoader } from './load.ts';
import { tell } from './notify.ts';
import { openPlan } from './reading.ts';
import type { Heard, Opened } from './reading.ts';
import { sourcesOf } from './sources.ts';

const CHUNK = 3_000;
const PRESENCE_CHUNK = 5_000;
const TELL_MS = 700;
/** A run that breaks off this often has a cause that another attempt does not mend. */
export const MOST_ATTEMPTS = 4;

class Cancelled extends Error {}

/** How far a run is, said to the database and to who looks at it once in a while. */
function progressOf(ctx: Ctx, run: RunRow, tally: Tally) {
  const progress = { phase: 'reading' as RunRow['phase'], bytes: 0, loaded: 0 };
  let toldAt = 0;
  return {
    progress,
    /** Throws when the import is to stop. */
    async save(isNow = false): Promise<void> {
      if (!isNow && Date.now() - toldAt < TELL_MS) return;
      toldAt = Date.now();
      const isCancelled = await saveProgress(ctx, run.id, {
        phase: progress.phase,
        bytes_read: Math.min(progress.bytes, run.bytes_total),
        rows: tally.counted.rows,
        contacts: progress.loaded,
        errors: tally.errorCount(),
      });
      if (isCancelled) throw new Cancelled();
      await tell(ctx, run.id, false);
    },
  };
}

type Work = {
  opened: Opened;
  tally: Tally;
  batchId: number;
  progress: ReturnType<typeof progressOf>;
};

/** Reads on while the chunk before is understood and the one before that is being stored. */
async function readAll(
  ctx: Ctx,
  run: RunRow,
  work: Work,
): Promise<{ duplicates: number; queues: ImportReport['queues'] }> {
  const { opened, tally, batchId, progress } = work;
  const loader = await batchLoader(ctx, { log: run.log, batchId });
  let contacts: ForeignContact[] = [];
  let spans: ForeignPresence[] = [];
  let duplicates = 0;
  let [giving, storing] = [Promise.resolve(), Promise.resolve()];
  const give = async (chunk: ForeignContact[], presence: ForeignPresence[]): Promise<void> => {
    const { isNew, stored } = await loader.give(chunk);
    chunk.forEach((contact, index) => {
      if (isNew[index]) tally.contact(contact);
      else duplicates += 1;
    });
    progress.progress.loaded = tally.counted.contacts;
    // One chunk is stored and the next one is being made of its rows: no more of them are in memory.
    await storing;
    storing = stored;
    if (presence.length > 0) await loader.loadPresence(presence);
  };
  const flush = async (): Promise<void> => {
    await giving;
    const [chunk, presence] = [contacts, spans];
    [contacts, spans] = [[], []];
    giving = give(chunk, presence);
    // Reported where it is awaited; without a handler meanwhile the process would end.
    giving.catch(() => {});
  };
  const assembler = opened.assembler(
    {
      contact: (contact) => contacts.push(contact),
      presence: (span) => spans.push(span),
    },
    tally,
  );
  const heard: Heard = {
    bytes: (count) => (progress.progress.bytes += count),
    nuls: tally.nuls,
  };
  for await (const { rows, faults } of opened.pieces(heard)) {
    tally.counted.rows += rows.length + faults.length;
    for (const { code, row } of faults) tally.error(code, row);
    for (const row of rows) assembler.add(row);
    if (contacts.length >= CHUNK || spans.length >= PRESENCE_CHUNK) await flush();
    await progress.save();
  }
  assembler.end();
  await flush();
  await giving;
  await storing;
  return { duplicates, queues: assembler.totals?.result() ?? [] };
}

export function reportOf(
  { opened, tally }: { opened: Opened; tally: Tally },
  more: Pick<ImportReport, 'bytes' | 'duplicates' | 'seconds' | 'queues'>,
): ImportReport {
  const { rows, contacts, outcomes, fromMs, toMs } = tally.counted;
  return {
    ...more,
    rows,
    contacts,
    outcomes,
    from: fromMs === null ? null : new Date(fromMs).toISOString(),
    to: toMs === null ? null : new Date(toMs).toISOString(),
    records: opened.records,
    leftOut: tally.notices('leftOut'),
    errors: tally.notices('errors'),
    traps: tally.notices('traps'),
    understood: opened.understood,
  };
}

async function importAll(ctx: Ctx, run: RunRow): Promise<void> {
  const startedAt = Date.now();
  const tally = createTally();
  const progress = progressOf(ctx, run, tally);
  await progress.save(true);
  const sources = await sourcesOf(ctx, run.sources);
  const opened = await openPlan({ ...run, sources });
  const { log, name } = run;
  const batchId = await transact(ctx, async (tx) => {
    const made = await openBatch(tx, { kind: 'import', log, name, records: opened.records });
    await updateRun(tx, run.id, { batch_id: made });
    return made;
  });
  const read = await readAll(ctx, run, { opened, tally, batchId, progress });
  if (tally.counted.contacts === 0 && read.duplicates === 0) {
    const report = reportOf({ opened, tally }, { ...read, bytes: run.bytes_total, seconds: 0 });
    await updateRun(ctx, run.id, { report });
    throw new Problem('import.nothing_understood');
  }
  progress.progress.phase = 'counting';
  await progress.save(true);
  await finishBatch(ctx, batchId);
  const seconds = (Date.now() - startedAt) / 1000;
  const report = reportOf({ opened, tally }, { ...read, bytes: run.bytes_total, seconds });
  const { contacts, rows } = report;
  await updateRun(ctx, run.id, {
    state: 'done',
    phase: 'ended',
    report,
    contacts,
    rows,
    errors: tally.errorCount(),
    bytes_read: run.bytes_total,
    ended_at: new Date(),
  });
}

async function clear(ctx: Ctx, id: string): Promise<void> {
  const run = await findRun(ctx, id);
  if (run?.batch_id) await dropBatch(ctx, run.batch_id);
  await updateRun(ctx, id, { batch_id: null });
}

async function attempt(ctx: Ctx, run: RunRow): Promise<void> {
  try {
    await importAll(ctx, run);
  } catch (error) {
    const isCancelled = error instanceof Cancelled;
    if (!isCancelled && !(error instanceof Problem && error.status < 500)) {
      if (run.attempts + 1 < MOST_ATTEMPTS) throw error;
    }
    await updateRun(ctx, run.id, { phase: 'clearing' });
    await clear(ctx, run.id);
    const problem = isCancelled ? null : problemOf(error);
    if (problem?.code === 'import.crashed')
      ctx.log.error({ err: error, import: run.id }, 'an import was given up');
    const state = isCancelled ? 'cancelled' : 'failed';
    await updateRun(ctx, run.id, {
      state,
      phase: 'ended',
      problem,
      contacts: 0,
      ended_at: new Date(),
    });
  }
}

function problemOf(error: unknown): { code: string; params: Record<string, string | number> } {
  if (error instanceof Problem && error.code in problems) {
    return { code: error.code, params: error.params ?? {} };
  }
  return { code: 'import.crashed', params: {} };
}

/**
 * Carries an import (or a removal) out from its beginning to its end, in this process. False: another process is at it,
 * or at another import of the same log. Throws when it broke off and may be tried again.
 */
export async function carryOut(ctx: Ctx, id: string): Promise<boolean> {
  const first = await findRun(ctx, id);
  if (!first) return true;
  const done = await exclusively(ctx, [`run/${id}`, `log/${first.log}`], async () => {
    const run = await findRun(ctx, id);
    if (!run || !['waiting', 'running', 'removing'].includes(run.state)) return true;
    // What an attempt that broke off has left behind is in nobody's way: its batch is in no report.
    await clear(ctx, id);
    if (run.is_cancelled) {
      await updateRun(ctx, id, { state: 'cancelled', phase: 'ended', ended_at: new Date() });
    } else if (run.state === 'removing') {
      await updateRun(ctx, id, { state: 'removed', phase: 'ended' });
    } else if (run.attempts >= MOST_ATTEMPTS) {
      const problem = { code: 'import.crashed', params: {} };
      await updateRun(ctx, id, { state: 'failed', phase: 'ended', problem, ended_at: new Date() });
    } else {
      const attempts = run.attempts + 1;
      await updateRun(ctx, id, {
        state: 'running',
        phase: 'reading',
        attempts,
        started_at: new Date(),
        bytes_read: 0,
        rows: 0,
        contacts: 0,
        errors: 0,
      });
      await attempt(ctx, { ...run, attempts: run.attempts });
    }
    await tell(ctx, id, true);
    return true;
  });
  return done === true;
}
