import type { LiveEvent } from '@yingda/contract';
import type { Actor } from '../../kernel/actor.ts';
import type { Hub } from './hub.ts';

/** What modules do with the sockets. */
export type Live = {
  /** To the sockets of this process only; projections use it, as they run in every process. */
  deliver(rooms: string[], event: LiveEvent): void;
  /** Volatile, to the sockets of every process: typing, viewers. */
  send(rooms: string[], event: LiveEvent): void;
  /** Volatile, from process to process. */
  signal(topic: string, payload: unknown): void;
  onSignal(topic: string, run: (payload: unknown) => void): void;
  /** Whether anybody in this process is in the room. */
  watched(room: string): boolean;
  /** Whether this person has a socket in this process. */
  connected(userId: string): boolean;
  /** The people with a socket in this process. */
  connectedUsers(): Set<string>;
  /** Closes sockets of a person, in every process: all of them, or those of one session. */
  drop(who: { userId: string; sessionId?: string }): void;
  gap(): void;
};

type Signals = {
  signal(topic: string, payload: unknown): void;
  onSignal(topic: string, run: (payload: unknown) => void): void;
};
type Drop = { userId: string; sessionId?: string };

/** Signed out: the client must not come back with what it has. */
const CLOSED_SIGNED_OUT = 4401;

function matches(actor: Actor, { userId, sessionId }: Drop): boolean {
  if (actor.kind !== 'user' || actor.userId !== userId) return false;
  return sessionId === undefined || actor.sessionId === sessionId;
}

/** Joins the hub of this process with the signals between processes. */
export function createLive(hub: Hub, signals: Signals): Live {
  const dropHere = (who: Drop): void => {
    for (const { actor, socket } of hub.connections()) {
      if (matches(actor, who)) socket.close(CLOSED_SIGNED_OUT);
    }
  };
  signals.onSignal('live.send', (payload) => {
    const { rooms, event } = payload as { rooms: string[]; event: LiveEvent };
    hub.deliver(rooms, event);
  });
  signals.onSignal('live.drop', (payload) => dropHere(payload as Drop));
  return {
    deliver: (rooms, event) => {
      if (rooms.length > 0) hub.deliver(rooms, event);
    },
    send(rooms, event) {
      hub.deliver(rooms, event);
      signals.signal('live.send', { rooms, event });
    },
    signal: (topic, payload) => signals.signal(topic, payload),
    onSignal: (topic, run) => signals.onSignal(topic, run),
    watched: (room) => hub.watched(room),
    connected: (userId) => hub.watched(`user:${userId}`),
    connectedUsers: () => {
      const people = new Set<string>();
      for (const { actor } of hub.connections()) {
        if (actor.kind === 'user') people.add(actor.userId);
      }
      return people;
    },
    drop(who) {
      dropHere(who);
      signals.signal('live.drop', who);
    },
    gap: () => hub.gap(),
  };
}
