import type { VisitorConversation } from '@yingda/contract';
import type { Ctx, Services } from '../../../../platform/ctx.ts';
import { systemCtx } from '../../../../platform/ctx.ts';
import type { Connection } from '../../../../platform/realtime/connection.ts';
import { conversationOfSource } from '../../../conversations/index.ts';
import { positionsIn } from '../../../routing/index.ts';
import { touchVisitors } from '../store/visitors.ts';
import { knownVisitor } from './known.ts';
import { presentConversation } from './state.ts';

const TOUCH_EVERY_MS = 60_000;
const CHUNK = 1_000;

/** A visitor counts as gone when nothing was heard of the sockets for this long. */
export const goneAfterMs = 100_000;

/** Where a connected visitor waits, and what was last told. */
type Waiting = { queueId: string; conversation: VisitorConversation };

/**
 * The visitors with a socket in this process, and which queue each waits in. Others are told of them through
 * `last_seen_at`, which also a killed process leaves behind correctly.
 */
class Presence {
  readonly #services: Services;
  readonly #sockets = new Map<string, number>();
  readonly #waiting = new Map<string, Waiting>();
  readonly #timer: NodeJS.Timeout;

  constructor(services: Services) {
    this.#services = services;
    this.#timer = setInterval(() => void this.#touch(), TOUCH_EVERY_MS);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  enter(visitorId: string): void {
    this.#sockets.set(visitorId, (this.#sockets.get(visitorId) ?? 0) + 1);
  }

  leave(visitorId: string): void {
    const left = (this.#sockets.get(visitorId) ?? 1) - 1;
    if (left > 0) this.#sockets.set(visitorId, left);
    else {
      this.#sockets.delete(visitorId);
      this.#waiting.delete(visitorId);
    }
  }

  /** Notes where a connected visitor waits; null: nowhere. */
  waits(visitorId: string, waiting: Waiting | null): void {
    if (waiting && this.#sockets.has(visitorId)) this.#waiting.set(visitorId, waiting);
    else this.#waiting.delete(visitorId);
  }

  /** Tells everybody whose place in the queue is another one now. */
  async tellPlaces(queueId: string): Promise<void> {
    const mine = [...this.#waiting].filter(([, waiting]) => waiting.queueId === queueId);
    if (mine.length === 0) return;
    const places = await positionsIn(systemCtx(this.#services, 'webchat'), queueId);
    const bySubject = new Map(places.map((place) => [place.subjectId, place]));
    for (const [visitorId, { conversation: before }] of mine) {
      const place = bySubject.get(before.id);
      // Who is not there any more hears it by the change of the conversation itself.
      if (!place || place.position === before.position) continue;
      const { position, estimatedWaitSeconds } = place;
      const conversation = { ...before, position, estimatedWaitSeconds };
      this.waits(visitorId, { queueId, conversation });
      const event = { type: 'visitor.conversation' as const, conversation };
      this.#services.live.deliver([`visitor:${visitorId}`], event);
    }
  }

  async #touch(): Promise<void> {
    const ids = [...this.#sockets.keys()];
    try {
      for (let at = 0; at < ids.length; at += CHUNK) {
        await touchVisitors(this.#services.database.kysely, ids.slice(at, at + CHUNK));
      }
    } catch (err) {
      this.#services.log.warn({ err }, 'presence of visitors was not kept');
    }
  }
}

const all = new WeakMap<Services, Presence>();

/** Begins to follow who is here; returns how to stop. */
export function followPresence(services: Services): () => void {
  const presence = new Presence(services);
  all.set(services, presence);
  return () => presence.stop();
}

/** A visitor's socket opened. */
export async function arrived(ctx: Ctx, { actor }: Connection): Promise<void> {
  if (actor.kind !== 'visitor') return;
  all.get(ctx.services)?.enter(actor.visitorId);
  await lookAt(ctx, actor.visitorId);
}

/** A visitor's socket closed. */
export async function gone(ctx: Ctx, { actor }: Connection): Promise<void> {
  if (actor.kind !== 'visitor') return;
  all.get(ctx.services)?.leave(actor.visitorId);
  await touchVisitors(ctx.db, [actor.visitorId]);
}

/** How the conversation stands, noted for the places in the queue. */
async function lookAt(ctx: Ctx, visitorId: string): Promise<VisitorConversation | null> {
  const found = await conversationOfSource(ctx, visitorId);
  if (!found) return null;
  const visitor = await knownVisitor(ctx, visitorId);
  const conversation = await presentConversation(ctx, found, visitor?.leftAt ?? null);
  const { queueId } = found;
  const isWaiting = conversation.status === 'queued' && queueId !== null;
  all.get(ctx.services)?.waits(visitorId, isWaiting ? { queueId, conversation } : null);
  return conversation;
}

/** The conversation of a visitor changed: whoever of them is connected to this process hears how it stands. */
export async function tellConversation(ctx: Ctx, visitorId: string): Promise<void> {
  const room = `visitor:${visitorId}`;
  const { live } = ctx.services;
  if (!live.watched(room)) return;
  const conversation = await lookAt(ctx, visitorId);
  live.deliver([room], { type: 'visitor.conversation', conversation });
}

/** Places in a queue moved. */
export async function followQueue(services: Services, queueId: string): Promise<void> {
  await all.get(services)?.tellPlaces(queueId);
}
