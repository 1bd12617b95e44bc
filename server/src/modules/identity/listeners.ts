import { listener, onPublished } from '../../platform/events/index.ts';
import type { EventDef, Hook, Listener } from '../../platform/events/index.ts';
import {
  keyChanged,
  personChanged,
  roleChanged,
  sessionEnded,
  teamChanged,
  teamDeleted,
} from './events.ts';
import { forgetAccess } from './service/access.ts';

const accessChanges: EventDef[] = [
  personChanged,
  roleChanged,
  teamChanged,
  teamDeleted,
  keyChanged,
  sessionEnded,
];

/** Every process forgets what it remembered of sessions and rights as soon as one changes. */
export const hooks: Hook[] = [onPublished(accessChanges, ({ services }) => forgetAccess(services))];

/**
 * Closes the sockets of ended sessions. Durable, because a command of the operator ends sessions from outside the
 * processes that hold the sockets.
 */
export const listeners: Listener[] = [
  listener('identity.close-sockets', [sessionEnded], async (tx, events) => {
    const { services } = tx;
    const { live } = services;
    tx.afterCommit(() => forgetAccess(services));
    for (const { payload } of events) {
      const { userId, sessionId } = payload;
      tx.afterCommit(() => live.drop(sessionId === null ? { userId } : { userId, sessionId }));
    }
  }),
];
