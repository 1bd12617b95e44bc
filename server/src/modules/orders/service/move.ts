import { ownFieldOf } from '@yingda/contract';
import type {
  FlowMove,
  InputOf,
  moveOrder as moveRoute,
  OrderForm,
  reportCallback as reportRoute,
} from '@yingda/contract';
import { Problem } from '../../../kernel/problem.ts';
import type { Ctx, Tx } from '../../../platform/ctx.ts';
import { actingAs } from '../../../platform/ctx.ts';
import { missingFields, movesFor, rolesOf } from '../domain/flow.ts';
import { castVote, moveWithEffect, reopenAt } from '../domain/machine.ts';
import { alarmsOf, pauseVisit, resumeVisit } from '../domain/visit-clock.ts';
import { holdingOf } from '../policy.ts';
import { selectMergedInto, selectVotes, updateVotes } from '../store/extras.ts';
import { clockOf, updateVisits, withClock } from '../store/visit.ts';
import { calendarsOf, hoursFor } from './calendars.ts';
import { applyCustomer, applyDepartment, applyForm } from './change.ts';
import { ownFieldKeys, ownFields } from './own-fields.ts';
import { requireChildrenDone } from './children.ts';
import { requireFiles } from './create.ts';
import { giveBeforeStop } from './due-alarms.ts';
import { departmentTeam, enterStep, setAlarm } from './enter.ts';
import { unsettle } from './first-contact.ts';
import { authorOf, onOrder, requireOpen, write } from './scene.ts';
import type { Author, Scene } from './scene.ts';
import { requireDone } from './step-tasks.ts';
import { ownVote } from './votes.ts';

type Said = { note: string; fileIds: string[] };

async function requireFields({ tx, order }: Scene, move: FlowMove): Promise<void> {
  const form = { ...order.form, subject: order.subject, phones: order.phones };
  const missing = missingFields(move.needs, form as Partial<OrderForm>, {
    customerId: order.customer_id,
    customerName: order.customer_name,
    departmentId: order.department_id,
    ownFields: await ownFieldKeys(tx, [move]),
  });
  if (missing.length === 0) return;
  throw new Problem('order.fields_missing', {
    params: { fields: missing.join(',') },
    faults: missing.map((path) => ({ path, kind: 'required' })),
  });
}

/** Goes along a move that was found to be allowed. */
async function go(scene: Scene, move: FlowMove, { note, fileIds }: Said): Promise<void> {
  const { order } = scene;
  const from = scene.step;
  await requireChildrenDone(scene, move);
  if (move.effect === 'not_solved') {
    order.reopened += 1;
    await unsettle(scene.tx, order, scene.now);
  }
  await enterStep(scene, move.to, move);
  const isEnd = order.status !== 'open';
  write(
    scene,
    {
      kind: 'moved',
      text: note,
      fileIds,
      data: {
        move: move.key,
        moveName: move.name,
        effect: move.effect,
        from: from.key,
        fromName: from.name,
        to: scene.step.key,
        toName: scene.step.name,
        dueAt: order.due_at?.toISOString() ?? null,
      },
    },
    isEnd ? 'closed' : 'moved',
  );
}

type Move = InputOf<typeof moveRoute, 'body'> & { id: string };

/**
 * Takes an order to another step, with the fields that the move needs. Problems: `order.changed_meanwhile`,
 * `order.closed`, `order.move_not_allowed` (the step has no such move), `order.not_yours` (it is for others),
 * `order.fields_missing`, `order.undone`, `order.children_open`, `order.department_missing`,
 * `order.department_without_team`, `file.not_found`.
 */
export async function moveOrder(ctx: Ctx, { id, version, move: key, ...given }: Move) {
  const { note, fileIds, departmentId, ...form } = given;
  if (fileIds.length > 0) await requireFiles(ctx, fileIds);
  await onOrder(ctx, { id, version }, async (scene) => {
    requireOpen(scene);
    const { step, reader, order } = scene;
    const move = step.moves.find((one) => one.key === key);
    if (!move || step.kind === 'approval') {
      throw new Problem('order.move_not_allowed', { params: { move: key } });
    }
    if (!movesFor(step, rolesOf(reader.party, holdingOf(order))).includes(move)) {
      throw new Problem('order.not_yours');
    }
    const fields = await ownFields(scene.tx, order.form.fields, form.fields);
    applyForm(scene, { ...form, fields });
    await applyDepartment(scene, departmentId);
    await requireFields(scene, move);
    await requireDone(scene, move);
    await go(scene, move, { note, fileIds });
  });
}

