import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import { consoleLog, openDatabase } from '../../server/src/platform/db/index.ts';
import { accounts } from '../../tools/load/company.ts';
import { Client } from '../../tools/simulate/client.ts';
import { Durations } from '../../tools/simulate/ledger.ts';
import { freePort, Product } from '../../tools/simulate/product.ts';
import { Socket } from '../../tools/simulate/socket.ts';
import { cpuEach, cpuMs } from '../lib/cpu.ts';
import { Http } from '../lib/http.ts';
import { busyness, saveResult } from '../lib/report.ts';
import { loadOrders } from './load.ts';

export type TimersOptions = { dataDir: string; orders: number; keep: boolean };

const pages = [
  '/api/orders?scope=open&limit=50',
  '/api/orders?scope=mine&limit=50',
  '/api/orders/counts',
];

/** Agents who have the desk open: what happens to orders of their teams comes to them. */
const OPEN_DESKS = 20;

/** What an agent asks for again and again: five times a second, one page after the other. */
function watchDesk(http: Http, headers: Record<string, string>) {
  const durations = new Durations();
  let stopped = false;
  const loop = async (): Promise<void> => {
    for (let nth = 0; !stopped; nth += 1) {
      const reply = await http.get(pages[nth % pages.length] ?? '', headers);
      if (reply.status !== 200) throw new Error(`${reply.status} ${reply.body}`);
      durations.add(reply.ms);
      await sleep(200);
    }
  };
  const ended = loop();
  return async () => {
    stopped = true;
    await ended;
    return durations.summary();
  };
}

type Firing = {
  fired: number;
  twice: number;
  waiting: number;
  lastAt: Date | null;
  worstLateMs: number | null;
};

async function firing(pool: Pool): Promise<Firing> {
  const { rows } = await pool.query<Firing>(`
    select (select count(*)::int from outbox_event
        where type = 'order.changed' and payload ->> 'change' in ('warned', 'late', 'escalated')) as fired,
      (select count(*)::int from (select 1 from outbox_event where type = 'order.changed'
        and payload ->> 'change' in ('warned', 'late', 'escalated')
        group by payload -> 'alarm', payload -> 'change' having count(*) > 1) again) as twice,
      (select count(*)::int from timer where kind = 'order.alarm' and due_at <= clock_timestamp()) as waiting,
      (select max(at) from order_line where by_kind = 'system' and kind in ('warned', 'escalated')) as "lastAt",
      (select max(extract(epoch from at - (data ->> 'dueAt')::timestamptz) * 1000)::float8 from order_line
        where by_kind = 'system' and kind in ('warned', 'escalated') and data ? 'dueAt') as "worstLateMs"`);
  const [row] = rows;
  if (!row) throw new Error('one row was expected');
  return row;
}

async function untilFired(pool: Pool): Promise<void> {
  for (;;) {
    const { rows } = await pool.query<{ n: number }>(`
      select count(*)::int as n from (
        select from timer where kind = 'order.alarm' and due_at <= clock_timestamp() limit 1) waiting`);
    if (rows[0]?.n === 0) return;
    await sleep(250);
  }
}

/** Time for moving them before it comes. */
const AHEAD_MS = 30_000;
const CALM_MS = 8_000;

async function openDesks(baseUrl: string) {
  const sockets: Socket[] = [];
  let heard = 0;
  for (let at = 1; at <= OPEN_DESKS; at += 1) {
    const client = new Client(baseUrl);
    const { email, password } = accounts.agent;
    await client.signIn(email.replace('agent1', `agent${at}`), password);
    const onEvent = (): void => void (heard += 1);
    sockets.push(new Socket({ baseUrl, headers: client.headers, onEvent, onGap: () => {} }));
  }
  while (sockets.some(({ connected }) => !connected)) await sleep(50);
  const close = (): void => sockets.forEach((socket) => socket.close());
  return { heard: () => heard, close };
}

/** So many alarms due at the same instant: when the last has fired, and what an agent at the desk felt of it. */
export async function measureTimers({ dataDir, orders, keep }: TimersOptions) {
  // Far enough away that loading is over; then all are moved to an instant that comes soon.
  const far = Date.now() + 86_400_000;
  await loadOrders({ dataDir, orders, customers: 20_000, allDueAt: far });
  const product = new Product({ dataDir, port: await freePort() });
  await product.start();
  const http = new Http(product.baseUrl);
  const database = await openDatabase({ dataDir, log: consoleLog, share: true });
  const { pool } = database;
  try {
    const client = new Client(product.baseUrl);
    await client.signIn(accounts.agent.email, accounts.agent.password);
    const start = Date.now() + AHEAD_MS;
    const by = `make_interval(secs => ${(start - far) / 1000})`;
    await pool.query(`begin; update order_visit set running_since = running_since + ${by}, due_at = due_at + ${by}
        where left_at is null and running_since is not null;
      update work_order set due_at = due_at + ${by} where status = 'open';
      update timer set due_at = due_at + ${by}, run_at = run_at + ${by} where kind = 'order.alarm'; commit;
      delete from outbox_event where type = 'order.changed'`);
    const desks = await openDesks(product.baseUrl);
    const calm = watchDesk(http, client.headers);
    await sleep(CALM_MS);
    const deskBefore = await calm();
    await sleep(start - Date.now());
    const [before, spent] = [busyness(), cpuMs(product.pid ?? 0)];
    const stop = watchDesk(http, client.headers);
    await untilFired(pool);
    const seconds = (Date.now() - start) / 1000;
    const desk = await stop();
    const cpuMsPerTimer = cpuEach(spent, cpuMs(product.pid ?? 0), orders);
    desks.close();
    const found = await firing(pool);
    const live = { openDesks: OPEN_DESKS, heard: desks.heard() };
    const times = { allFiredAfterSeconds: seconds, cpuMsPerTimer, deskBefore, desk };
    const result = { busyBefore: before, orders, ...found, ...times, live };
    process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
    if (keep) saveResult('orders-timers', result);
    if (seconds > 60 || found.twice > 0) process.exitCode = 1;
  } finally {
    http.close();
    await database.close();
    await product.stop();
  }
}
