import { defineModule } from '../../platform/module.ts';
import { jobs } from './jobs.ts';
import { hooks, listeners } from './listeners.ts';
import { projections } from './realtime.ts';
import { mountRoutes } from './routes/index.ts';
import { keyAuthenticator, sessionAuthenticator } from './service/access.ts';

export {
  departmentChanged,
  organisationChanged,
  personChanged,
  teamChanged,
  teamCreated,
  teamDeleted,
} from './events.ts';
export { actorOfPerson } from './service/access.ts';
export { audit } from './service/audit.ts';
export type { AuditAuthor, AuditInput } from './service/audit.ts';
export {
  colleaguesOf,
  mailboxesOf,
  namesOf,
  peopleWith,
  teamMembers,
  teamOf,
  teamsOf,
} from './service/directory.ts';
export type { Colleague } from './service/directory.ts';
export {
  createAdministrator,
  createPerson,
  foundOrganisation,
  needsSetup,
  organisation,
} from './service/founding.ts';
export type { Founding, NewAdministrator, Organisation, PersonInput } from './service/founding.ts';
export { createKey } from './service/keys.ts';
export { findPerson, firstAdministrator, resetPassword } from './service/recovery.ts';
export { createDepartment, createTeam, guardTeam } from './service/teams.ts';
export type { TeamInput, TeamUse } from './service/teams.ts';

export const identityModule = defineModule({
  name: 'identity',
  routes: mountRoutes,
  authenticators: [sessionAuthenticator, keyAuthenticator],
  hooks,
  listeners,
  projections,
  jobs,
});
