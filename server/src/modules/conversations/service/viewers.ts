import type { Viewer } from '@yingda/contract';
import type { Ctx, Services } from '../../../platform/ctx.ts';
import type { Connection } from '../../../platform/realtime/connection.ts';
import { maySee } from '../policy.ts';
import { findConversation } from '../store/conversation.ts';

/** A person looking at a conversation through one socket of one process. */
type Look = {
  userId: string;
  name: string;
  conversationId: string | null;
  /** Team of that conversation: its people see in their lists who is where. */
  teamId: string | null;
  typing: boolean;
};
type Signal = Look & { connectionId: string };

const TOPIC = 'conversations.looking';
/** A process that dies cannot say that its people have gone: looks are told again and fade. */
const TELL_EVERY_MS = 20_000;
const FADE_MS = 60_000;

/**
 * Who has which conversation open, over all processes. Held in memory and told by signals: it is of no use a moment
 * later, so it is never stored.
 */
class Viewers {
  readonly #services: Services;
  readonly #looks = new Map<string, Look & { at: number; own: boolean }>();
  readonly #timer: NodeJS.Timeout;

  constructor(services: Services) {
    this.#services = services;
    services.live.onSignal(TOPIC, (payload) => {
      const { connectionId, ...look } = payload as Signal;
      this.#apply(connectionId, look, false);
    });
    this.#timer = setInterval(() => this.#tellAgain(), TELL_EVERY_MS);
  }

  /** Sets where a connection of this process looks. */
  set(connectionId: string, look: Look): void {
    this.#apply(connectionId, look, true);
    this.#services.live.signal(TOPIC, { connectionId, ...look } satisfies Signal);
  }

  get(connectionId: string): Look | undefined {
    return this.#looks.get(connectionId);
  }

  #apply(connectionId: string, look: Look, own: boolean): void {
    const before = this.#looks.get(connectionId);
    if (look.conversationId === null) this.#looks.delete(connectionId);
    else this.#looks.set(connectionId, { ...look, at: Date.now(), own });
    if (before?.conversationId && before.conversationId !== look.conversationId)
      this.#show(before.conversationId, before.teamId);
    // What is told again unchanged is shown again too: desks that opened since have not heard of it.
    if (look.conversationId) this.#show(look.conversationId, look.teamId);
  }

  #viewersOf(conversationId: string): Viewer[] {
    const viewers = new Map<string, Viewer>();
    for (const { userId, name, typing, conversationId: at } of this.#looks.values()) {
      if (at !== conversationId) continue;
      viewers.set(userId, {
        userId,
        name,
        typing: typing || (viewers.get(userId)?.typing ?? false),
      });
    }
    return [...viewers.values()];
  }

  #show(conversationId: string, teamId: string | null): void {
    const event = {
      type: 'conversation.viewers' as const,
      conversationId,
      viewers: this.#viewersOf(conversationId),
    };
    const rooms = [`conversation:${conversationId}`];
    if (teamId !== null) rooms.push(`team:${teamId}`);
    this.#services.live.deliver(rooms, event);
  }

  #tellAgain(): void {
    const now = Date.now();
    for (const [connectionId, { own, at, ...look }] of this.#looks) {
      if (own) this.set(connectionId, look);
      else if (now - at > FADE_MS)
        this.#apply(connectionId, { ...look, conversationId: null }, false);
    }
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}

const all = new WeakMap<Services, Viewers>();

/** Begins to follow who looks where; returns how to stop. */
export function followViewers(services: Services): () => void {
  const viewers = new Viewers(services);
  all.set(services, viewers);
  return () => viewers.stop();
}

/** A person opened a conversation, or none. */
export async function view(
  ctx: Ctx,
  connection: Connection,
  conversationId: string | null,
): Promise<void> {
  const { actor } = connection;
  if (actor.kind !== 'user') return;
  const row = conversationId === null ? null : await findConversation(ctx.db, conversationId);
  if (row === undefined || (row !== null && !maySee(actor, row))) return;
  all.get(ctx.services)?.set(connection.id, {
    userId: actor.userId,
    name: actor.name,
    conversationId,
    teamId: row?.team_id ?? null,
    typing: false,
  });
}

/** A person types into the conversation they have open: colleagues see it by name, the customer that somebody writes. */
export function type(
  ctx: Ctx,
  connection: Connection,
  { conversationId, on }: { conversationId: string; on: boolean },
): void {
  const viewers = all.get(ctx.services);
  const look = viewers?.get(connection.id);
  if (!look || look.conversationId !== conversationId) return;
  viewers?.set(connection.id, { ...look, typing: on });
}

/** The connection is gone. */
export function leave(ctx: Ctx, connection: Connection): void {
  const look = all.get(ctx.services)?.get(connection.id);
  if (look)
    all.get(ctx.services)?.set(connection.id, { ...look, conversationId: null, typing: false });
}
