import { listener } from '../../platform/events/index.ts';
import { personChanged, teamCreated, teamDeleted } from '../identity/index.ts';
import { retirePerson } from './service/leaving.ts';
import { createTeamQueue, retireTeamQueues } from './service/queues.ts';

export const listeners = [
  listener('routing.team-created', [teamCreated], async (tx, events) => {
    for (const { payload } of events) await createTeamQueue(tx, payload);
  }),
  listener('routing.team-deleted', [teamDeleted], async (tx, events) => {
    for (const { payload } of events) await retireTeamQueues(tx, payload.id);
  }),
  listener('routing.person-changed', [personChanged], async (tx, events) => {
    for (const { payload } of events) if (!payload.active) await retirePerson(tx, payload.id);
  }),
];
