import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { batches } from './batches.ts';
import type { Table } from './batches.ts';
import type { Plan } from './conversation.ts';
import type { Encoded } from './fill.ts';

/** Batches made ahead: enough that neither side waits, few enough that memory stays small. */
const AHEAD = 3;

type Message = { batch: Encoded } | { done: true };

/** Makes the batches of a plan in a thread of its own, while the database takes in those made before. */
export async function* produced(plan: Plan): AsyncGenerator<Encoded> {
  const worker = new Worker(new URL(import.meta.url), { workerData: plan });
  const ready: Message[] = [];
  let wake = (): void => {};
  const failures: Error[] = [];
  worker.on('message', (message: Message) => {
    ready.push(message);
    wake();
  });
  worker.on('error', (error) => {
    failures.push(error instanceof Error ? error : new Error(String(error)));
    wake();
  });
  try {
    for (;;) {
      const message = ready.shift();
      const [failure] = failures;
      if (failure) throw failure;
      if (message === undefined) await new Promise<void>((resolve) => (wake = resolve));
      else if ('done' in message) return;
      else {
        yield message.batch;
        worker.postMessage('taken');
      }
    }
  } finally {
    await worker.terminate();
  }
}

async function produce(plan: Plan): Promise<void> {
  let room = AHEAD;
  let wake = (): void => {};
  const port = parentPort;
  if (!port) return;
  port.on('message', () => {
    room += 1;
    wake();
  });
  const encoder = new TextEncoder();
  for (const { rows, ...counts } of batches(plan)) {
    while (room === 0) await new Promise<void>((resolve) => (wake = resolve));
    room -= 1;
    const encoded = Object.entries(rows).map(
      ([table, text]) => [table, encoder.encode(text)] as const,
    );
    const batch = {
      ...counts,
      rows: Object.fromEntries(encoded) as Partial<Record<Table, Uint8Array>>,
    };
    port.postMessage(
      { batch } satisfies Message,
      encoded.map(([, bytes]) => bytes.buffer),
    );
    // Words of 'taken' are read between batches.
    await new Promise((resolve) => setImmediate(resolve));
  }
  port.postMessage({ done: true } satisfies Message);
  port.close();
}

if (!isMainThread && parentPort) await produce(workerData as Plan);
