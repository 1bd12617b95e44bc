/**
 * The replay of real requests with three processes that are killed at random (`kill -9`): each timer fires once, no
 * step is lost, nobody gets a mail twice. `node bench/orders-crash.ts [FILE] [--requests N] [--kills N] [--grain MINUTES]
 * [--seed N] [--keep-result]`
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startEmbedded } from '../server/src/platform/db/index.ts';
import { silentLog } from '../server/src/platform/db/log.ts';
import { startSmtpServer } from '../server/test/smtp-server.ts';
import { crashReplay } from '../tools/replay/crash.ts';
import { writeFacts } from '../tools/replay/facts.ts';
import { lifeOf } from '../tools/replay/plan.ts';
import { readRequests } from '../tools/replay/requests.ts';
import { busyness, saveResult } from './lib/report.ts';
import { checkFacts } from './orders-check/main.ts';

const { values, positionals } = parseArgs({
  options: {
    requests: { type: 'string', default: '1500' },
    kills: { type: 'string', default: '60' },
    grain: { type: 'string', default: '30' },
    seed: { type: 'string', default: '1' },
    'keep-result': { type: 'boolean', default: false },
  },
  allowPositionals: true,
});
const shared = join(import.meta.dirname, '../../shared/data/requests/nyc311-2015.csv');
const folder = mkdtempSync(join(tmpdir(), 'yingda-crash-'));
const lives = readRequests(positionals[0] ?? shared, Number(values.requests)).map(lifeOf);
const mail = await startSmtpServer();
const server = await startEmbedded({
  dataDir: join(folder, 'server'),
  log: silentLog,
  throwaway: true,
});
const before = busyness();
const begin = performance.now();
let shown = 0;
try {
  const { lived, ...crashed } = await crashReplay({
    serverUrl: server.url,
    folder,
    lives,
    mail,
    grainMs: Number(values.grain) * 60_000,
    atOnce: 6,
    kills: Number(values.kills),
    seed: Number(values.seed),
    progress: (done, of, kills) => {
      if (Math.floor(done / 100) === shown) return;
      shown = Math.floor(done / 100);
      process.stderr.write(`${done} of ${of} deeds, ${kills} kills\n`);
    },
  });
  const facts = join(folder, 'facts.jsonl');
  writeFacts(facts, lived);
  const { counts, differences } = checkFacts(facts);
  const seconds = Math.round((performance.now() - begin) / 1000);
  const result = {
    busyBefore: before,
    seconds,
    requests: lives.length,
    ...crashed,
    compared: counts,
    differences: differences.length,
  };
  process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
  for (const one of differences.slice(0, 20)) process.stdout.write(`${JSON.stringify(one)}\n`);
  if (values['keep-result']) saveResult('orders-crash', result);
  const { untold, notedTwice, mailedTwice, lost, waiting } = crashed.mail;
  const faults = [crashed.timersLeft, untold, notedTwice, mailedTwice, lost, waiting];
  if (faults.some((count) => count > 0) || differences.length > 0) process.exitCode = 1;
} finally {
  await server.stop();
  await mail.close();
  rmSync(folder, { recursive: true, force: true });
}
