import { z } from 'zod';
import { Permission } from './permissions.ts';
import {
  IdParams,
  Instant,
  line,
  listOf,
  Locale,
  PageQuery,
  pageOf,
  route,
  Uuid,
} from './route.ts';

export const Grant = z.object({ roleId: Uuid, teamId: Uuid.nullable() });
export const Theme = z.enum(['light', 'dark', 'system']);
/** What the person chose for themselves; unknown keys are refused. */
export const Preferences = z.object({
  locale: Locale.optional(),
  theme: Theme.optional(),
  singleKeys: z.boolean().optional(),
  sound: z.boolean().optional(),
  desktopNotifications: z.boolean().optional(),
});
export type Preferences = z.output<typeof Preferences>;

export const MeView = z.object({
  id: Uuid,
  name: z.string(),
  email: z.string(),
  image: z.string().nullable(),
  preferences: Preferences,
  twoFactorEnabled: z.boolean(),
  teams: z.array(z.object({ id: Uuid, name: z.string() })),
  /** What the person may do: permission → `all` or the ids of the teams it is held for. */
  rights: z.partialRecord(Permission, z.union([z.literal('all'), z.array(Uuid)])),
  organisationName: z.string(),
});
export type MeView = z.output<typeof MeView>;

export const getMe = route({
  method: 'GET',
  path: '/api/me',
  summary: 'Who I am and what I may do',
  access: 'user',
  response: MeView,
});
export const updateMe = route({
  method: 'PATCH',
  path: '/api/me',
  summary: 'Change my name and preferences',
  access: 'user',
  body: z.object({ name: line(80).optional(), preferences: Preferences.optional() }),
  response: MeView,
});
export const SessionView = z.object({
  id: z.string(),
  current: z.boolean(),
  createdAt: Instant,
  lastSeenAt: Instant,
  expiresAt: Instant,
  ip: z.string().nullable(),
  userAgent: z.string().nullable(),
});
export type SessionView = z.output<typeof SessionView>;
export const listMySessions = route({
  method: 'GET',
  path: '/api/me/sessions',
  summary: 'My signed-in browsers',
  access: 'user',
  response: listOf(SessionView),
});
export const revokeMySession = route({
  method: 'DELETE',
  path: '/api/me/sessions/:id',
  summary: 'Sign one of my browsers out',
  access: 'user',
  params: z.object({ id: z.string().max(100) }),
});

export const SetupView = z.object({
  /** True until the first administrator exists: show the first-run page. */
  needed: z.boolean(),
  /** Name of the single sign-on provider when one is configured. */
  singleSignOn: z.string().nullable(),
  mailConfigured: z.boolean(),
  organisationName: z.string(),
  demo: z.boolean(),
});
export type SetupView = z.output<typeof SetupView>;
export const getSetup = route({
  method: 'GET',
  path: '/api/setup',
  summary: 'Whether the first-run page is needed, and how one may sign in',
  access: 'public',
  response: SetupView,
});
export const Password = z.string().min(10).max(200);
export const setUp = route({
  method: 'POST',
  path: '/api/setup',
  summary: 'Create the first administrator (only while none exists)',
  access: 'public',
  ratePerMinute: 20,
  body: z.object({
    organisationName: line(120),
    name: line(80),
    email: z.email().max(200),
    password: Password,
    locale: Locale,
    /** IANA zone of the centre, for example `Asia/Shanghai`. */
    timeZone: z.string().max(60),
  }),
  response: z.object({ email: z.string() }),
  status: 201,
});

export const OrganisationView = z.object({
  name: z.string(),
  /** IANA zone of the centre: days, half hours and opening hours are counted in it. */
  timeZone: z.string(),
  locale: Locale,
});
export type OrganisationView = z.output<typeof OrganisationView>;
export const getOrganisation = route({
  method: 'GET',
  path: '/api/organisation',
  summary: 'Name, time zone and language of the organisation',
  access: 'user',
  response: OrganisationView,
});
export const updateOrganisation = route({
  method: 'PATCH',
  path: '/api/organisation',
  summary: 'Change name, time zone or language of the organisation',
  access: 'team.manage',
  body: z.object({
    name: line(120).optional(),
    timeZone: z.string().max(60).optional(),
    locale: Locale.optional(),
  }),
  response: OrganisationView,
});

