import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the checkout. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

const skipped = new Set(['node_modules', 'dist', '.git', 'data', 'coverage']);

/** All files below a folder of the checkout, as paths with forward slashes from its root; none when it is absent. */
export function filesBelow(folder: string): string[] {
  const start = join(root, folder);
  if (!existsSync(start)) return [];
  const found: string[] = [];
  const walk = (current: string): void => {
    for (const entry of readdirSync(current, { withFileTypes: true })) {
      if (skipped.has(entry.name)) continue;
      const path = join(current, entry.name);
      if (entry.isDirectory()) walk(path);
      else found.push(relative(root, path).split(sep).join('/'));
    }
  };
  walk(start);
  return found.toSorted();
}

/** The files git knows plus the new ones it does not ignore, deleted ones left out. */
export function trackedFiles(): string[] {
  const list = execFileSync(
    'git',
    ['ls-files', '-z', '--cached', '--others', '--exclude-standard'],
    {
      cwd: root,
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    },
  );
  return [...new Set(list.split('\0'))].filter((path) => path && existsSync(join(root, path)));
}

/** A file's text, by its path from the root of the checkout. */
export function read(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

/** True when the path from the root of the checkout exists. */
export function exists(path: string): boolean {
  return existsSync(join(root, path));
}

/** Prints each fault on a line of its own, or the good news, and sets the exit code. */
export function report(faults: readonly string[], good: string): void {
  for (const fault of faults) console.log(fault);
  if (faults.length === 0) console.log(good);
  else process.exitCode = 1;
}
