import { Worker } from 'node:worker_threads';
import { Problem } from '../../../kernel/problem.ts';
import type { ReportDocument } from '../domain/document.ts';
import type { Grid } from '../domain/grid.ts';
import type { Drawing, RenderAnswer, RenderRequest } from './render-worker.ts';

/** A minute is fifty times what the largest report takes. */
const MOST_MS = 60_000;
const MOST_WAITING = 40;
/** A worker that nobody needs holds fonts and code in memory. */
const IDLE_MS = 120_000;

type Waiting = {
  resolve: (bytes: Uint8Array) => void;
  reject: (error: Error) => void;
  timeout: NodeJS.Timeout;
};
type Renderer = { worker: Worker; waiting: Map<number, Waiting>; idle: NodeJS.Timeout | undefined };

let renderer: Renderer | null = null;
let lastId = 0;

/** Ends the worker; whoever waits for it gets the problem. */
function end(one: Renderer, cause: unknown): void {
  if (renderer === one) renderer = null;
  clearTimeout(one.idle);
  for (const { reject, timeout } of one.waiting.values()) {
    clearTimeout(timeout);
    reject(new Problem('export.failed', { cause }));
  }
  one.waiting.clear();
  void one.worker.terminate();
}

function take(one: Renderer, answer: RenderAnswer): void {
  const asked = one.waiting.get(answer.id);
  if (!asked) return;
  one.waiting.delete(answer.id);
  clearTimeout(asked.timeout);
  if ('bytes' in answer) asked.resolve(answer.bytes);
  else asked.reject(new Problem('export.failed', { cause: new Error(answer.error) }));
  if (one.waiting.size > 0) return;
  one.worker.unref();
  one.idle = setTimeout(() => end(one, 'idle'), IDLE_MS).unref();
}

function started(): Renderer {
  if (renderer) return renderer;
  const worker = new Worker(new URL('./render-worker.ts', import.meta.url), {
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: 512 },
  });
  const one: Renderer = { worker, waiting: new Map(), idle: undefined };
  worker.on('message', (answer: RenderAnswer) => take(one, answer));
  worker.on('error', (error) => end(one, error));
  worker.on('exit', (code) => end(one, new Error(`the renderer ended with ${code}`)));
  renderer = one;
  return one;
}

/**
 * Draws the document in a thread of its own, so that the others go on meanwhile. Problems: `export.failed`,
 * `export.busy` when too many are waiting.
 */
function drawn(format: 'pdf' | 'xlsx', what: Drawing): Promise<Uint8Array> {
  const one = started();
  if (one.waiting.size >= MOST_WAITING) return Promise.reject(new Problem('export.busy'));
  clearTimeout(one.idle);
  one.worker.ref();
  lastId += 1;
  const request: RenderRequest = { id: lastId, format, ...what };
  return new Promise((resolve, reject) => {
    const timeout = setTimeout(() => end(one, new Error('the renderer takes too long')), MOST_MS);
    one.waiting.set(request.id, { resolve, reject, timeout });
    one.worker.postMessage(request);
  });
}

export const render = (format: 'pdf' | 'xlsx', document: ReportDocument): Promise<Uint8Array> =>
  drawn(format, { document });

/** The same for a form. */
export const renderGrid = (format: 'pdf' | 'xlsx', grid: Grid): Promise<Uint8Array> =>
  drawn(format, { grid });
