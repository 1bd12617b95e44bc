import type { ActionReport } from '@yingda/contract';
import { newId } from '../../../kernel/ids.ts';
import type { Tx } from '../../../platform/ctx.ts';
import { isConnectionLost, isRetryable } from '../../../platform/db/retry.ts';
import { audit } from '../../identity/index.ts';
import { automationChanged } from '../events.ts';
import { noteTallies, stopAutomation } from '../store/automations.ts';
import type { AutomationRow, Tally } from '../store/automations.ts';
import { countLastHour, insertRun } from '../store/runs.ts';
import type { NewRun } from '../store/runs.ts';
import { releaseSavepoint, rollbackToSavepoint, savepoint } from '../store/savepoint.ts';
import { speaker } from './doing.ts';
import type { Doing } from './doing.ts';
import { performAll } from './perform.ts';
import { refOf } from './subjects.ts';
import type { Cause, Subject } from './subjects.ts';

/** So many automations may follow from one another. */
const DEEPEST = 5;
/** So often an automation may do something with one thing within an hour. */
const MOST_AN_HOUR = 30;
/** After so many failures without a success between, an automation is switched off. */
const MOST_FAILURES = 20;

/** What starts an automation. */
export type Start = {
  /** Names the occasion: it is answered once. */
  key: string;
  cause: Cause | null;
  /** The event, or the clock. */
  causeName: string;
  /** Automations from which it follows, by id. */
  chain: string[];
  /** True: so says a program outside, which had heard of them. */
  isHandedBack: boolean;
};

/** Automations at work in one transaction. */
export type Shift = {
  tx: Tx;
  rules: AutomationRow[];
  tallies: Map<string, Tally>;
  /** How often each did something with each within the last hour, as `automationId subjectId`. */
  recent: Map<string, number>;
};

/** `subjectIds`: all that may be worked on. */
export async function beginShift(
  tx: Tx,
  rules: AutomationRow[],
  subjectIds: Iterable<string>,
): Promise<Shift> {
  const ids = { automationIds: rules.map(({ id }) => id), subjectIds: [...new Set(subjectIds)] };
  return { tx, rules, tallies: new Map(), recent: await countLastHour(tx.db, ids) };
}

const pairOf = (rule: AutomationRow, subject: Subject): string => `${rule.id} ${subject.id}`;
const recentOf = ({ recent }: Shift, rule: AutomationRow, subject: Subject): number =>
  recent.get(pairOf(rule, subject)) ?? 0;

const onceKey = (rule: AutomationRow, subject: Subject, key: string): string =>
  rule.repeat === 'once' ? `once:${subject.id}` : key;

/** The key under which a start is answered. */
export const keyOf = onceKey;

/** A Tx in the name of an automation: what it says is kept back until `keep`, and tells what it follows from. */
function tentative(tx: Tx, rule: AutomationRow, chain: string[]): { inner: Tx; keep: () => void } {
  const kept: (() => void)[] = [];
  const inner: Tx = {
    ...tx,
    actor: { kind: 'system', name: `automation ${rule.name}` },
    emit: (event, payload) =>
      kept.push(() => tx.emit(event, { ...payload, chain: [...chain, rule.id] })),
    afterCommit: (run) => kept.push(() => tx.afterCommit(run)),
  };
  return { inner, keep: () => kept.forEach((run) => run()) };
}

function runOf(
  { rules }: Shift,
  rule: AutomationRow,
  { subject, start }: { subject: Subject; start: Start },
): Omit<NewRun, 'state' | 'actions' | 'took_ms'> {
  const { id, kind, number, title } = refOf(subject);
  const nameById = new Map(rules.map((one) => [one.id, one.name]));
  return {
    id: newId(),
    automation_id: rule.id,
    automation_name: rule.name,
    automation_version: rule.version,
    key: onceKey(rule, subject, start.key),
    subject_kind: kind,
    subject_id: id,
    subject_number: number,
    subject_title: title,
    cause: start.causeName,
    chain: start.chain.map((one) => nameById.get(one) ?? one),
  };
}

function count({ tallies }: Shift, { id }: AutomationRow, hasFailed: boolean): void {
  const tally = tallies.get(id) ?? { id, runs: 0, failures: 0, inRow: 0, allFailed: true };
  tally.runs += 1;
  if (hasFailed) {
    tally.failures += 1;
    tally.inRow += 1;
  } else Object.assign(tally, { inRow: 0, allFailed: false });
  tallies.set(id, tally);
}

