import { z } from 'zod';
import { Channel, ContactEventView } from '../contacts.ts';
import { Tier } from '../customers.ts';
import { IdParams, Instant, Uuid, pageOf, route } from '../route.ts';
import { Counts, TargetBand } from './report.ts';
import { ReportFilter } from './settings.ts';
import { StandardKey } from './standards.ts';

export const Outcome = z.enum(['answered', 'abandoned', 'blocked', 'self_served', 'open']);
export type Outcome = z.output<typeof Outcome>;
export const ContactFactView = z.object({
  contactId: Uuid,
  arrivedAt: Instant,
  channel: Channel,
  outcome: Outcome,
  queue: z.string().nullable(),
  agent: z.string().nullable(),
  topic: z.string().nullable(),
  type: z.string().nullable(),
  tier: Tier.nullable(),
  waitSeconds: z.number(),
  talkSeconds: z.number(),
  holdSeconds: z.number(),
  wrapUpSeconds: z.number(),
  isTransferred: z.boolean(),
  source: z.string(),
  /** The conversation it is about, when the reader may open it. */
  conversationId: Uuid.nullable(),
});
export type ContactFactView = z.output<typeof ContactFactView>;
/** What a point of a chart stands for. */
export const ContactsQuery = z.object({
  /** From this instant, up to but without `until`. */
  since: Instant,
  until: Instant,
  ...ReportFilter.shape,
  /** The contacts that this standard counts: for example the abandoned ones of `abandonment`. */
  standard: StandardKey.optional(),
  outcome: Outcome.optional(),
  sort: z.enum(['newest', 'longest_wait', 'longest_handled']).default('newest'),
  cursor: z.string().max(300).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
export type ContactsQuery = z.output<typeof ContactsQuery>;
export const listCountedContacts = route({
  method: 'GET',
  path: '/api/kpi/contacts',
  summary: 'The contacts behind a figure',
  access: 'kpi.read',
  query: ContactsQuery,
  response: pageOf(ContactFactView),
});
export const NamedContactEvent = ContactEventView.extend({
  queueName: z.string().nullable(),
  agentName: z.string().nullable(),
});
export type NamedContactEvent = z.output<typeof NamedContactEvent>;
export const getCountedContact = route({
  method: 'GET',
  path: '/api/kpi/contacts/:id',
  summary: 'One contact with its whole event line',
  access: 'kpi.read',
  params: IdParams,
  response: z.object({ contact: ContactFactView, events: z.array(NamedContactEvent) }),
});

/** Figures of now, for the top of the desk and the wall board. */
export const LiveFigures = z.object({
  counts: Counts,
  values: z.partialRecord(StandardKey, z.number().nullable()),
});
export type LiveFigures = z.output<typeof LiveFigures>;
export const LiveQueue = z.object({
  queueId: Uuid,
  teamId: Uuid,
  name: z.string(),
  waiting: z.int(),
  longestWaitSince: Instant.nullable(),
  agentsReady: z.int(),
  agentsBusy: z.int(),
  agentsAway: z.int(),
  today: LiveFigures,
  /** The half hour that ended last and the one running. */
  lastHalfHour: LiveFigures,
  bands: z.partialRecord(StandardKey, TargetBand),
});
export type LiveQueue = z.output<typeof LiveQueue>;
export const getLiveFigures = route({
  method: 'GET',
  path: '/api/kpi/live',
  summary: 'Today so far and the last half hour, per queue',
  access: 'kpi.read',
  response: z.object({ at: Instant, timeZone: z.string(), queues: z.array(LiveQueue) }),
});
