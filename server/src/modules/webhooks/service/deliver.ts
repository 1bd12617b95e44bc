import { newId } from '../../../kernel/ids.ts';
import { systemCtx, transact } from '../../../platform/ctx.ts';
import type { Ctx, Services, Tx } from '../../../platform/ctx.ts';
import { unseal } from '../../../platform/secrets/index.ts';
import { audit } from '../../identity/index.ts';
import { post } from '../adapters/post.ts';
import type { Answer } from '../adapters/post.ts';
import { signedHeaders } from '../adapters/signature.ts';
import { GIVE_UP_MS, pauseAfter, verdictOf } from '../domain/back-off.ts';
import { webhookChanged } from '../events.ts';
import { claimDue, endWaiting, saveAttempt } from '../store/deliveries.ts';
import type { Claimed } from '../store/deliveries.ts';
import { lockWebhook, noteHealth, saveWebhook } from '../store/webhooks.ts';

export const SECRET_PURPOSE = 'webhook secret';
const TIMEOUT_MS = 10_000;
const LEASE_MS = 60_000;
/** Deliveries under way at once in this process: in all, and to one address. */
const MOST = 32;
const MOST_EACH = 4;
const POLL_MS = 1_000;

async function giveUp(tx: Tx, id: string): Promise<void> {
  const row = await lockWebhook(tx.db, id);
  if (!row?.is_active) return;
  await saveWebhook(tx.db, { ...row, is_active: false, gave_up: true });
  await endWaiting(tx.db, id);
  const subject = { subjectKind: 'webhook', subjectId: id, subjectName: row.name };
  await audit(tx, { action: 'webhook.given_up', ...subject });
  tx.emit(webhookChanged, { webhookId: id });
}

async function conclude(
  ctx: Ctx,
  delivery: Claimed,
  { answer, tookMs }: { answer: Answer; tookMs: number },
): Promise<void> {
  const verdict = verdictOf(answer.status);
  const pauseMs = verdict === 'again' ? pauseAfter(delivery.tries, Math.random()) : null;
  const ended = verdict === 'delivered' ? 'delivered' : 'failed';
  await transact(ctx, async (tx) => {
    const { now: at, webhook_id: webhookId } = delivery;
    const { status, problem, answer: text } = answer;
    const attempt = { id: newId(), at, status, took_ms: tookMs, problem, answer: text };
    const state = pauseMs === null ? ended : 'retrying';
    if (!(await saveAttempt(tx.db, delivery, { state, pauseMs, attempt }))) return;
    const health = await noteHealth(tx.db, webhookId, verdict === 'delivered');
    const { failingSince, now } = health ?? {};
    const isHopeless = failingSince && now && now.getTime() - failingSince.getTime() > GIVE_UP_MS;
    if (verdict === 'gone' || isHopeless) await giveUp(tx, webhookId);
  });
}

async function deliver(ctx: Ctx, delivery: Claimed): Promise<void> {
  const { authSecret, webhookPrivateHosts: allowed } = ctx.services.config;
  const { id, body, url, now, chain } = delivery;
  const sealed = [delivery.secret, delivery.oldSecret].filter((one) => one !== null);
  const secrets = sealed.flatMap((one) => unseal(authSecret, one, SECRET_PURPOSE) ?? []);
  const began = performance.now();
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    'user-agent': 'Yingda-Webhooks/1',
    ...signedHeaders(secrets, { id, at: now, body }),
    ...(chain.length > 0 && { 'yingda-chain': chain.join(', ') }),
  };
  const answer: Answer =
    secrets.length > 0
      ? await post({ url, body, headers, allowed, timeoutMs: TIMEOUT_MS })
      : { status: null, answer: '', problem: 'secret_unreadable' };
  await conclude(ctx, delivery, { answer, tookMs: Math.round(performance.now() - began) });
}

type Postman = { wake(): void; stop(): Promise<void> };
const postmen = new WeakMap<Services, Postman>();

/** Looks at once for deliveries, in this process. */
export const wakeDelivery = (services: Services): void => postmen.get(services)?.wake();

/** Delivers what is due until stopped. Any number of processes may do so side by side. */
export function runDelivery(services: Services): Postman {
  const ctx = systemCtx(services, 'webhooks');
  const running = new Map<Promise<void>, string>();
  let stopped = false;
  let awake = false;
  let wakeUp = (): void => {};

  const rest = async (): Promise<void> => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timeout = setTimeout(resolve, POLL_MS);
    wakeUp = resolve;
    if (!awake) await promise;
    clearTimeout(timeout);
    awake = false;
  };

  const busy = (): string[] => {
    const count = new Map<string, number>();
    for (const id of running.values()) count.set(id, (count.get(id) ?? 0) + 1);
    return [...count].filter(([, sum]) => sum >= MOST_EACH).map(([id]) => id);
  };

  const start = (delivery: Claimed): void => {
    const work = deliver(ctx, delivery)
      // What could not be noted is tried again when its time is over.
      .catch((err: unknown) => ctx.log.warn({ err, deliveryId: delivery.id }, 'a delivery failed'))
      .finally(() => {
        running.delete(work);
        postman.wake();
      });
    running.set(work, delivery.webhook_id);
  };

  const round = async (): Promise<number> => {
    const free = MOST - running.size;
    if (free <= 0) return 0;
    const wanted = { busy: busy(), each: MOST_EACH, limit: free, leaseMs: LEASE_MS };
    try {
      const due = await claimDue(ctx.db, wanted);
      due.forEach(start);
      return due.length;
    } catch (err) {
      if (!stopped) ctx.log.warn({ err }, 'deliveries could not be read and wait');
      return 0;
    }
  };

  const loop = async (): Promise<void> => {
    while (!stopped) if ((await round()) === 0 && !stopped) await rest();
  };

  const postman: Postman = {
    wake() {
      awake = true;
      wakeUp();
    },
    async stop() {
      stopped = true;
      postman.wake();
      await ended;
      await Promise.all(running.keys());
      if (postmen.get(services) === postman) postmen.delete(services);
    },
  };
  postmen.set(services, postman);
  const ended = loop();
  return postman;
}
