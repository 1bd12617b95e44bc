import { spawn, spawnSync } from 'node:child_process';
import { root } from './node.mjs';

/** Runs a program in the checkout with its output shown; gives its exit code, -1 when it cannot be run. */
export function run(file, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(file, args, {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      ...options,
    });
    child.on('error', () => resolve(-1));
    child.on('close', (code) => resolve(code ?? 1));
  });
}

/** What a short program says, or null when it fails or does not exist. */
export function ask(file, args) {
  const { status, stdout } = spawnSync(file, args, { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : null;
}
