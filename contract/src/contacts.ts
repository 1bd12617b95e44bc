import { z } from 'zod';
import { Instant, Uuid } from './route.ts';

/** What can happen in a contact's life; the one event log that desk, wall board and standards read. */
export const contactEventTypes = [
  'arrived',
  'queued',
  'offered',
  'accepted',
  'declined',
  'no_answer',
  'held',
  'resumed',
  'transferred',
  'wrap_up_started',
  'wrap_up_ended',
  'ended',
  'abandoned',
  'blocked',
  'solved',
  'reopened',
] as const;
export const ContactEventType = z.enum(contactEventTypes);
export type ContactEventType = z.output<typeof ContactEventType>;
export const Channel = z.enum(['webchat', 'email', 'voice', 'wechat', 'sms', 'other']);
export type Channel = z.output<typeof Channel>;

export const ContactEventView = z.object({
  id: Uuid,
  contactId: Uuid,
  type: ContactEventType,
  at: Instant,
  channel: Channel,
  queueId: Uuid.nullable(),
  teamId: Uuid.nullable(),
  agentId: Uuid.nullable(),
  /** People only: bot and IVR time never counts as agent time. */
  byBot: z.boolean(),
  data: z.record(z.string(), z.unknown()),
});
export type ContactEventView = z.output<typeof ContactEventView>;
