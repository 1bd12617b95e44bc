import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { consoleLog, openDatabase } from '../../server/src/platform/db/index.ts';
import { accounts } from '../../tools/load/company.ts';
import { Client } from '../../tools/simulate/client.ts';
import { freePort, Product } from '../../tools/simulate/product.ts';
import { asRow, isOver, keptCases, measureAll } from '../lib/cases.ts';
import { Http } from '../lib/http.ts';
import { busyness, saveResult, table } from '../lib/report.ts';
import { casesFor, targets } from './cases.ts';
import type { Role } from './cases.ts';
import { handlerAccount, managerAccount } from './company.ts';
import { readSamples } from './samples.ts';

const signIns: Record<Role, { email: string; password: string }> = {
  administrator: accounts.administrator,
  supervisor: accounts.supervisor,
  agent: accounts.agent,
  manager: managerAccount,
  handler: handlerAccount,
};

async function signInAll(baseUrl: string): Promise<Record<string, Record<string, string>>> {
  const callers: Record<string, Record<string, string>> = {};
  for (const [role, { email, password }] of Object.entries(signIns)) {
    const client = new Client(baseUrl);
    await client.signIn(email, password);
    callers[role] = { ...client.headers };
  }
  return callers;
}

export type ReadsOptions = {
  dataDir: string;
  calls: number;
  rounds: number;
  only: string | undefined;
  keep: boolean;
};

/** How fast lists, boards, calendars, counts, search and an order come, beside plain SQL where that says something. */
export async function measureReads({ dataDir, calls, rounds, only, keep }: ReadsOptions) {
  const product = new Product({ dataDir, port: await freePort() });
  await product.start();
  const databaseUrl = process.env['DATABASE_URL'];
  const database = await openDatabase({ databaseUrl, dataDir, log: consoleLog, share: true });
  const http = new Http(product.baseUrl);
  try {
    const pattern = new RegExp(only ?? '');
    const cases = (await casesFor(await readSamples(database.pool))).filter(({ group, name, as }) =>
      pattern.test(`${group} ${name} ${as}`),
    );
    const callers = await signInAll(product.baseUrl);
    const before = busyness();
    const { pool } = database;
    const results = await measureAll({ http, pool, callers, targets, calls, rounds }, cases);
    process.stdout.write(`${table(results.map(asRow))}\n`);
    if (keep) {
      const data: unknown = JSON.parse(readFileSync(join(dataDir, 'order-load.json'), 'utf8'));
      const kept = keptCases(results, { file: 'orders-reads', isPart: only !== undefined });
      saveResult('orders-reads', { data, busyBefore: before, cases: kept });
    }
    if (results.some(isOver)) process.exitCode = 1;
  } finally {
    http.close();
    await database.close();
    await product.stop();
  }
}
