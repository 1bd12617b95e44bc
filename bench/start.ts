// How soon the product is ready, cold (a new data folder) and warm, and what it takes when idle.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort, Product } from '../tools/simulate/product.ts';
import { Durations } from '../tools/simulate/ledger.ts';
import { memoryMb } from './lib/memory.ts';
import { saveResult } from './lib/report.ts';

const ROUNDS = 5;
const IDLE_MS = 30_000;

/** The embedded server is no child of ours where it was started through a user namespace: its pid is in its folder. */
function databasePid(dataDir: string): number {
  return Number(readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]);
}

const cold = new Durations();
const warm = new Durations();
let idleMb = 0;
for (let round = 0; round < ROUNDS; round += 1) {
  const dataDir = mkdtempSync(join(tmpdir(), 'yingda-start-'));
  const product = new Product({ dataDir, port: await freePort() });
  cold.add(await product.start());
  await product.stop();
  warm.add(await product.start());
  if (round === ROUNDS - 1) {
    await sleep(IDLE_MS);
    idleMb = memoryMb(product.pid ?? 0, databasePid(dataDir));
  }
  await product.stop();
  rmSync(dataDir, { recursive: true, force: true });
}
const result = { rounds: ROUNDS, coldMs: cold.summary(), warmMs: warm.summary(), idleMb };
saveResult('start', result);
process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
