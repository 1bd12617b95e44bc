import { z } from 'zod';
import { IdParams, Instant, Locale, freeText, line, route } from '../route.ts';
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
  lines: z.array(z.object({ at: Instant, fromCustomer: z.boolean(), text: z.string() })),
  expectedBy: Instant.nullable(),
  mayConfirm: z.boolean(),
  /** Closed not long ago: the customer may still say that it is not solved, and it goes on. */
  mayReopen: z.boolean(),
  mayRate: z.boolean(),
  rating: z.int().nullable(),
});
export type OrderPortalView = z.output<typeof OrderPortalView>;
const Token = z.object({ token: z.string().min(20).max(200) });
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
    z.object({ deed: z.literal('add'), text: line(5000) }),
    z.object({ deed: z.literal('confirm') }),
    z.object({ deed: z.literal('reject'), text: freeText(5000) }),
    z.object({ deed: z.literal('rate'), score: z.int().min(1).max(5), comment: freeText(2000) }),
  ]),
  response: OrderPortalView,
});
export const linkOrderPortal = route({
  method: 'POST',
  path: '/api/orders/:id/portal-link',
  summary: "Address of the customer's page of this order",
  access: 'order.read',
  params: IdParams,
  response: z.object({ url: z.string() }),
});
