import { z } from 'zod';
import { callbackResults } from './callbacks.ts';
import { LocalDate } from './kpi/index.ts';
import {
  freeText,
  IdParams,
  Instant,
  line,
  Locale,
  pageOf,
  PageQuery,
  route,
  Uuid,
} from './route.ts';

/**
 * The registers of the service department (登记表): problems 客户问题处理表, enquiries 客户咨询记录表, callbacks
 * 客户回访记录表, purchases 求购信息统计, members 新会员注册统计, deals 签单客户统计.
 */
export const registerKeys = [
  'problems',
  'enquiries',
  'callbacks',
  'purchases',
  'members',
  'deals',
] as const;
export const RegisterKey = z.enum(registerKeys);
export type RegisterKey = z.output<typeof RegisterKey>;

/**
 * What a column holds. `word`: one of a few values; `money`: minor units of the centre's currency; `long`: a text of
 * several lines.
 */
export type RegisterColumnKind = 'text' | 'long' | 'time' | 'word' | 'number' | 'money';
export type RegisterColumn = {
  key: string;
  kind: RegisterColumnKind;
  /** People may write it: on a line of their own, or on one that came from the work, where what they wrote counts. */
  entered?: true;
  /** The values of a word. */
  words?: readonly string[];
};

const channels = ['webchat', 'email', 'voice', 'wechat', 'sms', 'other'] as const;
const text = (key: string): RegisterColumn => ({ key, kind: 'text' });
const long = (key: string): RegisterColumn => ({ key, kind: 'long' });
const time = (key: string): RegisterColumn => ({ key, kind: 'time' });
const word = (key: string, words: readonly string[]): RegisterColumn => ({
  key,
  kind: 'word',
  words,
});
const entered = (column: RegisterColumn): RegisterColumn => ({ ...column, entered: true });
const who = [text('customer'), text('phones')];
const buyer = [text('customer'), text('company'), text('phones')];
const channel = entered(word('channel', channels));

/**
 * The columns of each register in the order of the form. Titles and words are in `@yingda/contract/register-texts/<language>`:
 * `columns.<key>` (`columns.at.<register>` for the time) and `words.<column>.<value>`.
 */
export const registerColumns: Record<RegisterKey, readonly RegisterColumn[]> = {
  problems: [
    text('number'),
    time('at'),
    text('category'),
    ...who,
    text('region'),
    text('address'),
    text('product'),
    text('subject'),
    long('description'),
    text('recorder'),
    long('receipt'),
    text('department'),
    long('plan'),
    text('planner'),
    long('result'),
    text('handler'),
    long('review'),
    text('reviewer'),
    word('status', ['open', 'closed', 'cancelled']),
    time('closedAt'),
  ],
  enquiries: [
    time('at'),
    ...who,
    channel,
    entered(text('subject')),
    entered(long('question')),
    entered(long('answer')),
    text('recorder'),
    word('state', ['open', 'waiting', 'snoozed', 'resolved']),
    entered(long('note')),
  ],
  callbacks: [
    time('at'),
    text('number'),
    ...who,
    entered(word('reason', ['confirm_result', 'complaint_follow_up', 'chase', 'other'])),
    entered(text('subject')),
    { key: 'tries', kind: 'number' },
    entered(word('outcome', callbackResults)),
    entered({ key: 'satisfaction', kind: 'number' }),
    entered(long('opinion')),
    text('recorder'),
  ],
  purchases: [
    time('at'),
    ...buyer,
    entered(text('region')),
    entered(text('product')),
    entered(text('quantity')),
    entered(long('requirement')),
    entered({ key: 'budget', kind: 'money' }),
    channel,
    text('recorder'),
    entered(long('followUp')),
  ],
  members: [
    time('at'),
    ...buyer,
    text('email'),
    entered(word('tier', ['standard', 'silver', 'gold', 'vip'])),
    channel,
    entered(text('region')),
    text('recorder'),
    entered(long('note')),
  ],
  deals: [
    time('at'),
    ...buyer,
    entered(text('contractNumber')),
    entered(text('product')),
    entered(text('quantity')),
    entered({ key: 'amount', kind: 'money' }),
    entered(text('salesperson')),
    channel,
    text('recorder'),
    entered(long('note')),
  ],
};
/** Registers on which people may add lines of their own; a problem is an order. */
export const enteredRegisters: readonly RegisterKey[] = registerKeys.filter(
  (key) => key !== 'problems',
);

export const RegisterSource = z.enum(['order', 'conversation', 'callback', 'customer', 'entered']);
export type RegisterSource = z.output<typeof RegisterSource>;
const CellValue = z.union([z.string(), z.number(), z.null()]);
export const RegisterRow = z.object({
  /** That of the order, conversation, callback or customer it comes from, or of the line somebody entered. */
  id: Uuid,
  source: RegisterSource,
  at: Instant,
  /** By column. */
  values: z.record(z.string(), CellValue),
  orderId: Uuid.nullable(),
  conversationId: Uuid.nullable(),
  customerId: Uuid.nullable(),
  /** Version of what people entered on it; 0: nothing yet. */
  version: z.int(),
  /** Whether the reader may write on it. */
  mayEdit: z.boolean(),
});
export type RegisterRow = z.output<typeof RegisterRow>;