type Filled = InputOf<typeof reportRoute, 'body'>['filled'];

/**
 * Fills in what a move needs, and nothing else that is given: who makes a call need not work on the order. Problems:
 * `order.fields_missing`, `order.department_without_team`, `customer.not_found`, `request.invalid`.
 */
async function fillIn(scene: Scene, move: FlowMove, given: Filled): Promise<void> {
  const { departmentId, customerId, fields, ...texts } = given;
  const asked = new Set<string>(move.needs);
  const form = Object.fromEntries(Object.entries(texts).filter(([key]) => asked.has(key)));
  const own = new Set(move.needs.map(ownFieldOf));
  const values = Object.entries(fields ?? {}).filter(([key]) => own.has(key));
  const before = scene.order.form.fields;
  const ownValues = values.length === 0 ? undefined : Object.fromEntries(values);
  applyForm(scene, { ...form, fields: await ownFields(scene.tx, before, ownValues) });
  if (asked.has('department')) await applyDepartment(scene, departmentId);
  if (asked.has('customer')) await applyCustomer(scene, customerId);
  await requireFields(scene, move);
}

type Effect = {
  orderId: string;
  effect: 'solved' | 'not_solved';
  note?: string;
  author?: Author;
  /** What an agent fills in for the move, which needs it then; the customer's own word waits for no paper work. */
  filled?: Filled;
};

const system = <C extends Ctx>(ctx: C): C => actingAs(ctx, { kind: 'system', name: 'orders' });

/**
 * What a customer said of the result, in a call or on their page: the order goes where the flow says, or (closed
 * already and not solved) is reopened. False when there is no such way from where it is; the caller has checked who
 * may say so. Problems: `order.children_open`, and with `filled` those of `fillIn`.
 */
export async function answerResult(
  tx: Tx,
  { orderId, effect, note = '', author = authorOf(tx), filled }: Effect,
): Promise<boolean> {
  return onOrder(system(tx), { id: orderId, author }, async (scene) => {
    const { order, flow, step } = scene;
    if (order.status !== 'open') {
      if (effect === 'solved' || (await selectMergedInto(tx.db, order.id))) return false;
      await reopenScene(scene, note);
      return true;
    }
    const facts = {
      departmentId: order.department_id,
      departmentTeamId: await departmentTeam(tx, order),
    };
    const move = moveWithEffect(flow.definition, step.key, { effect, facts });
    if (!move || step.kind !== 'callback') return false;
    if (filled) await fillIn(scene, move, filled);
    await go(scene, move, { note, fileIds: [] });
    return true;
  });
}

/** A closed order goes on with its history where the flow says. Throws `order.merged` for one that does so in another. */
export async function reopenScene(scene: Scene, note: string): Promise<void> {
  const { tx, order, flow, now } = scene;
  const into = await selectMergedInto(tx.db, order.id);
  if (into) throw new Problem('order.merged', { params: { number: into.number } });
  const facts = {
    departmentId: order.department_id,
    departmentTeamId: await departmentTeam(tx, order),
  };
  order.reopened += 1;
  await unsettle(tx, order, now);
  await enterStep(scene, reopenAt(flow.definition, facts), null);
  const { key, name } = scene.step;
  write(scene, { kind: 'reopened', text: note, data: { to: key, toName: name } });
}

/** The order goes on with its history. Problems: `order.not_closed`, `order.merged`, `order.not_yours`, `order.changed_meanwhile`. */
export async function reopenOrder(
  ctx: Ctx,
  { id, version, note }: { id: string; version: number; note: string },
): Promise<void> {
  await onOrder(ctx, { id, version }, async (scene) => {
    if (scene.order.status === 'open') throw new Problem('order.not_closed');
    const roles = rolesOf(scene.reader.party, holdingOf(scene.order));
    if (roles.size === 0) throw new Problem('order.not_yours');
    await reopenScene(scene, note);
  });
}

