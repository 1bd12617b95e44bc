import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './node.mjs';

const SKIPPED = new Set(['node_modules', 'dist', 'coverage']);

function filesOf(path) {
  const entries = readdirSync(join(root, path), { withFileTypes: true });
  return entries
    .filter((entry) => !SKIPPED.has(entry.name))
    .flatMap((entry) =>
      entry.isDirectory() ? filesOf(`${path}/${entry.name}`) : [`${path}/${entry.name}`],
    );
}

/** One value for the contents of these files and folders of the checkout; what is missing counts as empty. */
export function hashOf(files, folders = []) {
  const hash = createHash('sha256');
  const all = [
    ...files,
    ...folders.filter((folder) => existsSync(join(root, folder))).flatMap(filesOf),
  ];
  for (const file of all.sort((a, b) => (a < b ? -1 : 1))) {
    const path = join(root, file);
    hash
      .update(`${file}\0`)
      .update(existsSync(path) ? readFileSync(path) : '')
      .update('\0');
  }
  return hash.digest('hex');
}

/** True when the stamp file holds this value. */
export function isStamped(file, value) {
  return existsSync(file) && readFileSync(file, 'utf8').trim() === value;
}
