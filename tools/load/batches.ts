import { conversationOf } from './conversation.ts';
import type { Plan } from './conversation.ts';
import { customerColumns, customerOf, customerRows, identityColumns, Visits } from './customers.ts';
import { randomOf } from './random.ts';
import {
  contactColumns,
  contactRow,
  conversationColumns,
  conversationRow,
  eventColumns,
  eventRows,
  messageColumns,
  messageRows,
  searchColumns,
  workColumns,
  workRow,
} from './rows.ts';
import { arrivals } from './timeline.ts';

/** The tables that a load fills, with the columns in the order of the rows. */
export const columnsOf = {
  conversation: conversationColumns,
  message: messageColumns,
  message_search: searchColumns,
  contact: contactColumns,
  contact_event: eventColumns,
  work_item: workColumns,
  customer: customerColumns,
  customer_identity: identityColumns,
} as const;
export type Table = keyof typeof columnsOf;

/** Rows for COPY by table, with how many conversations and messages they hold. */
export type Batch = {
  rows: Partial<Record<Table, string>>;
  conversations: number;
  messages: number;
};

const BATCH = 4_000;

function addTo(rows: Batch['rows'], table: Table, text: string): void {
  rows[table] = (rows[table] ?? '') + text;
}

function* customerBatches(plan: Plan, visits: Visits): Generator<Batch> {
  let rows: Batch['rows'] = {};
  for (let index = 0; index < visits.count; index += 1) {
    const firstAt = visits.firstAt[index] ?? plan.from;
    const lastAt = visits.lastAt[index] ?? firstAt;
    const made = customerRows(customerOf(plan.seed, index, firstAt), { index, firstAt, lastAt });
    addTo(rows, 'customer', made.customer);
    addTo(rows, 'customer_identity', made.identities);
    if ((index + 1) % BATCH === 0 || index + 1 === visits.count) {
      yield { rows, conversations: 0, messages: 0 };
      rows = {};
    }
  }
}

/** Everything of a load, in the order of time, a few megabytes at once; the customers come last. */
export function* batches(plan: Plan): Generator<Batch> {
  const random = randomOf(plan.seed);
  const visits = new Visits(Math.ceil(plan.conversations * 0.42) + 1);
  let batch: Batch = { rows: {}, conversations: 0, messages: 0 };
  let index = 0;
  let messages = 0;
  let events = 0;
  for (const at of arrivals(plan.conversations, plan, random)) {
    const conversation = conversationOf(plan, { index, at, visits }, random);
    const said = messageRows(conversation, messages);
    const life = eventRows(conversation, events);
    addTo(batch.rows, 'conversation', conversationRow(conversation));
    addTo(batch.rows, 'message', said.messages);
    addTo(batch.rows, 'message_search', said.search);
    addTo(batch.rows, 'contact', contactRow(conversation));
    addTo(batch.rows, 'contact_event', life.events);
    addTo(batch.rows, 'work_item', workRow(conversation));
    index += 1;
    messages += conversation.said.length;
    events += life.count;
    batch.conversations += 1;
    batch.messages += conversation.said.length;
    if (batch.conversations === BATCH || index === plan.conversations) {
      yield batch;
      batch = { rows: {}, conversations: 0, messages: 0 };
    }
  }
  yield* customerBatches(plan, visits);
}
