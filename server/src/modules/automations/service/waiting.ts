import { AutomationSubject, Uuid } from '@yingda/contract';
import { z } from 'zod';
import type { Ctx, Tx } from '../../../platform/ctx.ts';
import { transact } from '../../../platform/ctx.ts';
import { defineJob } from '../../../platform/jobs/index.ts';
import { cancelTimers, setTimers, timerBatchKind } from '../../clocks/index.ts';
import { conversationIds } from '../../conversations/index.ts';
import { orderIds, organisationCalendar } from '../../orders/index.ts';
import { anchorOf, dueOf } from '../domain/clocks.ts';
import { holds, mayHold } from '../domain/conditions.ts';
import { selectActive, selectAutomation } from '../store/automations.ts';
import type { AutomationRow } from '../store/automations.ts';
import { selectOffspring } from '../store/offspring.ts';
import { selectAnswered } from '../store/runs.ts';
import { beginShift, endShift, keyOf, runRule } from './run.ts';
import type { Shift } from './run.ts';
import { factsOf, loadSubjects, timesOf } from './subjects.ts';
import type { Subject } from './subjects.ts';

const Payload = z.object({
  automationId: Uuid,
  kind: AutomationSubject,
  subjectId: Uuid,
  /** From when it counted: the occasion. */
  anchor: z.string(),
});

type Wait = { rule: AutomationRow; subject: Subject; anchor: string; dueAt: number };
type Add = (from: number, ms: number) => number | null;

const flat: Add = (from, ms) => from + ms;

/** How time passes for each automation: day and night, or in the organisation's hours. */
export async function adders(
  ctx: Ctx,
  rules: AutomationRow[],
): Promise<(rule: AutomationRow) => Add> {
  const isWorking = ({ starts }: AutomationRow) =>
    starts.kind === 'time' && starts.by === 'working';
  if (!rules.some(isWorking)) return () => flat;
  const calendar = await organisationCalendar(ctx);
  return (rule) => (isWorking(rule) ? (from, ms) => calendar.add(from, ms) : flat);
}

/** When an automation would run for a subject as it is now; null: its clock does not run. */
function waitOf(rule: AutomationRow, subject: Subject, add: Add): Wait | null {
  if (rule.starts.kind !== 'time' || rule.subject !== subject.kind) return null;
  const anchor = anchorOf(rule.starts.clock, timesOf(subject));
  const dueAt = anchor === null ? null : dueOf(rule.starts, anchor, add);
  return anchor === null || dueAt === null ? null : { rule, subject, anchor, dueAt };
}

const occasionKey = ({ rule, subject, anchor }: Omit<Wait, 'dueAt'>): string =>
  keyOf(rule, subject, `time:${subject.id}:${anchor}`);
const timerKey = (rule: AutomationRow, subject: Subject): string => `${rule.id}:${subject.id}`;
const answerKey = (wait: Wait): string => `${wait.rule.id} ${occasionKey(wait)}`;

/**
 * Sets the clocks of automations over time for subjects as they are now. A clock is set when the conditions hold or may
 * come to hold in silence; whether they do is looked at when it is due.
 */
export async function setWaits(tx: Tx, rules: AutomationRow[], subjects: Subject[]): Promise<void> {
  if (rules.length === 0 || subjects.length === 0) return;
  const adderOf = await adders(tx, rules);
  const waits: Wait[] = [];
  const idle: string[] = [];
  for (const subject of subjects) {
    const facts = factsOf(subject, null);
    for (const rule of rules.filter((one) => one.subject === subject.kind)) {
      const wait = mayHold(rule.conditions, facts) ? waitOf(rule, subject, adderOf(rule)) : null;
      if (wait) waits.push(wait);
      else idle.push(timerKey(rule, subject));
    }
  }
  const starts = waits.map((wait) => ({ automationId: wait.rule.id, key: occasionKey(wait) }));
  const answered = await selectAnswered(tx.db, starts);
  const open = waits.filter((wait) => !answered.has(answerKey(wait)));
  await setTimers(
    tx,
    waitTimer,
    open.map(({ rule, subject, anchor, dueAt }) => ({
      key: timerKey(rule, subject),
      dueAt: new Date(dueAt),
      payload: { automationId: rule.id, kind: subject.kind, subjectId: subject.id, anchor },
    })),
  );
  if (idle.length > 0) await cancelTimers(tx, waitTimer, idle);
}

