import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { freePort, Product } from './product.ts';
import { loadQuestions } from './questions.ts';
import { isClean, run } from './run.ts';
import type { RunOptions } from './run.ts';

const help = `npm run simulate -- [options]

Visitors ask and agents answer over the product's own HTTP and WebSocket interfaces; the report tells what was
delivered, lost and doubled, and how fast.

  --url URL            an installation that runs already (default: a throw-away one is started)
  --email, --password  an administrator of that installation
  --visitors N         visitors at once (200)
  --agents N           agents (20)
  --chats N            chats an agent holds at once (12)
  --seconds N          how long visitors keep coming (300)
  --turns N            questions in a visit (3)
  --rate N             visitors' messages per second (default: as fast as they are answered)
  --think FROM-TO      how long an agent thinks, in ms (200-1500)
  --questions FILE     a CSV file, or a folder of them
  --kills N            kill -9 the server so many times during the run (only with a throw-away one)`;

const { values } = parseArgs({
  options: {
    url: { type: 'string' },
    email: { type: 'string' },
    password: { type: 'string' },
    visitors: { type: 'string', default: '200' },
    agents: { type: 'string', default: '20' },
    chats: { type: 'string', default: '12' },
    seconds: { type: 'string', default: '300' },
    turns: { type: 'string', default: '3' },
    rate: { type: 'string' },
    think: { type: 'string', default: '200-1500' },
    questions: { type: 'string' },
    kills: { type: 'string', default: '0' },
    help: { type: 'boolean' },
  },
});

const say = (text: string): void => void process.stderr.write(`${text}\n`);

/** Kills the product again and again while the load is on. */
function killer(product: Product, kills: number, seconds: number): RunOptions['during'] {
  return async () => {
    for (let at = 1; at <= kills; at += 1) {
      await sleep((seconds * 1000) / (kills + 1));
      await product.kill();
      const ms = await product.start();
      say(`killed and started again ${at}/${kills} (ready after ${Math.round(ms)} ms)`);
    }
  };
}

/** The run as the words on the command line ask for it. */
function optionsFor(baseUrl: string, questions: string[], product: Product | null): RunOptions {
  const [from = 0, to = 0] = values.think.split('-').map(Number);
  const seconds = Number(values.seconds);
  const kills = Number(values.kills);
  return {
    baseUrl,
    admin: {
      email: values.email ?? 'admin@simulate.yingda.local',
      password: values.password ?? 'simulated-admin-2026',
    },
    visitors: Number(values.visitors),
    agents: Number(values.agents),
    chats: Number(values.chats),
    seconds,
    turns: Number(values.turns),
    rate: values.rate ? Number(values.rate) : null,
    think: [from, to],
    questions,
    during: product && kills > 0 ? killer(product, kills, seconds) : undefined,
  };
}

async function main(): Promise<void> {
  if (values.help) return say(help);
  const { questions, source } = loadQuestions(values.questions);
  const dataDir = mkdtempSync(join(tmpdir(), 'yingda-simulate-'));
  const product = values.url ? null : new Product({ dataDir, port: await freePort() });
  if (product) say(`ready after ${Math.round(await product.start())} ms`);
  say(`questions: ${source}`);
  try {
    const report = await run(optionsFor(values.url ?? product?.baseUrl ?? '', questions, product));
    const kills = Number(values.kills);
    process.stdout.write(`${JSON.stringify({ ...report, kills }, null, 2)}\n`);
    if (!isClean(report)) process.exitCode = 1;
  } finally {
    await product?.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

await main();
