import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, totalmem } from 'node:os';
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

/** What `npm run load` left beside the data it made. */
export type LoadedData = { conversations: number; messages: number; seed: number; until: number };

export function readLoaded(dataDir: string): LoadedData {
  return JSON.parse(readFileSync(join(dataDir, 'load.json'), 'utf8')) as LoadedData;
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
