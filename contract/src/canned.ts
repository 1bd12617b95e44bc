import { z } from 'zod';
import { maxMessageLength } from './conversations.ts';
import { changesOf, freeText, IdParams, line, listOf, route, Uuid } from './route.ts';

export const CannedView = z.object({
  id: Uuid,
  shortcut: z.string(),
  title: z.string(),
  text: z.string(),
  teamId: Uuid.nullable(),
  uses: z.int(),
});
export type CannedView = z.output<typeof CannedView>;
/** Variables in a canned reply: {{customer.name}}, {{agent.name}}, {{team.name}}, {{conversation.number}}. */
export const cannedVariables = [
  'customer.name',
  'agent.name',
  'team.name',
  'conversation.number',
  'organisation.name',
] as const;
const CannedInput = z.object({
  shortcut: z
    .string()
    .trim()
    .regex(/^[\p{L}\p{N}_-]{1,40}$/u),
  title: line(120),
  text: freeText(maxMessageLength).refine((t) => t.trim() !== '', 'empty'),
  teamId: Uuid.nullable().default(null),
});
export const listCanned = route({
  method: 'GET',
  path: '/api/canned-replies',
  summary: 'Canned replies I may use',
  access: 'conversation.read',
  response: listOf(CannedView),
});
export const createCanned = route({
  method: 'POST',
  path: '/api/canned-replies',
  summary: 'Create a canned reply',
  access: 'canned.manage',
  body: CannedInput,
  response: CannedView,
  status: 201,
});
export const updateCanned = route({
  method: 'PATCH',
  path: '/api/canned-replies/:id',
  summary: 'Change a canned reply',
  access: 'canned.manage',
  params: IdParams,
  body: changesOf(CannedInput),
  response: CannedView,
});
export const deleteCanned = route({
  method: 'DELETE',
  path: '/api/canned-replies/:id',
  summary: 'Delete a canned reply',
  access: 'canned.manage',
  params: IdParams,
});
