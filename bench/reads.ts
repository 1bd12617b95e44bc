/** How fast the desk reads with a million conversations behind it. `node bench/reads.ts --data DIR` after `npm run load`. */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { consoleLog, openDatabase } from '../server/src/platform/db/index.ts';
import { accounts } from '../tools/load/company.ts';
import { Client } from '../tools/simulate/client.ts';
import { freePort, Product } from '../tools/simulate/product.ts';
import { asRow, isOver, keptCases, measureAll } from './lib/cases.ts';
import { Http } from './lib/http.ts';
import { busyness, readLoaded, saveResult, table } from './lib/report.ts';
import { casesFor, targets } from './reads/cases.ts';
import type { Role } from './reads/cases.ts';
import { readSamples } from './reads/samples.ts';

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    calls: { type: 'string', default: '200' },
    rounds: { type: 'string', default: '1' },
    only: { type: 'string' },
    'keep-result': { type: 'boolean', default: false },
  },
});

type Callers = Record<Role, Record<string, string>>;

async function signInAll(baseUrl: string): Promise<Callers> {
  const headersOf = async (role: Role): Promise<Record<string, string>> => {
    const client = new Client(baseUrl);
    await client.signIn(accounts[role].email, accounts[role].password);
    return { ...client.headers };
  };
  return {
    administrator: await headersOf('administrator'),
    supervisor: await headersOf('supervisor'),
    agent: await headersOf('agent'),
    former: await headersOf('former'),
  };
}

async function main(): Promise<void> {
  if (!values.data) throw new Error('--data DIR: an installation filled by `npm run load`');
  const dataDir = resolve(values.data);
  const product = new Product({ dataDir, port: await freePort() });
  await product.start();
  const databaseUrl = process.env['DATABASE_URL'];
  const database = await openDatabase({ databaseUrl, dataDir, log: consoleLog, share: true });
  const http = new Http(product.baseUrl);
  try {
    const only = values.only ? new RegExp(values.only) : null;
    const cases = (await casesFor(await readSamples(database.pool))).filter(
      ({ group, name, as }) => !only || only.test(`${group} ${name} ${as}`),
    );
    const before = busyness();
    const place = {
      http,
      pool: database.pool,
      callers: await signInAll(product.baseUrl),
      targets,
      calls: Number(values.calls),
      rounds: Number(values.rounds),
    };
    const results = await measureAll(place, cases);
    process.stdout.write(`${table(results.map(asRow))}\n`);
    if (values['keep-result']) {
      const file = saveResult('reads', {
        data: readLoaded(dataDir),
        busyBefore: before,
        cases: keptCases(results, { file: 'reads', isPart: only !== null }),
      });
      process.stdout.write(`${file}\n`);
    }
    if (results.some(isOver)) process.exitCode = 1;
  } finally {
    http.close();
    await database.close();
    await product.stop();
  }
}

await main();
