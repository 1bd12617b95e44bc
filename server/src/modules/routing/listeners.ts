import { listener } from '../../platform/events/index.ts';
import { personChanged, teamCreated, teamDeleted } from '../identity/index.ts';
import { retirePerson } from './service/leaving.ts';
import { createTeamQueue, retireTeamQueues } from './service/queues.ts';

export const listeners = [
  // Births and deaths by one listener: by two, a queue could be made for a team that is gone.
  listener<{ id: string; name: string }>(
    'routing.teams',
    [teamCreated, teamDeleted],
    async (tx, events) => {
      for (const { type, payload } of events) {
        if (type === teamCreated.type) await createTeamQueue(tx, payload);
        else await retireTeamQueues(tx, payload.id);
      }
    },
  ),
  listener('routing.people', [personChanged], async (tx, events) => {
    for (const { payload } of events) if (!payload.active) await retirePerson(tx, payload.id);
  }),
];
