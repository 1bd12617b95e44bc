import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { errorCode } from '../error-code.ts';
import type { ConfigFault } from './fault.ts';

/** The settings in the `.env` file of a folder; none when there is no such file. */
export function readEnvFile(cwd: string): {
  values: Record<string, string | undefined>;
  fault?: ConfigFault;
} {
  try {
    // Editors on Windows begin a file with a byte order mark, which would become part of the first name.
    return { values: parseEnv(readFileSync(join(cwd, '.env'), 'utf8').replace(/^\uFEFF/, '')) };
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ENOENT') return { values: {} };
    const problem = `in ${cwd} cannot be read (${code ?? 'unknown error'})`;
    return {
      values: {},
      fault: { name: '.env', problem, remedy: 'Make it a readable text file, or remove it.' },
    };
  }
}
