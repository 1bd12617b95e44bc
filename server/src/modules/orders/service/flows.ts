import { flowFaults } from '@yingda/contract';
import type { FlowView, saveFlow as saveRoute, InputOf } from '@yingda/contract';
import { requireRight } from '../../../kernel/actor.ts';
import { newId } from '../../../kernel/ids.ts';
import { orProblem, Problem } from '../../../kernel/problem.ts';
import { transact } from '../../../platform/ctx.ts';
import type { Ctx, Tx } from '../../../platform/ctx.ts';
import { audit } from '../../identity/index.ts';
import type { Flow } from '../domain/flow.ts';
import { shippedCategories, shippedFlows } from '../domain/shipped-flows.ts';
import { orderSettingsChanged } from '../events.ts';
import * as store from '../store/flow.ts';
import { lockSettings, saveCategory, selectCategories } from '../store/settings.ts';
import { orderSettings } from './settings-read.ts';

/** Versions that orders go by never change, so every process keeps those it has met. */
const known = new Map<string, Flow>();
const MOST_KNOWN = 500;

/** The versions of these ids, by id. */
export async function flowsById(ctx: Ctx, ids: string[]): Promise<Map<string, Flow>> {
  const missing = [...new Set(ids)].filter((id) => !known.has(id));
  const found = missing.length > 0 ? await store.selectFlowsById(ctx.db, missing) : [];
  if (known.size + found.length > MOST_KNOWN) known.clear();
  const flows = new Map(found.map((flow) => [flow.id, flow]));
  for (const flow of found) known.set(flow.id, flow);
  for (const id of ids) {
    const flow = known.get(id) ?? flows.get(id);
    if (flow) flows.set(id, flow);
  }
  return flows;
}

/** The version that an order goes by. */
export async function flowOf(ctx: Ctx, id: string): Promise<Flow> {
  const flow = known.get(id) ?? (await flowsById(ctx, [id])).get(id);
  return orProblem(flow, 'order.flow_not_found');
}

/** The version that new orders of this key take. Throws `order.flow_not_found`. */
export async function publishedFlow(ctx: Ctx, key: string): Promise<Flow> {
  const id = await store.selectPublishedId(ctx.db, key);
  if (id === undefined) throw new Problem('order.flow_not_found');
  return flowOf(ctx, id);
}

function present(row: store.FlowRow): FlowView {
  const { createdAt, savedAt, ...rest } = row;
  return { ...rest, createdAt: createdAt.toISOString(), savedAt: savedAt.toISOString() };
}

/** All versions of all flows, newest first. */
export async function listFlows(ctx: Ctx): Promise<FlowView[]> {
  return (await store.selectFlows(ctx.db)).map(present);
}

async function note(tx: Tx, action: string, flow: { id: string; name: FlowView['name'] }) {
  await audit(tx, {
    action,
    subjectKind: 'order-flow',
    subjectId: flow.id,
    subjectName: flow.name[tx.locale],
  });
  tx.emit(orderSettingsChanged, { noun: 'order-flow' });
}

const viewOf = async (ctx: Ctx, id: string): Promise<FlowView> =>
  present(orProblem(await store.selectFlow(ctx.db, id), 'order.flow_not_found'));

type Draft = InputOf<typeof saveRoute, 'body'> & { key: string };
type Seen = { id?: string | undefined; revision?: number | undefined };

/** Throws `order.flow_changed_meanwhile` unless what somebody goes on from is what there is. */
function requireSeen(latest: store.LockedFlow | undefined, { id, revision }: Seen): void {
  const isSame = latest?.id === id && latest?.revision === revision;
  if (!isSame) throw new Problem('order.flow_changed_meanwhile');
}

/**
 * Saves the draft of a flow, sound or not; a key that nobody knows begins a new flow. Throws
 * `order.flow_changed_meanwhile` when the flow is not as it was seen.
 */
export async function saveFlow(ctx: Ctx, draft: Draft): Promise<FlowView> {
  requireRight(ctx.actor, 'order.design');
  const { key, name, definition, seen } = draft;
  return transact(ctx, async (tx) => {
    const [latest] = await store.lockFlow(tx.db, key);
    requireSeen(latest, seen ?? {});
    const isDraft = latest?.state === 'draft';
    const id = isDraft ? latest.id : newId();
    const by = tx.actor.kind === 'user' ? tx.actor.userId : null;
    if (isDraft) await store.updateDraft(tx.db, id, { name, definition, savedBy: by });
    else {
      const version = (latest?.version ?? 0) + 1;
      const made = { id, key, version, name, definition, state: 'draft' as const, createdBy: by };
      await store.insertFlow(tx.db, made);
    }
    await note(tx, 'order-flow.draft_saved', { id, name });
    return viewOf(tx, id);
  });
}

/** The draft of a flow, which nobody else changes until the transaction ends, and the version that is published. */
async function lockDraft(tx: Tx, key: string, seen: Seen) {
  const versions = await store.lockFlow(tx.db, key);
  const draft = versions.find(({ state }) => state === 'draft');
  // Who looked at a draft that a colleague has published or thrown away meanwhile is told so.
  if (seen.id !== undefined) requireSeen(draft, seen);
  return {
    draft: orProblem(draft, 'order.flow_not_found'),
    published: versions.find(({ state }) => state === 'published'),
  };
}

/**
 * New orders take the draft from now on. Problems: `order.flow_not_found`, `order.flow_invalid` with faults,
 * `order.flow_changed_meanwhile` when the draft is not the one that was looked at.
 */
export async function publishFlow(ctx: Ctx, key: string, seen: Seen = {}): Promise<FlowView> {
  requireRight(ctx.actor, 'order.design');
  return transact(ctx, async (tx) => {
    const { draft, published } = await lockDraft(tx, key, seen);
    const { fields } = await orderSettings(tx);
    const faults = flowFaults(
      draft.definition,
      fields.map((field) => field.key),
    );
    if (faults.length > 0) throw new Problem('order.flow_invalid', { faults });
    if (published) await store.setFlowState(tx.db, published.id, 'retired');
    await store.setFlowState(tx.db, draft.id, 'published');
    const view = await viewOf(tx, draft.id);
    await note(tx, 'order-flow.published', view);
    return view;
  });
}

/** Throws `order.flow_not_found` when there is no draft, `order.flow_changed_meanwhile` when it is not the one that was seen. */
export async function discardDraft(ctx: Ctx, key: string, seen: Seen = {}): Promise<void> {
  requireRight(ctx.actor, 'order.design');
  await transact(ctx, async (tx) => {
    const { draft } = await lockDraft(tx, key, seen);
    const view = await viewOf(tx, draft.id);
    await store.deleteDraft(tx.db, draft.id);
    await note(tx, 'order-flow.draft_discarded', view);
  });
}

/** Makes the flows and categories that every installation starts with, once. */
export async function ensureShipped(ctx: Ctx): Promise<void> {
  await transact(ctx, async (tx) => {
    await lockSettings(tx.db);
    if ((await selectCategories(tx.db)).length > 0) return;
    for (const { key, name, definition } of shippedFlows) {
      const shipped = { id: newId(), key, version: 1, name, definition, createdBy: null };
      await store.insertFlow(tx.db, { ...shipped, state: 'published' });
    }
    for (const [position, category] of shippedCategories.entries()) {
      await saveCategory(tx.db, { id: newId(), position, departmentId: null, ...category });
    }
  });
}