async function stop(shift: Shift, rule: AutomationRow, why: 'loop' | 'failures'): Promise<void> {
  const { tx } = shift;
  await stopAutomation(tx.db, rule.id, why);
  const subject = { subjectKind: 'automation', subjectId: rule.id, subjectName: rule.name };
  await audit(tx, { action: 'automation.stopped', ...subject, details: { why } });
  tx.emit(automationChanged, { noun: 'automation', id: rule.id });
  shift.rules = shift.rules.filter(({ id }) => id !== rule.id);
}

type Outcome = { reports: ActionReport[]; hasFailed: boolean; keep: () => void };

/** Does the actions between two marks; what failed is undone. Throws what makes the whole transaction begin again. */
async function attempt(
  tx: Tx,
  rule: AutomationRow,
  { subject, start }: Occasion,
): Promise<Outcome> {
  const { inner, keep } = tentative(tx, rule, start.chain);
  const doing: Doing = {
    tx: inner,
    subject,
    cause: start.cause,
    origin: { id: rule.id, name: rule.name, kind: 'automation' },
    chain: [...start.chain, rule.id],
    say: speaker(inner, subject, start.cause),
  };
  try {
    const { reports, failure } = await performAll(doing, rule.actions);
    if (failure) await rollbackToSavepoint(tx);
    return { reports, hasFailed: failure !== null, keep: failure ? () => {} : keep };
  } catch (error) {
    if (isRetryable(error) || isConnectionLost(error)) throw error;
    await rollbackToSavepoint(tx);
    tx.log.error({ err: error, automation: rule.id }, 'an automation failed');
    const problem = 'server.unexpected';
    const reports = rule.actions.map(({ kind }, index): ActionReport => {
      const state = index === 0 ? 'failed' : 'not_reached';
      return { kind, state, detail: '', field: null, problem: index === 0 ? problem : null };
    });
    return { reports, hasFailed: true, keep: () => {} };
  }
}

function noteRecent(shift: Shift, rule: AutomationRow, subject: Subject): void {
  shift.recent.set(pairOf(rule, subject), recentOf(shift, rule, subject) + 1);
}

type Occasion = { subject: Subject; start: Start };

/** Whether it goes round in circles: then that is noted, and nothing done. */
async function isLoop(shift: Shift, rule: AutomationRow, occasion: Occasion): Promise<boolean> {
  const { tx } = shift;
  const { subject, start } = occasion;
  const isRound = start.chain.includes(rule.id);
  const isDeep = isRound || start.chain.length >= DEEPEST;
  const isOften = !isDeep && recentOf(shift, rule, subject) >= MOST_AN_HOUR;
  if (!isDeep && !isOften) return false;
  // Of what goes round inside nothing is said: it is how most automations that change something end.
  if (isRound && !start.isHandedBack) return true;
  const run = runOf(shift, rule, occasion);
  const key = `loop:${run.id}`;
  await insertRun(tx.db, { ...run, key, state: 'loop_stopped', actions: [], took_ms: 0 });
  if (isOften) await stop(shift, rule, 'loop');
  return true;
}

/**
 * Runs an automation whose conditions hold: all of its actions and the note of it in the history, or, when one of them is
 * refused, only the note. The same start is answered once. True when something was done. An automation is never started
 * by what follows from itself.
 */
export async function runRule(
  shift: Shift,
  rule: AutomationRow,
  occasion: Occasion,
): Promise<boolean> {
  const { tx } = shift;
  if (await isLoop(shift, rule, occasion)) return false;
  const began = performance.now();
  await savepoint(tx);
  const { reports, hasFailed, keep } = await attempt(tx, rule, occasion);
  const run = runOf(shift, rule, occasion);
  const state = hasFailed ? 'failed' : 'done';
  // "Once" means done once: a failure leaves room for another try.
  const key = hasFailed && rule.repeat === 'once' ? `${run.key}:failed:${run.id}` : run.key;
  const took = Math.round(performance.now() - began);
  const note = { ...run, key, state, actions: reports, took_ms: took } as const;
  if (!(await insertRun(tx.db, note))) {
    await rollbackToSavepoint(tx);
    return false;
  }
  await releaseSavepoint(tx);
  keep();
  count(shift, rule, hasFailed);
  if (!hasFailed) noteRecent(shift, rule, occasion.subject);
  return !hasFailed;
}

/** Adds up what was done, and switches off what only fails. */
export async function endShift(shift: Shift): Promise<void> {
  if (shift.tallies.size === 0) return;
  const tired = await noteTallies(shift.tx.db, [...shift.tallies.values()], MOST_FAILURES);
  for (const rule of shift.rules.filter(({ id }) => tired.includes(id))) {
    await stop(shift, rule, 'failures');
  }
}
