import type {
  createWebhook as createRoute,
  InputOf,
  updateWebhook as updateRoute,
  WebhookView,
  WebhookWithSecret,
} from '@yingda/contract';
import { requireRight } from '../../../kernel/actor.ts';
import { newId } from '../../../kernel/ids.ts';
import { orProblem, Problem } from '../../../kernel/problem.ts';
import { transact } from '../../../platform/ctx.ts';
import type { Ctx, Tx } from '../../../platform/ctx.ts';
import { seal } from '../../../platform/secrets/index.ts';
import { audit, namesOf } from '../../identity/index.ts';
import { isAllowedInside, namesInner } from '../adapters/guard.ts';
import { newSecret } from '../adapters/signature.ts';
import { webhookChanged } from '../events.ts';
import { presentWebhook } from '../present.ts';
import * as store from '../store/webhooks.ts';
import type { WebhookRow } from '../store/webhooks.ts';
import { SECRET_PURPOSE } from './deliver.ts';
import { isInUse } from './guard.ts';

type Input = InputOf<typeof createRoute, 'body'>;
const OLD_SECRET_MS = 86_400_000;

const require = (ctx: Ctx): void => requireRight(ctx.actor, 'webhook.manage');

async function present(ctx: Ctx, rows: store.WebhookFigures[]): Promise<WebhookView[]> {
  const names = await namesOf(
    ctx,
    rows.flatMap(({ created_by: id }) => id ?? []),
  );
  return rows.map((row) => presentWebhook(row, names));
}

export async function listWebhooks(ctx: Ctx): Promise<WebhookView[]> {
  require(ctx);
  return present(ctx, await store.selectWebhooks(ctx.db));
}

async function viewOf(ctx: Ctx, id: string): Promise<WebhookView> {
  const row = orProblem(await store.selectWebhook(ctx.db, id), 'webhook.not_found');
  const [view] = await present(ctx, [row]);
  return orProblem(view, 'webhook.not_found');
}

/** Refuses what can be seen to lead inside; a name that does so is refused when it is called. */
function requireOutside({ services }: Ctx, address: string): void {
  const url = URL.parse(address);
  if (url === null || url.username !== '' || url.password !== '') {
    const faults = [{ path: 'body.url', kind: 'invalid_format' }];
    throw new Problem('request.invalid', { faults });
  }
  if (!namesInner(url) || isAllowedInside(url, services.config.webhookPrivateHosts)) return;
  throw new Problem('webhook.address_private');
}

async function note(tx: Tx, { id, name }: Pick<WebhookRow, 'id' | 'name'>, action: string) {
  await audit(tx, { action, subjectKind: 'webhook', subjectId: id, subjectName: name });
  tx.emit(webhookChanged, { webhookId: id });
}

/** Throws `webhook.address_private` for an address of the inner network. The secret is told this once. */
export async function createWebhook(ctx: Ctx, input: Input): Promise<WebhookWithSecret> {
  require(ctx);
  requireOutside(ctx, input.url);
  const secret = newSecret();
  const { name, url, events, isActive } = input;
  return transact(ctx, async (tx) => {
    const row = {
      id: newId(),
      name,
      url,
      events: [...new Set(events)],
      is_active: isActive,
      secret: seal(ctx.services.config.authSecret, secret, SECRET_PURPOSE),
      old_secret: null,
      old_secret_until: null,
      failing_since: null,
      gave_up: false,
      created_by: tx.actor.kind === 'user' ? tx.actor.userId : null,
    };
    await store.saveWebhook(tx.db, row);
    await note(tx, row, 'webhook.created');
    return { ...(await viewOf(tx, row.id)), secret };
  });
}

/** Does something to a webhook, locked; throws `webhook.not_found`. */
function onWebhook<T>(ctx: Ctx, id: string, deed: (tx: Tx, row: WebhookRow) => Promise<T>) {
  require(ctx);
  return transact(ctx, async (tx) =>
    deed(tx, orProblem(await store.lockWebhook(tx.db, id), 'webhook.not_found')),
  );
}

/** Throws `webhook.changed_meanwhile` when `version` is not the present one; else as making one. */
export async function changeWebhook(
  ctx: Ctx,
  id: string,
  input: InputOf<typeof updateRoute, 'body'>,
): Promise<WebhookView> {
  requireOutside(ctx, input.url);
  return onWebhook(ctx, id, async (tx, row) => {
    if (row.version !== input.version) throw new Problem('webhook.changed_meanwhile');
    const { name, url, events, isActive } = input;
    // Switched on again, or sent elsewhere: its bad days are over.
    const isFresh = url !== row.url || (isActive && !row.is_active);
    await store.saveWebhook(tx.db, {
      ...row,
      name,
      url,
      events: [...new Set(events)],
      is_active: isActive,
      ...(isFresh && { failing_since: null, gave_up: false }),
    });
    await note(tx, { id, name }, 'webhook.changed');
    return viewOf(tx, id);
  });
}

/** Throws `webhook.in_use` while automations or macros send to it. */
export function removeWebhook(ctx: Ctx, id: string): Promise<void> {
  return onWebhook(ctx, id, async (tx, row) => {
    if (await isInUse(tx, id)) throw new Problem('webhook.in_use');
    await store.deleteWebhook(tx.db, id);
    await note(tx, row, 'webhook.deleted');
  });
}

/** A new secret; the one before it goes on signing for a day, so that nothing is lost while it is changed elsewhere. */
export function renewSecret(ctx: Ctx, id: string): Promise<WebhookWithSecret> {
  return onWebhook(ctx, id, async (tx, row) => {
    const secret = newSecret();
    await store.saveWebhook(tx.db, {
      ...row,
      secret: seal(ctx.services.config.authSecret, secret, SECRET_PURPOSE),
      old_secret: row.secret,
      old_secret_until: new Date(Date.now() + OLD_SECRET_MS),
    });
    await note(tx, row, 'webhook.secret_renewed');
    return { ...(await viewOf(tx, id)), secret };
  });
}
