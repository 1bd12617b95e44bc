import type { AutomationEvent } from '@yingda/contract';
import type { Tx } from '../../../platform/ctx.ts';
import type { StoredEvent } from '../../../platform/events/index.ts';
import { happeningOf, originOf } from '../../webhooks/index.ts';
import type { Happening } from '../../webhooks/index.ts';
import { asksFor, holds } from '../domain/conditions.ts';
import { selectActive } from '../store/automations.ts';
import type { AutomationRow } from '../store/automations.ts';
import { selectOffspring } from '../store/offspring.ts';
import { selectAnswered } from '../store/runs.ts';
import { causeText } from './doing.ts';
import { beginShift, endShift, keyOf, runRule } from './run.ts';
import type { Shift, Start } from './run.ts';
import { factsOf, loadSubjects } from './subjects.ts';
import type { Subject, Wanted } from './subjects.ts';
import { setWaits } from './waiting.ts';

type Ref = { kind: 'order' | 'conversation'; id: string };
type Started = Pick<Start, 'key' | 'chain' | 'isHandedBack'> & {
  happening: Happening;
  rules: AutomationRow[];
};

/** The order or conversation that a stored event is about. */
function touchedBy({ payload }: StoredEvent): Ref | null {
  const { orderId, conversationId } = payload as {
    orderId?: string | null;
    conversationId?: string;
  };
  if (conversationId) return { kind: 'conversation', id: conversationId };
  return orderId ? { kind: 'order', id: orderId } : null;
}

const startsBy = (rule: AutomationRow, { name, subject }: Happening): boolean =>
  rule.subject === subject.kind &&
  rule.starts.kind === 'event' &&
  rule.starts.events.includes(name as AutomationEvent);

/** What only the customer's own page knows. */
const wantsCustomers = (rules: AutomationRow[]): boolean =>
  rules.some(({ conditions }) =>
    ['customer.company', 'customer.tags', 'customer.custom'].some((field) =>
      asksFor(conditions, field),
    ),
  );

/** Subjects by id, read again after something was done to them. */
class Memory {
  readonly #tx: Tx;
  readonly #wanted: Wanted;
  #known = new Map<string, Subject>();

  constructor(tx: Tx, rules: AutomationRow[]) {
    this.#tx = tx;
    this.#wanted = { customers: wantsCustomers(rules) };
  }

  async load(refs: Ref[]): Promise<void> {
    this.#known = await loadSubjects(this.#tx, refs, this.#wanted);
  }

  async find(ref: Ref): Promise<Subject | undefined> {
    if (!this.#known.has(ref.id)) {
      const [found] = (await loadSubjects(this.#tx, [ref], this.#wanted)).values();
      if (found) this.#known.set(ref.id, found);
    }
    return this.#known.get(ref.id);
  }

  forget(id: string): void {
    this.#known.delete(id);
  }

  /** Those that are still there; what was forgotten is read again, all at once. */
  async all(refs: Ref[]): Promise<Subject[]> {
    const missing = refs.filter(({ id }) => !this.#known.has(id));
    for (const [id, subject] of await loadSubjects(this.#tx, missing, this.#wanted)) {
      this.#known.set(id, subject);
    }
    return refs.flatMap(({ id }) => this.#known.get(id) ?? []);
  }
}

/** Runs the automations that one happening starts, in their order. */
async function answer(shift: Shift, memory: Memory, started: Started): Promise<void> {
  const { happening, key, chain, isHandedBack } = started;
  const ref = happening.subject as Ref;
  let text: string | null = happening.text;
  for (const rule of started.rules) {
    const subject = await memory.find(ref);
    // Gone, or switched off a moment ago.
    if (!subject || !shift.rules.some(({ id }) => id === rule.id)) continue;
    if (asksFor(rule.conditions, 'event.text')) {
      text ??= await causeText(shift.tx, subject, happening);
    }
    const cause = { ...happening, text };
    if (!holds(rule.conditions, factsOf(subject, cause))) continue;
    if (rule.repeat === 'once' && (await isAnswered(shift.tx, rule, subject))) continue;
    const start = { key, cause, causeName: happening.name, chain, isHandedBack };
    if (await runRule(shift, rule, { subject, start })) memory.forget(ref.id);
  }
}

async function isAnswered(tx: Tx, rule: AutomationRow, subject: Subject): Promise<boolean> {
  const start = { automationId: rule.id, key: keyOf(rule, subject, '') };
  return (await selectAnswered(tx.db, [start])).size > 0;
}

/** What nobody did (a deadline that passed) follows from the automations that recorded the order. */
async function inherit(tx: Tx, all: Started[]): Promise<void> {
  const silent = all.filter(
    ({ happening: { by }, chain }) => by === 'system' && chain.length === 0,
  );
  const ids = silent.map(({ happening }) => happening.subject.id);
  const chains = await selectOffspring(tx.db, ids);
  for (const one of silent) one.chain = chains.get(one.happening.subject.id) ?? [];
}

/** Starts what a batch of events starts, and sets the clocks of what they touched. */
export async function react(tx: Tx, events: StoredEvent[]): Promise<void> {
  const rules = await selectActive(tx.db);
  if (rules.length === 0) return;
  const started = events.flatMap((event): Started[] => {
    const happening = happeningOf(event);
    const own = happening ? rules.filter((rule) => startsBy(rule, happening)) : [];
    if (!happening || own.length === 0) return [];
    return [{ happening, rules: own, key: `event:${event.id}`, ...originOf(event.payload) }];
  });
  const timed = rules.filter(({ starts }) => starts.kind === 'time');
  const kinds = new Set(timed.map(({ subject }) => subject));
  const touched = events.flatMap((event) => touchedBy(event) ?? []);
  const waiting = touched.filter(({ kind }) => kinds.has(kind));
  const refs = [...started.map(({ happening }) => happening.subject as Ref), ...waiting];
  if (refs.length === 0) return;
  await inherit(tx, started);
  const busy = started.map(({ happening }) => happening.subject.id);
  const shift = await beginShift(tx, rules, busy);
  const memory = new Memory(tx, rules);
  await memory.load(refs);
  for (const one of started) await answer(shift, memory, one);
  const unique = [...new Map(waiting.map((ref) => [ref.id, ref])).values()];
  await setWaits(tx, timed, await memory.all(unique));
  await endShift(shift);
}
