import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, runtimeEnv } from './node.mjs';
import { run } from './run.mjs';
import { lineOf, totalsOf } from './totals.mjs';

const FOLDER = join(root, 'node_modules/.cache/yingda-tests');

/**
 * The number that random tests begin from: another one for each state of the project, the same one whenever that
 * state is tested again, so that a red run is red for everybody. YINGDA_SEED takes its place.
 */
function seedOf() {
  if (process.env.YINGDA_SEED) return process.env.YINGDA_SEED;
  try {
    const options = { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] };
    const tree = execFileSync('git', ['rev-parse', 'HEAD^{tree}'], options);
    return String(Number.parseInt(tree.slice(0, 7), 16));
  } catch {
    return '1'; // A copy without its history.
  }
}

/**
 * Runs vitest with these arguments and variables, prints the totals of its own report as the last line, and gives
 * the exit code. A caller that adds several runs up names a file for the totals in YINGDA_TOTALS.
 */
export async function runTests(node, { args, env }) {
  mkdirSync(FOLDER, { recursive: true });
  const report = join(FOLDER, `report-${process.pid}.json`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const exitCode = await run(
    node,
    ['node_modules/vitest/vitest.mjs', 'run', ...args, ...reporters],
    {
      env: { ...process.env, ...runtimeEnv(node), YINGDA_SEED: seedOf(), ...env },
    },
  );
  const totals = totalsOf(report, exitCode);
  rmSync(report, { force: true });
  if (process.env.YINGDA_TOTALS) writeFileSync(process.env.YINGDA_TOTALS, JSON.stringify(totals));
  process.stdout.write(`\n${lineOf(totals)}\n`);
  return totals.failed === 0 ? 0 : 1;
}