export const RegisterFilter = z.object({
  /** Days of the centre, both included; at most 400. */
  from: LocalDate,
  to: LocalDate,
  /** Parts of names, numbers, phones and texts. */
  q: freeText(100).optional(),
  teamId: Uuid.optional(),
});
export type RegisterFilter = z.output<typeof RegisterFilter>;
const RegisterParams = z.object({ register: RegisterKey });
export const listRegister = route({
  method: 'GET',
  path: '/api/registers/:register',
  summary: 'Lines of a register, newest first, filled from the work and by hand',
  access: 'order.read',
  params: RegisterParams,
  query: PageQuery.extend(RegisterFilter.shape),
  response: pageOf(RegisterRow),
});
/** The statistics of a register: how many, how much, on which days, of what. */
export const RegisterSummary = z.object({
  count: z.int(),
  /** Sum of its money column in minor units; null where it has none. */
  amount: z.int().nullable(),
  currency: z.string(),
  days: z.array(z.object({ date: z.iso.date(), count: z.int() })),
  /** The most frequent values of its telling columns. */
  groups: z.array(
    z.object({
      column: z.string(),
      items: z.array(z.object({ value: z.string(), count: z.int(), amount: z.int().nullable() })),
    }),
  ),
});
export type RegisterSummary = z.output<typeof RegisterSummary>;
export const summariseRegister = route({
  method: 'GET',
  path: '/api/registers/:register/summary',
  summary: 'Counts and sums of a register by day and by its telling columns',
  access: 'order.read',
  params: RegisterParams,
  query: RegisterFilter,
  response: RegisterSummary,
});
export const RegisterFormat = z.enum(['xlsx', 'pdf', 'csv']);
export type RegisterFormat = z.output<typeof RegisterFormat>;
export const exportRegister = route({
  method: 'GET',
  path: '/api/registers/:register/export',
  summary: 'A register as a file in the layout of the form, at most 20,000 lines',
  access: 'order.read',
  params: RegisterParams,
  query: RegisterFilter.extend({ format: RegisterFormat, locale: Locale.optional() }),
  ratePerMinute: 60,
});
export const printOrder = route({
  method: 'GET',
  path: '/api/orders/:id/print',
  summary: 'One order as the form 客户问题处理表, with every step, name and time',
  access: 'order.read',
  params: IdParams,
  query: z.object({ format: z.enum(['pdf', 'xlsx']).default('pdf'), locale: Locale.optional() }),
  ratePerMinute: 120,
});

/** Values by column, as they are entered; empty ones are null. */
const EnteredValues = z.record(
  z.string().max(40),
  z.union([freeText(5000), z.number().min(0).max(1e13), z.null()]),
);
export const addRegisterLine = route({
  method: 'POST',
  path: '/api/registers/:register/lines',
  summary: 'Enter a line that the work does not tell, as an enquiry by phone or a contract signed',
  access: 'order.write',
  params: RegisterParams,
  body: z.object({
    /** When it was; left out: now. */
    at: Instant.optional(),
    teamId: Uuid.nullable().default(null),
    customerId: Uuid.nullable().default(null),
    /** Where no customer is chosen. */
    customerName: freeText(120).default(''),
    phones: z.array(line(40)).max(5).default([]),
    /** Purchases, deals and enquiries that came up in a conversation: customer and channel are known from it. */
    conversationId: Uuid.nullable().default(null),
    values: EnteredValues,
  }),
  response: RegisterRow,
  status: 201,
});
export const editRegisterRow = route({
  method: 'PATCH',
  path: '/api/registers/:register/rows/:id',
  summary:
    'Write what the work does not tell on a line; `version` guards against overwriting a colleague',
  access: 'order.write',
  params: RegisterParams.extend(IdParams.shape),
  body: z.object({ version: z.int(), values: EnteredValues }),
  response: RegisterRow,
});
export const deleteRegisterLine = route({
  method: 'DELETE',
  path: '/api/registers/:register/rows/:id',
  summary: 'Remove a line that somebody entered',
  access: 'order.write',
  params: RegisterParams.extend(IdParams.shape),
});

const Tags = z.array(line(40)).max(30);
export const RegisterSettings = z.object({
  /** Conversations with one of these tags stand on the register of purchases. */
  purchaseTags: Tags.default(['求购', '采购', 'purchase']),
  /** … and with one of these on the register of deals. */
  dealTags: Tags.default(['签单', '成交', 'deal']),
});
export type RegisterSettings = z.output<typeof RegisterSettings>;
export const getRegisterSettings = route({
  method: 'GET',
  path: '/api/register-settings',
  summary: 'Which conversations the registers take up',
  access: 'order.read',
  response: RegisterSettings,
});
export const setRegisterSettings = route({
  method: 'PUT',
  path: '/api/register-settings',
  summary: 'Change which conversations the registers take up',
  access: 'order.design',
  body: RegisterSettings,
  response: RegisterSettings,
});
