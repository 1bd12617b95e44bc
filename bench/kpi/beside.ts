// Reads reports, or imports a file, in a process of its own: whoever measures chats must not be kept waiting by it.
import { fork, spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { beModest } from '../../server/src/platform/modest.ts';
import { signIn } from '../kpi-check/ask.ts';
import { Http } from '../lib/http.ts';
import type { Span } from './cases.ts';
import { timedImport } from './imported.ts';
import type { Imported } from './imported.ts';
import { readOn } from './pages.ts';

export type Reading = { what: 'reports'; baseUrl: string; whole: Span; seconds: number };
export type Importing = { what: 'import'; baseUrl: string; file: string; log: string; pid: number };

async function pagesRead({ baseUrl, whole, seconds }: Reading): Promise<number> {
  const { headers } = await signIn(baseUrl);
  const http = new Http(baseUrl);
  const end = performance.now() + seconds * 1000;
  const count = await readOn({ http, headers, whole }, () => performance.now() > end);
  http.close();
  return count;
}

const importedFile = async ({ baseUrl, ...of }: Importing): Promise<Imported> =>
  timedImport(await signIn(baseUrl), of, () => {});

/** Does it beside this process; gives the pages read, or what the import came to. */
export function beside(work: Reading): Promise<number>;
export function beside(work: Importing): Promise<Imported>;
export function beside(work: Reading | Importing): Promise<number | Imported> {
  return new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(import.meta.url));
    child.once('message', (result) => resolve(result as number | Imported));
    child.once('exit', (code) => reject(new Error(`ended early with ${code}`)));
    child.send(work);
  });
}

/**
 * An endless loop for each processor, as modest as imports and reports are: what any neighbour costs on this machine that
 * neither reads nor writes.
 */
export async function besideLoops(seconds: number): Promise<void> {
  const loops = Array.from({ length: availableParallelism() }, () =>
    spawn(process.execPath, ['-e', 'for (;;);'], { detached: true }),
  );
  for (const { pid } of loops) await beModest(pid);
  await sleep(seconds * 1000);
  for (const loop of loops) loop.kill('SIGKILL');
}

if (process.send) {
  process.once('message', (work: Reading | Importing) => {
    const done: Promise<number | Imported> =
      work.what === 'reports' ? pagesRead(work) : importedFile(work);
    void done.then((result) => process.send?.(result, () => process.exit()));
  });
}
