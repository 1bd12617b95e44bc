import { Uuid } from '@yingda/contract';
import { z } from 'zod';
import { defineEvent } from '../../platform/events/index.ts';

/** Somebody came, left, came back, or has another name, other teams or other roles. */
export const personChanged = defineEvent(
  'person.changed',
  z.object({ id: Uuid, name: z.string(), active: z.boolean(), teamIds: z.array(Uuid) }),
);

const TeamEvent = z.object({ id: Uuid, name: z.string(), memberIds: z.array(Uuid) });
export const teamCreated = defineEvent('team.created', TeamEvent);
/** `isMoved`: it belongs to another department than before. */
export const teamChanged = defineEvent('team.changed', TeamEvent.extend({ isMoved: z.boolean() }));
export const teamDeleted = defineEvent('team.deleted', z.object({ id: Uuid, name: z.string() }));

export const departmentChanged = defineEvent('department.changed', z.object({ id: Uuid }));
/** A role was made, changed or deleted: rights of its holders may be others now. */
export const roleChanged = defineEvent('role.changed', z.object({ id: Uuid }));
export const invitationChanged = defineEvent('invitation.changed', z.object({ id: Uuid }));
export const keyChanged = defineEvent('key.changed', z.object({ id: Uuid }));
export const organisationFounded = defineEvent(
  'organisation.founded',
  z.object({ name: z.string(), timeZone: z.string() }),
);

/** Name, zone or language of the organisation are others. */
export const organisationChanged = defineEvent(
  'organisation.changed',
  z.object({ name: z.string(), timeZone: z.string(), previousTimeZone: z.string() }),
);

/** These people hold other rights than before. */
export const accessChanged = defineEvent('access.changed', z.object({ userIds: z.array(Uuid) }));

/** Sessions of a person ended before their time: one, or (null) all. */
export const sessionEnded = defineEvent(
  'session.ended',
  z.object({ userId: Uuid, sessionId: Uuid.nullable() }),
);
