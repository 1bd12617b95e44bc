/** Fills a new installation with a company's years of conversations: for trying the product out at size, and for bench/. */
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { consoleLog, openDatabase } from '../server/src/platform/db/index.ts';
import { accounts, foundCompany } from './load/company.ts';
import type { Plan } from './load/conversation.ts';
import { fill } from './load/fill.ts';
import { produced } from './load/producer.ts';
import { monthsBefore } from './load/timeline.ts';
import { freePort, Product } from './simulate/product.ts';
import { loadQuestions } from './simulate/questions.ts';

const help = `npm run load -- --data DIR [options]

Founds a company in a new installation (eight teams, 48 agents) and fills it with conversations of the past.

  --data DIR           data folder of the installation; with DATABASE_URL set, rows go to that server
  --conversations N    (100000)
  --messages-per N     messages in a conversation, on average (3)
  --months N           how far the past reaches (24)
  --until INSTANT      where it ends (now); with the same seed and the same instant the same is said
  --seed N             (1)
  --questions FILE     a CSV file, or a folder of them`;

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    conversations: { type: 'string', default: '100000' },
    'messages-per': { type: 'string', default: '3' },
    months: { type: 'string', default: '24' },
    until: { type: 'string' },
    seed: { type: 'string', default: '1' },
    questions: { type: 'string' },
    help: { type: 'boolean' },
  },
});

const say = (text: string): void => void process.stderr.write(`${text}\n`);

/** Partitions for the months of the past, this one and those the product makes ahead. */
const MONTHS_AHEAD = 4;

async function planOf(dataDir: string): Promise<Plan> {
  const until = values.until ? Date.parse(values.until) : Date.now();
  const { questions, source } = loadQuestions(values.questions);
  const product = new Product({ dataDir, port: await freePort() });
  say(`the product is ready after ${Math.round(await product.start())} ms; questions: ${source}`);
  try {
    const company = await foundCompany(product.baseUrl);
    return {
      seed: Number(values.seed),
      conversations: Number(values.conversations),
      messagesPer: Number(values['messages-per']),
      from: monthsBefore(until, Number(values.months)),
      until,
      company,
      questions,
    };
  } finally {
    await product.stop();
  }
}

async function main(): Promise<void> {
  if (values.help || !values.data) return say(help);
  const dataDir = resolve(values.data);
  const plan = await planOf(dataDir);
  say(`${plan.company.teams.length} teams are there; loading`);
  const databaseUrl = process.env['DATABASE_URL'];
  const database = await openDatabase({ databaseUrl, dataDir, log: consoleLog });
  try {
    const months = Number(values.months) + 1 + MONTHS_AHEAD;
    const loaded = await fill(database.pool, produced(plan), { from: plan.from, months, say });
    const { company: _, questions: __, ...what } = plan;
    const report = { ...what, ...loaded, accounts };
    writeFileSync(join(dataDir, 'load.json'), `${JSON.stringify(report, null, 2)}\n`);
    say(
      `${loaded.conversations} conversations with ${loaded.messages} messages in ${loaded.seconds.toFixed(0)} s.\n` +
        `Sign in as ${accounts.administrator.email} with ${accounts.administrator.password}.`,
    );
  } finally {
    await database.close();
  }
}

await main();
