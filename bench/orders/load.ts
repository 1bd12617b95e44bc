import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { consoleLog, openDatabase } from '../../server/src/platform/db/index.ts';
import { monthsBefore } from '../../tools/load/timeline.ts';
import { freePort, Product } from '../../tools/simulate/product.ts';
import { loadQuestions } from '../../tools/simulate/questions.ts';
import { foundOrderCompany } from './company.ts';
import type { OrderCompany } from './company.ts';
import { fillOrders } from './fill.ts';

const say = (text: string): void => void process.stderr.write(`${text}\n`);

/** Founded once; a folder may be filled again. */
export async function companyOf(dataDir: string, isAlways = false): Promise<OrderCompany> {
  const file = join(dataDir, 'order-company.json');
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as OrderCompany;
  const product = new Product({ dataDir, port: await freePort() });
  await product.start();
  const company = await foundOrderCompany(product.baseUrl, isAlways).finally(() => product.stop());
  writeFileSync(file, JSON.stringify(company));
  return company;
}

export type LoadOptions = {
  dataDir: string;
  orders: number;
  customers: number;
  /** When set, all orders are open and their next alarms are due then. */
  allDueAt?: number;
};

/** Fills an installation (founded when new) with orders of two years; what it had of orders is gone. */
export async function loadOrders({ dataDir, orders, customers, allDueAt }: LoadOptions) {
  const company = await companyOf(dataDir, allDueAt !== undefined);
  const databaseUrl = process.env['DATABASE_URL'];
  const database = await openDatabase({ databaseUrl, dataDir, log: consoleLog });
  try {
    const until = Date.now();
    const plan = {
      seed: 1,
      orders,
      customers,
      from: monthsBefore(until, 24),
      until,
      company,
      questions: loadQuestions(undefined).questions,
      stuckShare: 0.15,
      ...(allDueAt !== undefined && { allDueAt }),
    };
    const loaded = await fillOrders(database.pool, plan, say);
    writeFileSync(join(dataDir, 'order-load.json'), `${JSON.stringify(loaded)}\n`);
    say(`${loaded.orders} orders in ${loaded.seconds} s`);
  } finally {
    await database.close();
  }
}
