import type { ClientBase, Pool } from 'pg';
import { suspendRules } from '../../server/src/platform/db/archive/catalog.ts';
import {
  customerColumns,
  customerOf,
  customerRows,
  identityColumns,
} from '../../tools/load/customers.ts';
import { copyInto, dropIndexes, SETTINGS } from '../../tools/load/fill.ts';
import { columnsOf, orderBatches } from './rows.ts';
import type { OrderPlan, Table } from './rows.ts';

const tables = Object.keys(columnsOf) as Table[];
/** Those that nothing else fills: emptied and frozen. Timers of others stay. */
const own = tables.filter((table) => table !== 'timer');
const referring = [
  ...own,
  'order_task',
  'order_vote',
  'order_link',
  'order_recurrence',
  'order_notice',
  'callback_try',
  'order_repeat',
];

async function copyCustomers(
  client: ClientBase,
  { seed, customers, from }: OrderPlan,
): Promise<void> {
  let [people, identities] = ['', ''];
  for (let index = 0; index < customers; index += 1) {
    const customer = customerOf(seed, index, from);
    const made = customerRows(customer, { index, firstAt: from, lastAt: from });
    people += made.customer;
    identities += made.identities;
    if ((index + 1) % 10_000 !== 0 && index + 1 < customers) continue;
    await copyInto(client, `customer (${customerColumns}) from stdin`, people);
    await copyInto(client, `customer_identity (${identityColumns}) from stdin`, identities);
    [people, identities] = ['', ''];
  }
}

async function copyOrders(client: ClientBase, plan: OrderPlan, say: (text: string) => void) {
  let orders = 0;
  for (const batch of orderBatches(plan)) {
    for (const table of tables) {
      const rows = batch.rows[table];
      const how = table === 'timer' ? '' : ' with (freeze)';
      if (rows !== '')
        await copyInto(client, `${table} (${columnsOf[table]}) from stdin${how}`, rows);
    }
    orders += batch.orders;
    if (orders % 100_000 === 0) say(`${orders} orders`);
  }
  return orders;
}

/**
 * Fills an installation with orders, all or nothing; what there was of orders is gone. Constraints are checked at the
 * end over all rows, so what the product would refuse cannot be loaded either.
 */
export async function fillOrders(
  pool: Pool,
  plan: OrderPlan,
  say: (text: string) => void,
): Promise<{ orders: number; seconds: number }> {
  const begin = performance.now();
  const client = await pool.connect();
  let failed = true;
  try {
    await client.query('begin');
    await client.query(SETTINGS);
    const { rows } = await client.query<{ name: string }>(
      'select tablename as name from pg_tables where tablename = any($1)',
      [referring],
    );
    const resume = await suspendRules(client);
    await client.query(`truncate ${rows.map(({ name }) => name).join(', ')}`);
    await client.query(`delete from timer where kind = 'order.alarm'`);
    const indexes = await dropIndexes(client, own);
    const { rowCount } = await client.query('select from customer limit 1');
    if (rowCount === 0) await copyCustomers(client, plan);
    const orders = await copyOrders(client, plan, say);
    say(`building ${indexes.length} indexes`);
    for (const { definition } of indexes) await client.query(definition);
    await client.query('set constraints all immediate');
    await resume();
    await client.query('commit');
    failed = false;
    say('cleaning up for readers');
    for (const table of [...tables, 'customer']) await pool.query(`vacuum (analyze) ${table}`);
    return { orders, seconds: Math.round((performance.now() - begin) / 1000) };
  } finally {
    client.release(failed);
  }
}
