/**
 * Real requests of a city driven through the product on a simulated clock, then every deadline and escalation worked
 * out again by a script that knows nothing of the product.
 * `node bench/orders-replay.ts [FILE] [--requests N] [--grain SECONDS] [--minutes N] [--facts FILE] [--keep-result]`
 * After so many minutes no more requests are taken; those begun are lived to their end.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { replay } from '../tools/replay/drive.ts';
import { writeFacts } from '../tools/replay/facts.ts';
import { lifeOf } from '../tools/replay/plan.ts';
import { readRequests } from '../tools/replay/requests.ts';
import { openInstallation } from '../tools/replay/installation.ts';
import { checkFacts } from './orders-check/main.ts';
import { busyness, saveResult } from './lib/report.ts';

const { values, positionals } = parseArgs({
  options: {
    requests: { type: 'string' },
    grain: { type: 'string', default: '300' },
    minutes: { type: 'string' },
    facts: { type: 'string' },
    'keep-result': { type: 'boolean', default: false },
  },
  allowPositionals: true,
});
const shared = join(import.meta.dirname, '../../shared/data/requests/nyc311-2015.csv');
const folder = mkdtempSync(join(tmpdir(), 'yingda-replay-'));
const facts = values.facts ?? join(folder, 'facts.jsonl');
const before = busyness();
const requests = readRequests(positionals[0] ?? shared, Number(values.requests ?? Infinity));
const lives = requests.map(lifeOf);
const installation = await openInstallation({ folder, lives });
const begin = performance.now();
let shown = 0;
const lastMinute = Number(values.minutes ?? Infinity);
const seconds = (): number => Math.round((performance.now() - begin) / 1000);
try {
  const { centre, clock, pool, settle } = installation;
  const lived = await replay(
    {
      centre,
      clock,
      pool,
      settle,
      grainMs: Number(values.grain) * 1000,
      atOnce: 16,
      isOpen: () => seconds() < lastMinute * 60,
      progress: (done, of) => {
        if (Math.floor(done / 1000) === shown) return;
        shown = Math.floor(done / 1000);
        const on = new Date(clock.now()).toISOString().slice(0, 16);
        process.stderr.write(`${done} of ${of} deeds, ${on}, ${seconds()} s\n`);
      },
    },
    lives,
  );
  writeFacts(facts, lived);
  const { counts, differences } = checkFacts(facts);
  const deeds = lived.reduce((sum, { performed }) => sum + performed.length, 0);
  const result = {
    busyBefore: before,
    seconds: seconds(),
    requestsGiven: requests.length,
    deeds,
    compared: counts,
    differences: differences.length,
  };
  process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
  for (const one of differences.slice(0, 20)) process.stdout.write(`${JSON.stringify(one)}\n`);
  if (values['keep-result']) saveResult('orders-replay', result);
  if (differences.length > 0) process.exitCode = 1;
} finally {
  await installation.close();
  rmSync(folder, { recursive: true, force: true });
}
