import { z } from 'zod';
import { LocalDate } from './kpi/index.ts';
import { freeText, Instant, line, listOf, pageOf, PageQuery, route, Uuid } from './route.ts';

/** What complaints are split by. `cause`: the root cause that was recorded. */
export const ComplaintSplit = z.enum(['cause', 'product', 'department', 'category']);
export type ComplaintSplit = z.output<typeof ComplaintSplit>;
export const ComplaintFilter = z.object({
  from: LocalDate,
  to: LocalDate,
  /** False: every order with a root cause, not only complaints. */
  complaintsOnly: z.stringbool().default(true),
  categoryId: Uuid.optional(),
  departmentId: Uuid.optional(),
  product: freeText(120).optional(),
  cause: freeText(200).optional(),
});
export type ComplaintFilter = z.output<typeof ComplaintFilter>;
export const ImprovementView = z.object({
  orderId: Uuid,
  number: z.string(),
  subject: z.string(),
  status: z.enum(['open', 'closed', 'cancelled']),
  cause: z.string(),
  at: Instant,
});
export type ImprovementView = z.output<typeof ImprovementView>;
/** One bar: `share` and `cumulative` are parts of 1. */
export const ComplaintGroup = z.object({
  /** As it was written most often; empty: none was recorded. */
  name: z.string(),
  /** The department or category; null for causes and products. */
  id: Uuid.nullable(),
  count: z.int(),
  share: z.number(),
  cumulative: z.number(),
  /** As many days before. */
  previous: z.int(),
  open: z.int(),
  late: z.int(),
  reopened: z.int(),
  /** Mean rating of those that were rated, 1 to 5. */
  rating: z.number().nullable(),
});
export type ComplaintGroup = z.output<typeof ComplaintGroup>;
export const ComplaintAnalysis = z.object({
  total: z.int(),
  previousTotal: z.int(),
  /** Of these, how many have a root cause. */
  withCause: z.int(),
  by: ComplaintSplit,
  /** Most frequent first; what has none comes last and is not in `cumulative`. */
  groups: z.array(ComplaintGroup),
  /** By day up to 31 days, else by week up to half a year, else by month. */
  step: z.enum(['day', 'week', 'month']),
  periods: z.array(z.object({ from: z.iso.date(), count: z.int() })),
  improvements: z.array(ImprovementView),
  /** What may be chosen from. */
  products: z.array(z.string()),
});
export type ComplaintAnalysis = z.output<typeof ComplaintAnalysis>;
export const analyseComplaints = route({
  method: 'GET',
  path: '/api/complaint-analysis',
  summary: 'Complaints by cause, product, department or category as a Pareto list, and over time',
  access: 'order.manage',
  query: ComplaintFilter.extend({ by: ComplaintSplit.default('cause') }),
  response: ComplaintAnalysis,
});
export const ComplaintRow = z.object({
  id: Uuid,
  number: z.string(),
  subject: z.string(),
  customerName: z.string(),
  product: z.string(),
  cause: z.string(),
  departmentName: z.string().nullable(),
  status: z.enum(['open', 'closed', 'cancelled']),
  compensation: z.string(),
  createdAt: Instant,
});
export type ComplaintRow = z.output<typeof ComplaintRow>;
export const listComplaints = route({
  method: 'GET',
  path: '/api/complaint-analysis/orders',
  summary: 'The complaints behind a bar, newest first',
  access: 'order.manage',
  /** `cause` and `product` empty: those without one. */
  query: PageQuery.extend(ComplaintFilter.shape),
  response: pageOf(ComplaintRow),
});
export const openImprovement = route({
  method: 'POST',
  path: '/api/complaint-analysis/improvements',
  summary: 'Open an order for improving what causes complaints, with the figures in it',
  access: 'order.manage',
  body: z.object({
    cause: line(200),
    from: LocalDate,
    to: LocalDate,
    categoryId: Uuid,
    departmentId: Uuid.nullable().default(null),
    product: freeText(120).default(''),
    subject: line(200).optional(),
    /** What shall become better, in front of the figures. */
    plan: freeText(10_000).default(''),
  }),
  response: ImprovementView,
  status: 201,
});
export const listImprovements = route({
  method: 'GET',
  path: '/api/complaint-analysis/improvements',
  summary: 'Improvements opened from complaints, newest first',
  access: 'order.manage',
  response: listOf(ImprovementView),
});