export const PersonView = z.object({
  id: Uuid,
  name: z.string(),
  email: z.string(),
  image: z.string().nullable(),
  active: z.boolean(),
  teamIds: z.array(Uuid),
  grants: z.array(Grant),
  twoFactorEnabled: z.boolean(),
  lastSeenAt: Instant.nullable(),
  createdAt: Instant,
});
export type PersonView = z.output<typeof PersonView>;
/** The least every colleague may see of another: for mentions, assignment and names in lists. */
export const ColleagueView = z.object({
  id: Uuid,
  name: z.string(),
  image: z.string().nullable(),
  teamIds: z.array(Uuid),
  active: z.boolean(),
});
export type ColleagueView = z.output<typeof ColleagueView>;
export const listColleagues = route({
  method: 'GET',
  path: '/api/colleagues',
  summary: 'Names of my colleagues',
  access: 'user',
  response: listOf(ColleagueView),
});
export const listPeople = route({
  method: 'GET',
  path: '/api/people',
  summary: 'All people with their teams and roles',
  access: 'people.manage',
  query: PageQuery.extend({
    q: z.string().max(100).optional(),
    active: z.enum(['true', 'false']).optional(),
  }),
  response: pageOf(PersonView),
});
export const updatePerson = route({
  method: 'PATCH',
  path: '/api/people/:id',
  summary: 'Change name, teams, roles, or whether the person may sign in',
  access: 'people.manage',
  params: IdParams,
  body: z.object({
    name: line(80).optional(),
    active: z.boolean().optional(),
    teamIds: z.array(Uuid).max(200).optional(),
    grants: z.array(Grant).max(500).optional(),
  }),
  response: PersonView,
});
export const resetPersonPassword = route({
  method: 'POST',
  path: '/api/people/:id/reset-link',
  summary: 'Make a one-time link with which the person sets a new password',
  access: 'people.manage',
  params: IdParams,
  response: z.object({ url: z.string(), expiresAt: Instant }),
});

export const InvitationView = z.object({
  id: Uuid,
  email: z.string(),
  name: z.string(),
  teamIds: z.array(Uuid),
  grants: z.array(Grant),
  invitedBy: z.string(),
  createdAt: Instant,
  expiresAt: Instant,
  acceptedAt: Instant.nullable(),
  mailed: z.boolean(),
});
export type InvitationView = z.output<typeof InvitationView>;
export const listInvitations = route({
  method: 'GET',
  path: '/api/invitations',
  summary: 'Open invitations',
  access: 'people.manage',
  response: listOf(InvitationView),
});
export const invitePerson = route({
  method: 'POST',
  path: '/api/invitations',
  summary: 'Invite a person; the answer holds the link to hand over',
  access: 'people.manage',
  body: z.object({
    email: z.email().max(200),
    name: line(80),
    teamIds: z.array(Uuid).max(200),
    grants: z.array(Grant).max(500),
  }),
  response: z.object({ invitation: InvitationView, url: z.string() }),
  status: 201,
});
export const revokeInvitation = route({
  method: 'DELETE',
  path: '/api/invitations/:id',
  summary: 'Withdraw an invitation',
  access: 'people.manage',
  params: IdParams,
});
export const readInvitation = route({
  method: 'GET',
  path: '/api/invitations/by-token/:token',
  summary: 'What an invitation link is for',
  access: 'public',
  params: z.object({ token: z.string().max(200) }),
  ratePerMinute: 60,
  response: z.object({ email: z.string(), name: z.string(), organisationName: z.string() }),
});
export const acceptInvitation = route({
  method: 'POST',
  path: '/api/invitations/by-token/:token/accept',
  summary: 'Accept an invitation and set a password',
  access: 'public',
  params: z.object({ token: z.string().max(200) }),
  ratePerMinute: 20,
  body: z.object({ name: line(80), password: Password, locale: Locale }),
  response: z.object({ email: z.string() }),
});

export const KeyView = z.object({
  id: Uuid,
  name: z.string(),
  prefix: z.string(),
  scopes: z.array(Permission),
  createdBy: z.string(),
  createdAt: Instant,
  expiresAt: Instant.nullable(),
  lastUsedAt: Instant.nullable(),
  revokedAt: Instant.nullable(),
});
export type KeyView = z.output<typeof KeyView>;
export const listKeys = route({
  method: 'GET',
  path: '/api/keys',
  summary: 'API keys',
  access: 'key.manage',
  response: listOf(KeyView),
});
export const createKey = route({
  method: 'POST',
  path: '/api/keys',
  summary: 'Create an API key; the secret is shown only in this answer',
  access: 'key.manage',
  body: z.object({
    name: line(80),
    scopes: z.array(Permission).min(1).max(100),
    expiresAt: Instant.nullable(),
  }),
  response: z.object({ key: KeyView, secret: z.string() }),
  status: 201,
});
export const revokeKey = route({
  method: 'DELETE',
  path: '/api/keys/:id',
  summary: 'Revoke an API key',
  access: 'key.manage',
  params: IdParams,
});

export const AuditView = z.object({
  id: Uuid,
  at: Instant,
  actorKind: z.enum(['user', 'key', 'system', 'visitor', 'command']),
  actorName: z.string(),
  /** A translation key (`audit.<action>`), for example `team.created`. */
  action: z.string(),
  subjectKind: z.string(),
  subjectId: z.string().nullable(),
  subjectName: z.string().nullable(),
  details: z.record(z.string(), z.unknown()),
  ip: z.string().nullable(),
});
export type AuditView = z.output<typeof AuditView>;
export const listAudit = route({
  method: 'GET',
  path: '/api/audit',
  summary: 'Sign-ins and administrative changes, newest first',
  access: 'audit.read',
  query: PageQuery.extend({
    action: z.string().max(60).optional(),
    actorId: Uuid.optional(),
    from: Instant.optional(),
    to: Instant.optional(),
  }),
  response: pageOf(AuditView),
});
