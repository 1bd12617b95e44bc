import { z } from 'zod';
import {
  changesOf,
  freeText,
  IdParams,
  Instant,
  line,
  listOf,
  PageQuery,
  pageOf,
  route,
  Uuid,
} from './route.ts';

export const IdentityKind = z.enum(['phone', 'email', 'webchat', 'external', 'wechat']);
export const CustomerIdentity = z.object({
  id: Uuid,
  kind: IdentityKind,
  value: z.string(),
  verified: z.boolean(),
});
export type CustomerIdentity = z.output<typeof CustomerIdentity>;
/** A = most valued. Tiers by rule come with the customer module's later rows; now it is set by hand. */
export const Tier = z.enum(['standard', 'silver', 'gold', 'vip']);
export type Tier = z.output<typeof Tier>;
export const FieldKind = z.enum(['text', 'number', 'date', 'choice', 'boolean']);
export const FieldValue = z.union([z.string().max(2000), z.number(), z.boolean(), z.null()]);
export const FieldValues = z.record(z.string().max(60), FieldValue);
export type FieldValues = z.output<typeof FieldValues>;
export const CustomFieldView = z.object({
  id: Uuid,
  key: z.string(),
  label: z.string(),
  kind: FieldKind,
  choices: z.array(z.string()),
  position: z.int(),
});
export type CustomFieldView = z.output<typeof CustomFieldView>;

/** The customer as lists and conversations show it. */
export const CustomerBrief = z.object({
  id: Uuid,
  name: z.string(),
  tier: Tier,
  verified: z.boolean(),
});
export type CustomerBrief = z.output<typeof CustomerBrief>;
export const CustomerView = CustomerBrief.extend({
  company: z.string().nullable(),
  locale: z.string().nullable(),
  identities: z.array(CustomerIdentity),
  tags: z.array(z.string()),
  fields: FieldValues,
  createdAt: Instant,
  lastSeenAt: Instant.nullable(),
  version: z.int(),
});
export type CustomerView = z.output<typeof CustomerView>;

export const listCustomers = route({
  method: 'GET',
  path: '/api/customers',
  summary: 'Customers, newest activity first; `q` searches name, phone, e-mail, company',
  access: 'customer.read',
  query: PageQuery.extend({
    q: z.string().max(100).optional(),
    tag: z.string().max(60).optional(),
  }),
  response: pageOf(CustomerView),
});
export const getCustomer = route({
  method: 'GET',
  path: '/api/customers/:id',
  summary: 'One customer',
  access: 'customer.read',
  params: IdParams,
  response: CustomerView,
});
const IdentityInput = z.object({ kind: z.enum(['phone', 'email', 'external']), value: line(200) });
const CustomerInput = z.object({
  name: line(120),
  tier: Tier.optional(),
  company: line(120).nullable().optional(),
  tags: z.array(line(60)).max(50).optional(),
  fields: FieldValues.optional(),
  identities: z.array(IdentityInput).max(20).optional(),
});
export const createCustomer = route({
  method: 'POST',
  path: '/api/customers',
  summary: 'Create a customer',
  access: 'customer.write',
  body: CustomerInput,
  response: CustomerView,
  status: 201,
});
export const updateCustomer = route({
  method: 'PATCH',
  path: '/api/customers/:id',
  summary: 'Change a customer; `version` guards against overwriting a colleague',
  access: 'customer.write',
  params: IdParams,
  body: CustomerInput.partial().extend({ version: z.int().optional() }),
  response: CustomerView,
});
export const mergeCustomers = route({
  method: 'POST',
  path: '/api/customers/:id/merge',
  summary: 'Merge another customer into this one: identities, notes and conversations move here',
  access: 'customer.write',
  params: IdParams,
  body: z.object({ otherId: Uuid }),
  response: CustomerView,
});
export const CustomerNoteView = z.object({
  id: Uuid,
  text: z.string(),
  authorId: Uuid.nullable(),
  authorName: z.string(),
  createdAt: Instant,
});
export type CustomerNoteView = z.output<typeof CustomerNoteView>;
export const listCustomerNotes = route({
  method: 'GET',
  path: '/api/customers/:id/notes',
  summary: 'Notes about a customer',
  access: 'customer.read',
  params: IdParams,
  response: listOf(CustomerNoteView),
});
export const addCustomerNote = route({
  method: 'POST',
  path: '/api/customers/:id/notes',
  summary: 'Add a note',
  access: 'customer.write',
  params: IdParams,
  body: z.object({ text: freeText(5000).refine((t) => t.trim() !== '', 'empty') }),
  response: CustomerNoteView,
  status: 201,
});
export const deleteCustomerNote = route({
  method: 'DELETE',
  path: '/api/customers/:id/notes/:noteId',
  summary: 'Delete an own note',
  access: 'customer.write',
  params: z.object({ id: Uuid, noteId: Uuid }),
});
export const listCustomFields = route({
  method: 'GET',
  path: '/api/custom-fields',
  summary: 'Custom fields of customers',
  access: 'user',
  response: listOf(CustomFieldView),
});
const FieldInput = z.object({
  key: z.string().regex(/^[a-z][a-z0-9_]{0,39}$/),
  label: line(60),
  kind: FieldKind,
  choices: z.array(line(60)).max(100).default([]),
  position: z.int().min(0).max(1000).default(0),
});
export const createCustomField = route({
  method: 'POST',
  path: '/api/custom-fields',
  summary: 'Add a custom field',
  access: 'widget.manage',
  body: FieldInput,
  response: CustomFieldView,
  status: 201,
});
export const updateCustomField = route({
  method: 'PATCH',
  path: '/api/custom-fields/:id',
  summary: 'Change a custom field (its key and kind stay)',
  access: 'widget.manage',
  params: IdParams,
  body: changesOf(FieldInput.omit({ key: true, kind: true })),
  response: CustomFieldView,
});
export const deleteCustomField = route({
  method: 'DELETE',
  path: '/api/custom-fields/:id',
  summary: 'Remove a custom field; stored values stay',
  access: 'widget.manage',
  params: IdParams,
});
