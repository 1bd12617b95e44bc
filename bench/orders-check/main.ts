// Checks what the product says of the orders of a replay. `node bench/orders-check/main.ts FACTS [CALENDARS]`: prints
// how much was compared and each difference; exit code 1 when there is one. Imports nothing of the product.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { countMinutes, roundTheClock } from './calendar.ts';
import type { Hours } from './calendar.ts';
import { Check } from './plain.ts';
import type { Counts, Difference, Facts } from './plain.ts';

/** Around the time that the requests are of. */
const FIRST = Date.parse('2015-12-01T00:00:00Z');
const LAST = Date.parse('2016-04-01T00:00:00Z');

export function checkFacts(
  file: string,
  calendarsFile = join(import.meta.dirname, 'calendars.json'),
): { counts: Counts; differences: Difference[] } {
  const hours = JSON.parse(readFileSync(calendarsFile, 'utf8')) as Record<string, Hours>;
  const walked = new Map(
    Object.entries(hours).map(([name, of]) => [name, countMinutes(of, FIRST, LAST)]),
  );
  const usual = walked.get('organisation') ?? roundTheClock;
  const check = new Check((department) => ({
    desk: walked.get('desk') ?? usual,
    department: walked.get(department) ?? usual,
    all: roundTheClock,
  }));
  for (const line of readFileSync(file, 'utf8').trimEnd().split('\n')) {
    check.order(JSON.parse(line) as Facts);
  }
  return check;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [, , facts = '', calendars] = process.argv;
  const { counts, differences } = checkFacts(facts, calendars);
  process.stdout.write(`${JSON.stringify(counts, null, 2)}\n`);
  for (const one of differences.slice(0, 100)) process.stdout.write(`${JSON.stringify(one)}\n`);
  process.stdout.write(`${differences.length} differences\n`);
  if (differences.length > 0) process.exitCode = 1;
}
