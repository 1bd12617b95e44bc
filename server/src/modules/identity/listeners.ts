import { listener, onPublished } from '../../platform/events/index.ts';
import type { EventDef, Hook, Listener } from '../../platform/events/index.ts';
import {
  accessChanged,
  keyChanged,
  personChanged,
  roleChanged,
  sessionEnded,
  teamChanged,
  teamDeleted,
} from './events.ts';
import { forgetAccess } from './service/access.ts';

const accessChanges: EventDef[] = [
  accessChanged,
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
 * Closes sockets that know too much. Durable, because a command of the operator ends sessions from outside the
 * processes that hold the sockets. Whoever is still signed in comes back by itself, into the rooms they may join now.
 */
export const listeners: Listener[] = [
  listener('identity.session-ended', [sessionEnded], async ({ services, afterCommit }, events) => {
    afterCommit(() => forgetAccess(services));
    for (const { payload } of events) {
      const { userId, sessionId } = payload;
      const who = sessionId === null ? { userId } : { userId, sessionId };
      afterCommit(() => services.live.drop(who));
    }
  }),
  listener(
    'identity.access-changed',
    [accessChanged],
    async ({ services, afterCommit }, events) => {
      const userIds = new Set(events.flatMap(({ payload }) => payload.userIds));
      afterCommit(() => {
        for (const userId of userIds) services.live.drop({ userId });
      });
    },
  ),
];