function requireHolder({ reader, order }: Scene): void {
  if (rolesOf(reader.party, holdingOf(order)).size === 0) throw new Problem('order.not_yours');
}

type Pause = { id: string; version: number; reason: 'customer' | 'third_party'; note: string };

/** The clock stands still. Problems: `order.already_paused`, `order.no_clock`, `order.closed`, `order.not_yours`. */
export async function pauseOrder(ctx: Ctx, { id, version, reason, note }: Pause): Promise<void> {
  await onOrder(ctx, { id, version }, async (scene) => {
    requireOpen(scene);
    requireHolder(scene);
    const { tx, order, now, step } = scene;
    if (order.paused_for !== null) throw new Problem('order.already_paused');
    if (scene.visit.allowed_ms === null) throw new Problem('order.no_clock');
    const calendar = (await calendarsOf(tx, [scene.visit]))(scene.visit);
    const visit = await giveBeforeStop(scene, calendar);
    scene.visit = withClock(visit, pauseVisit(clockOf(visit), calendar, now.getTime()));
    await updateVisits(tx.db, [scene.visit]);
    await setAlarm(tx, scene.visit, { step, calendar });
    Object.assign(order, { clock: 'paused', due_at: null, paused_for: reason });
    const data = { reason, leftMs: scene.visit.left_ms };
    write(scene, { kind: 'paused', text: note, data });
  });
}

/** The clock of a paused order goes on with what was left. */
export async function goOn(scene: Scene): Promise<void> {
  const { tx, order, now, visit, step } = scene;
  if (order.paused_for === null) throw new Problem('order.not_paused');
  // By the hours that are the owner's now: they may have become others while the clock stood still.
  const asked = { rule: visit.calendar, teamId: visit.owner_team_id };
  const { hoursId, calendar } = await hoursFor(tx, asked);
  const reckoning = { alarms: alarmsOf(step.clock), calendar };
  const resumed = resumeVisit(clockOf(visit), reckoning, now.getTime());
  scene.visit = withClock({ ...visit, hours_id: hoursId }, resumed);
  await updateVisits(tx.db, [scene.visit]);
  await setAlarm(tx, scene.visit, { step, calendar });
  const { due_at: dueAt, clock } = scene.visit;
  Object.assign(order, { clock, due_at: dueAt, paused_for: null });
  write(scene, { kind: 'resumed', data: { dueAt: dueAt?.toISOString() ?? null } });
}

/** Problems: `order.not_paused`, `order.closed`, `order.not_yours`. */
export async function resumeOrder(
  ctx: Ctx,
  { id, version }: { id: string; version: number },
): Promise<void> {
  await onOrder(ctx, { id, version }, async (scene) => {
    requireOpen(scene);
    requireHolder(scene);
    await goOn(scene);
  });
}

type Vote = { id: string; version: number; approve: boolean; note: string };

/** Approves or refuses. Problems: `order.not_asked`, `order.closed`, `order.changed_meanwhile`, `order.children_open`. */
export async function voteOrder(ctx: Ctx, { id, version, approve, note }: Vote): Promise<void> {
  await onOrder(ctx, { id, version }, async (scene) => {
    requireOpen(scene);
    const { tx, visit, step, now, author } = scene;
    const votes = await selectVotes(tx.db, visit.id);
    const own = ownVote(scene.reader, step, votes);
    if (!own || !step.approval) throw new Problem('order.not_asked');
    const states = votes.map(({ state }) => state);
    const cast = castVote(step.approval.mode, states, { place: votes.indexOf(own), approve });
    const next = votes.map((vote, place) => ({
      ...vote,
      state: cast.votes[place] ?? vote.state,
      ...(vote === own && { voted_by: author.id, at: now, note }),
    }));
    await updateVotes(tx.db, next);
    const data = { step: step.key, stepName: step.name };
    write(scene, { kind: approve ? 'approved' : 'refused', text: note, data });
    if (cast.outcome === 'open') return;
    const move = step.moves.find(({ key }) => key === cast.outcome);
    if (move) await go(scene, move, { note: '', fileIds: [] });
  });
}