type Due = { payload: z.output<typeof Payload>; dueAt: Date };

/** What was due turns out to be due later, by hours or a deadline that changed; `done`: something was done. */
type Fired = 'done' | 'later' | 'nothing';

/** `chain`: automations from which the subject itself follows. */
type Told = { rule: AutomationRow; subject: Subject; add: Add; chain: string[] };

/** Runs an automation for a subject, if the occasion is still the one that its clock was set for. */
async function fireOne(
  shift: Shift,
  { payload, dueAt }: Due,
  { rule, subject, add, chain }: Told,
): Promise<Fired> {
  const wait = waitOf(rule, subject, add);
  if (wait?.anchor !== payload.anchor || rule.starts.kind !== 'time') return 'nothing';
  if (wait.dueAt > dueAt.getTime()) return 'later';
  if (!holds(rule.conditions, factsOf(subject, null))) return 'nothing';
  const key = `time:${subject.id}:${wait.anchor}`;
  const start = { key, cause: null, causeName: rule.starts.clock, chain, isHandedBack: false };
  return (await runRule(shift, rule, { subject, start })) ? 'done' : 'nothing';
}

/** Runs the automations whose time has come. */
async function fire(tx: Tx, timers: Due[]): Promise<void> {
  const rules = await selectActive(tx.db);
  const refs = timers.map(({ payload: { kind, subjectId: id } }) => ({ kind, id }));
  const load = (wanted: typeof refs) => loadSubjects(tx, wanted, { customers: true });
  const subjects = await load(refs);
  const adderOf = await adders(tx, rules);
  const chains = await selectOffspring(tx.db, [...subjects.keys()]);
  const shift = await beginShift(tx, rules, subjects.keys());
  const later: Subject[] = [];
  for (const due of timers) {
    const rule = shift.rules.find(({ id }) => id === due.payload.automationId);
    const subject = subjects.get(due.payload.subjectId);
    if (!rule || !subject) continue;
    const chain = chains.get(subject.id) ?? [];
    const fired = await fireOne(shift, due, { rule, subject, add: adderOf(rule), chain });
    if (fired === 'later') later.push(subject);
    if (fired !== 'done') continue;
    // Others of this batch must see what was just changed.
    for (const [id, one] of await load([subject])) subjects.set(id, one);
  }
  const timed = shift.rules.filter(({ starts }) => starts.kind === 'time');
  await setWaits(tx, timed, later);
  await endShift(shift);
}

const waitTimer = timerBatchKind('automation.wait', Payload, fire);

const PAGE = 300;
const HOUR_MS = 3_600_000;
/** Working time passes slowly: a working day may lie a long holiday back. */
const SLOWEST = 10;

/** Since when something may have ended for a clock of its end to be still running. */
function endedSince({ starts }: AutomationRow): Date | null {
  if (starts.kind !== 'time') return null;
  if (starts.clock !== 'order.since_closed' && starts.clock !== 'conversation.since_resolved') {
    return null;
  }
  const factor = starts.by === 'working' ? SLOWEST : 1;
  return new Date(Date.now() - starts.minutes * 60_000 * factor - HOUR_MS);
}

/** Sets the clocks of an automation for all that is there already. */
async function seed(ctx: Ctx, { id, version }: { id: string; version: number }): Promise<void> {
  let after: string | null = null;
  for (;;) {
    const rule = await selectAutomation(ctx.db, id);
    if (!rule?.is_active || rule.version !== version || rule.starts.kind !== 'time') return;
    const page = { after, endedSince: endedSince(rule), limit: PAGE };
    const ids: string[] =
      rule.subject === 'order' ? await orderIds(ctx, page) : await conversationIds(ctx, page);
    if (ids.length === 0) return;
    const refs = ids.map((one) => ({ kind: rule.subject, id: one }));
    await transact(ctx, async (tx) => {
      const found = await loadSubjects(tx, refs, { customers: false });
      await setWaits(tx, [rule], [...found.values()]);
    });
    after = ids.at(-1) ?? null;
  }
}

export const seedJob = defineJob({
  name: 'seed-automation',
  schema: z.object({ id: Uuid, version: z.int() }),
  work: seed,
});
