import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { errorCode } from '../error-code.ts';

function readSecret(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * The installation's own secret, made at the first call and kept in `DATA_DIR/secret` (only the owner may read it).
 * Processes that start together get the same one: the file appears complete or not at all, and the first one wins.
 */
export function installationSecret(dataDir: string): string {
  const path = join(dataDir, 'secret');
  const existing = readSecret(path);
  if (existing !== undefined) return existing;

  mkdirSync(dataDir, { recursive: true });
  const draft = join(dataDir, `.secret-${randomBytes(6).toString('hex')}`);
  writeFileSync(draft, `${randomBytes(36).toString('base64url')}\n`, {
    mode: 0o600,
    flag: 'wx',
    flush: true,
  });
  try {
    linkSync(draft, path);
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  return readSecret(path) ?? '';
}
