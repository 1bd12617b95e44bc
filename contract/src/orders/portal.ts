import { z } from 'zod';
import { FileView } from '../files.ts';
import { IdParams, Instant, Locale, Uuid, freeText, route } from '../route.ts';
import { Wording } from './flows.ts';

/** What a customer sees of an order by the signed link; no account. */
export const OrderPortalView = z.object({
  number: z.string(),
  subject: z.string(),
  organisationName: z.string(),
  locale: Locale,
  createdAt: Instant,
  status: z.enum(['open', 'closed', 'cancelled']),
  steps: z.array(
    z.object({
      name: Wording,
      state: z.enum(['done', 'current', 'to_come']),
      at: Instant.nullable(),
    }),
  ),
  lines: z.array(
    z.object({
      at: Instant,
      fromCustomer: z.boolean(),
      text: z.string(),
      files: z.array(FileView),
    }),
  ),
  expectedBy: Instant.nullable(),
  /** What was answered to the customer (处理结果), while their word on it is asked or may still be changed; else empty. */
  result: z.string(),
  mayConfirm: z.boolean(),
  /** Closed not long ago: the customer may still say that it is not solved, and it goes on. */
  mayReopen: z.boolean(),
  mayRate: z.boolean(),
  rating: z.int().nullable(),
});
export type OrderPortalView = z.output<typeof OrderPortalView>;
const Token = z.object({ token: z.string().min(1).max(200) });
/** What was uploaded on the page of the same order; ids of other files are left out. */
const FileIds = z.array(Uuid).max(10).default([]);
export const getOrderPortal = route({
  method: 'GET',
  path: '/api/order-portal/:token',
  summary: "The customer's page of an order",
  access: 'public',
  params: Token,
  response: OrderPortalView,
});
export const writeOrderPortal = route({
  method: 'POST',
  path: '/api/order-portal/:token',
  summary: 'The customer adds something, confirms, says it is not solved, or rates',
  access: 'public',
  ratePerMinute: 30,
  params: Token,
  body: z.discriminatedUnion('deed', [
    z
      .object({ deed: z.literal('add'), text: freeText(5000), fileIds: FileIds })
      .refine(({ text, fileIds }) => text.trim() !== '' || fileIds.length > 0, {
        path: ['text'],
        message: 'required',
      }),
    z.object({ deed: z.literal('confirm') }),
    z.object({ deed: z.literal('reject'), text: freeText(5000), fileIds: FileIds }),
    z.object({ deed: z.literal('rate'), score: z.int().min(1).max(5), comment: freeText(2000) }),
  ]),
  response: OrderPortalView,
});
export const uploadOrderPortalFile = route({
  method: 'POST',
  path: '/api/order-portal/:token/files',
  summary: 'Upload one file (multipart field `file`) to add to the order',
  access: 'public',
  upload: true,
  ratePerMinute: 20,
  params: Token,
  response: FileView,
  status: 201,
});
export const linkOrderPortal = route({
  method: 'POST',
  path: '/api/orders/:id/portal-link',
  summary: "Address of the customer's page of this order",
  access: 'order.read',
  params: IdParams,
  response: z.object({ url: z.string() }),
});
