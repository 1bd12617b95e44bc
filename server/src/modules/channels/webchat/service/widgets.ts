import { createWidget as createRoute, updateWidget as updateRoute } from '@yingda/contract';
import type { InputOf } from '@yingda/contract';
import { newId } from '../../../../kernel/ids.ts';
import { orProblem } from '../../../../kernel/problem.ts';
import { transact } from '../../../../platform/ctx.ts';
import type { Ctx, Tx } from '../../../../platform/ctx.ts';
import { randomKey } from '../../../../platform/secrets/index.ts';
import { audit } from '../../../identity/index.ts';
import { queueOf } from '../../../routing/index.ts';
import { normalOrigin } from '../domain/origins.ts';
import { widgetChanged } from '../events.ts';
import { requireAdministration } from '../policy.ts';
import * as store from '../store/widgets.ts';
import type { WidgetRow } from '../store/widgets.ts';

type Input = InputOf<typeof createRoute, 'body'>;

/** All widgets, the oldest first. */
export function listWidgets(ctx: Ctx): Promise<WidgetRow[]> {
  requireAdministration(ctx.actor);
  return store.selectWidgets(ctx.db);
}

type Deed = { action: string; details?: Record<string, unknown> };

async function note(tx: Tx, { id, name }: WidgetRow, deed: Deed): Promise<void> {
  await audit(tx, { ...deed, subjectKind: 'widget', subjectId: id, subjectName: name });
  tx.emit(widgetChanged, { widgetId: id });
}

function tidy(settings: Input['settings']): Input['settings'] {
  return { ...settings, allowedOrigins: [...new Set(settings.allowedOrigins.map(normalOrigin))] };
}

/** Makes a widget with a key and a secret of its own. Throws `queue.not_found`. */
export async function createWidget(ctx: Ctx, input: Input): Promise<WidgetRow> {
  requireAdministration(ctx.actor);
  return transact(ctx, async (tx) => {
    const { id: queueId } = await queueOf(tx, input.queueId);
    const widget = await store.insertWidget(tx.db, {
      id: newId(),
      name: input.name,
      // Public: short enough to read in a tag, long enough that nobody stumbles on another shop's.
      key: randomKey('wk').slice(0, 25),
      secret: randomKey('ws'),
      queueId,
      settings: tidy(input.settings),
    });
    await note(tx, widget, { action: 'widget.created' });
    return widget;
  });
}

type Change = InputOf<typeof updateRoute, 'body'> & { id: string };

/** Throws `widget.not_found`, `queue.not_found`. */
export async function updateWidget(ctx: Ctx, { id, ...change }: Change): Promise<WidgetRow> {
  requireAdministration(ctx.actor);
  return transact(ctx, async (tx) => {
    const before = orProblem(await store.lockWidget(tx.db, id), 'widget.not_found');
    if (change.queueId) await queueOf(tx, change.queueId);
    const widget = { ...before, ...change, settings: tidy(change.settings ?? before.settings) };
    await store.updateWidgetRow(tx.db, widget);
    await note(tx, widget, {
      action: 'widget.changed',
      details: { changed: Object.keys(change) },
    });
    return widget;
  });
}

/** From now on no page can open it; its conversations stay. Throws `widget.not_found`. */
export async function deleteWidget(ctx: Ctx, id: string): Promise<void> {
  requireAdministration(ctx.actor);
  await transact(ctx, async (tx) => {
    const widget = orProblem(await store.lockWidget(tx.db, id), 'widget.not_found');
    await store.retireWidget(tx.db, id);
    await note(tx, widget, { action: 'widget.deleted' });
  });
}

/** The secret that signs identities; with `renew` a new one, and the old one is good for nothing. Audited. */
export async function revealSecret(
  ctx: Ctx,
  { id, renew }: { id: string; renew: boolean },
): Promise<string> {
  requireAdministration(ctx.actor);
  return transact(ctx, async (tx) => {
    const widget = orProblem(await store.lockWidget(tx.db, id), 'widget.not_found');
    const secret = renew ? randomKey('ws') : await store.selectSecret(tx.db, id);
    if (renew && secret) await store.updateSecret(tx.db, id, secret);
    await note(tx, widget, { action: renew ? 'widget.secret_renewed' : 'widget.secret_shown' });
    return orProblem(secret, 'widget.not_found');
  });
}

/** The widget with this key, or the oldest one; null when there is none. */
export async function widgetForDemo(ctx: Ctx, key: string | null): Promise<WidgetRow | null> {
  const found = key === null ? undefined : await store.selectWidgetByKey(ctx.db, key);
  return found ?? (await store.selectWidgets(ctx.db))[0] ?? null;
}

/** Whether a widget leads to this queue, which then must stay. */
export async function isQueueInUse(tx: Tx, queueId: string): Promise<boolean> {
  return store.hasWidgetOfQueue(tx.db, queueId);
}
