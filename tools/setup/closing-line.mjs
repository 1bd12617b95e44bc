/** The last line of a whole run: reads what its parts left in a folder, prints the sum, fails unless all passed. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkTotals, lineOf, partTotals, sumOf } from './totals.mjs';

const folder = process.argv[2] ?? '';

function textOf(name) {
  const file = join(folder, name);
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

const parts = {
  'all tests': partTotals(textOf('tests.json'), textOf('tests.exit')),
  'server tests on PostgreSQL 15': partTotals(textOf('server15.json'), textOf('server15.exit')),
  checks: checkTotals(textOf('check.log'), textOf('check.exit')),
};
for (const [name, totals] of Object.entries(parts)) console.log(`${name}: ${lineOf(totals)}`);
const sum = sumOf(Object.values(parts));
console.log(`\n${lineOf(sum)}`);
process.exitCode = sum.failed === 0 && sum.passed > 0 ? 0 : 1;
