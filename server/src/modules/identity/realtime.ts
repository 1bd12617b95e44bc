import type { EventDef } from '../../platform/events/index.ts';
import { projection } from '../../platform/realtime/projection.ts';
import type { Projection } from '../../platform/realtime/projection.ts';
import {
  departmentChanged,
  invitationChanged,
  keyChanged,
  organisationChanged,
  personChanged,
  roleChanged,
  teamChanged,
  teamCreated,
  teamDeleted,
} from './events.ts';

/** Tells every signed-in person which list to fetch anew; what they may see of it the route decides. */
function announces<P>(def: EventDef<P>, noun: string): Projection {
  return projection(def, () => [
    { rooms: ['everyone'], event: { type: 'settings.changed', noun } },
  ]);
}

export const projections: Projection[] = [
  announces(personChanged, 'person'),
  announces(teamCreated, 'team'),
  announces(teamChanged, 'team'),
  announces(teamDeleted, 'team'),
  announces(departmentChanged, 'department'),
  announces(roleChanged, 'role'),
  announces(invitationChanged, 'invitation'),
  announces(keyChanged, 'key'),
  announces(organisationChanged, 'organisation'),
];
