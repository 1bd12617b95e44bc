import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import { consoleLog, openDatabase } from '../../server/src/platform/db/index.ts';
import { Client } from '../../tools/simulate/client.ts';
import { Durations } from '../../tools/simulate/ledger.ts';
import { freePort, Product } from '../../tools/simulate/product.ts';
import { cpuEach, cpuMs } from '../lib/cpu.ts';
import { Http } from '../lib/http.ts';
import { accounts } from '../../tools/load/company.ts';
import { busyness, saveResult } from '../lib/report.ts';
import { switchOn } from './automations.ts';
import type { OrderCompany } from './company.ts';
import { companyOf } from './load.ts';

export type CreateOptions = {
  dataDir: string;
  seconds: number;
  callers: number;
  keep: boolean;
};

const subjects = [
  '电机异响',
  '发票抬头错误',
  '收货地址修改',
  'Screen stays black',
  '会员积分未到账',
];

/** An order as an agent writes it down. */
const bodyOf = ({ categories, departments }: OrderCompany, nth: number): object => ({
  subject: subjects[nth % subjects.length],
  description: '客户来电：开机后有异响，约十分钟后停机，已重启两次，问题依旧。希望尽快上门处理。',
  customerName: '李雷',
  phones: [`138${String(nth % 100_000_000).padStart(8, '0')}`],
  categoryId: categories[nth % categories.length]?.id,
  departmentId: departments[nth % departments.length]?.id,
  priority: 'normal',
  idempotencyKey: randomUUID(),
});

type Created = { orders: number; perSecond: number; ms: ReturnType<Durations['summary']> };

/** Callers who each record one order after the other. */
async function record(
  http: Http,
  headers: Record<string, string>[],
  { seconds, company }: { seconds: number; company: OrderCompany },
): Promise<Created> {
  const durations = new Durations();
  const begin = performance.now();
  const end = begin + seconds * 1000;
  let nth = 0;
  const caller = async (own: Record<string, string>): Promise<void> => {
    while (performance.now() < end) {
      const reply = await http.post('/api/orders', own, bodyOf(company, nth++));
      if (reply.status !== 201) throw new Error(`${reply.status} ${reply.body}`);
      durations.add(reply.ms);
    }
  };
  await Promise.all(headers.map(caller));
  const took = (performance.now() - begin) / 1000;
  const perSecond = Math.round(durations.count / took);
  return { orders: durations.count, perSecond, ms: durations.summary() };
}

/** Waits until automations have looked at all that happened; the seconds that took. */
async function untilAnswered(pool: Pool): Promise<number> {
  const begin = performance.now();
  for (;;) {
    const { rows } = await pool.query<{ waiting: boolean }>(`
      select exists (select from outbox_event e where (e.xid, e.id) > (c.xid, c.id) and e.type = 'order.changed') as waiting
      from listener_cursor c where listener = 'automations.react'`);
    if (rows[0]?.waiting !== true) return Math.round((performance.now() - begin) / 100) / 10;
    await sleep(100);
  }
}

/** Orders recorded through the interface each second, with their clocks set and automations looking at each. */
export async function measureCreation(options: CreateOptions) {
  const { dataDir, seconds, keep } = options;
  const company = await companyOf(dataDir);
  const product = new Product({ dataDir, port: await freePort() });
  await product.start();
  const http = new Http(product.baseUrl);
  const database = await openDatabase({ dataDir, log: consoleLog, share: true });
  try {
    const headers: Record<string, string>[] = [];
    for (let at = 0; at < options.callers; at += 1) {
      const client = new Client(product.baseUrl);
      const email = accounts.agent.email.replace('agent1', `agent${(at % 40) + 1}`);
      await client.signIn(email, accounts.agent.password);
      headers.push({ ...client.headers });
    }
    const admin = new Client(product.baseUrl);
    await admin.signIn(accounts.administrator.email, accounts.administrator.password);
    const automations = await switchOn(admin);
    await record(http, headers, { seconds: 3, company });
    await untilAnswered(database.pool);
    const before = busyness();
    const spent = cpuMs(product.pid ?? 0);
    const created = await record(http, headers, { seconds, company });
    const automationsBehindSeconds = await untilAnswered(database.pool);
    const cpuMsPerOrder = cpuEach(spent, cpuMs(product.pid ?? 0), created.orders);
    const { rows } = await database.pool.query<{ orders: number; timers: number; runs: number }>(`
      select (select count(*)::int from work_order) as orders,
        (select count(*)::int from timer where kind = 'order.alarm') as timers,
        (select count(*)::int from automation_run) as runs`);
    const speeds = { ...created, automationsBehindSeconds, cpuMsPerOrder };
    const result = { busyBefore: before, automations, ...speeds, ...rows[0] };
    process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
    if (keep) saveResult('orders-create', result);
    if (created.perSecond < 300) process.exitCode = 1;
  } finally {
    http.close();
    await database.close();
    await product.stop();
  }
}
