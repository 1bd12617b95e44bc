import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';

/** What a figure was measured on; results of different machines are never compared. */
export function machine(): Record<string, string | number> {
  return {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    memoryGb: Math.round(totalmem() / 1024 ** 3),
    node: process.version,
    os: process.platform,
  };
}

/** Keeps a result under `bench/results/<name>.json`, with when and on what it was measured. */
export function saveResult(name: string, result: object): string {
  const folder = join(import.meta.dirname, '..', 'results');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${name}.json`);
  const at = new Date().toISOString().slice(0, 16);
  writeFileSync(
    file,
    `${JSON.stringify({ at: `${at}Z`, machine: machine(), ...result }, null, 2)}\n`,
  );
  return file;
}

/** The cases of an earlier result that were not measured this time: a part may be measured again by itself. */
export function otherCases<Case>(name: string, measured: (earlier: Case) => boolean): Case[] {
  const file = join(import.meta.dirname, '..', 'results', `${name}.json`);
  if (!existsSync(file)) return [];
  const { cases } = JSON.parse(readFileSync(file, 'utf8')) as { cases: Case[] };
  return cases.filter((earlier) => !measured(earlier));
}

/** What `npm run load` left beside the data it made. */
export type LoadedData = { conversations: number; messages: number; seed: number; seconds: number };

export function readLoaded(dataDir: string): LoadedData {
  const { conversations, messages, seed, seconds } = JSON.parse(
    readFileSync(join(dataDir, 'load.json'), 'utf8'),
  ) as LoadedData;
  return { conversations, messages, seed, seconds: Math.round(seconds) };
}

/** How busy the machine was in the last minute, for each core: above 1 others took part, and p95 says little. */
export function busyness(): number {
  return Math.round(((loadavg()[0] ?? 0) / availableParallelism()) * 10) / 10;
}

/** Rows as a text table for the terminal. */
export function table(rows: Record<string, string | number>[]): string {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const lines = [names, ...rows.map((row) => names.map((name) => String(row[name] ?? '')))];
  const widths = names.map((_, at) => Math.max(...lines.map((line) => (line[at] ?? '').length)));
  const numeric = (text: string): boolean => /^[\d.,×]*$/.test(text);
  return lines
    .map((line) =>
      line
        .map((text, at) =>
          numeric(text) ? text.padStart(widths[at] ?? 0) : text.padEnd(widths[at] ?? 0),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
