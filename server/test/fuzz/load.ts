import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import * as contract from '@yingda/contract';
import { sql } from 'kysely';
import type { Caller, TestApp } from '../app.ts';

type Written = { key: string; conversationId: string };

/** People who write until told to stop, and write again what was not acknowledged. */
export type Load = {
  written: Written[];
  /** Every refusal's code, with how often it came. */
  refusals: Map<string, number>;
  stop(): Promise<void>;
};

type Writer = Caller & { conversationId: string };

/** Visitors writing one message after the other, each with a key, as the widget does. */
export function writeOn(app: TestApp, writers: Writer[], pauseMs = 5): Load {
  const load = { written: [] as Written[], refusals: new Map<string, number>() };
  let stopped = false;
  async function write(writer: Writer): Promise<void> {
    const key = randomUUID();
    const body = { clientKey: key, parts: [{ type: 'text' as const, text: `第 ${key} 句` }] };
    for (;;) {
      const { status, problem } = await app.request(contract.postVisitorMessage, writer, { body });
      if (status < 400) break;
      load.refusals.set(problem.code, (load.refusals.get(problem.code) ?? 0) + 1);
      await sleep(50);
    }
    load.written.push({ key, conversationId: writer.conversationId });
  }
  const running = writers.map(async (writer) => {
    while (!stopped) {
      await write(writer);
      await sleep(pauseMs);
    }
  });
  return {
    ...load,
    async stop() {
      stopped = true;
      await Promise.all(running);
    },
  };
}

/** Keys that the database holds not exactly once, and conversations whose order has a hole. */
export async function lossesOf(app: TestApp, { written }: Load): Promise<string[]> {
  const keys = written.map(({ key }) => key);
  const { rows } = await sql<{ key: string; times: number }>`
    select client_key as key, count(*)::int as times from message where client_key = any(${keys}::text[]) group by 1
  `.execute(app.ctx.db);
  const times = new Map(rows.map((row) => [row.key, row.times]));
  const wrong = keys.filter((key) => times.get(key) !== 1);
  const holes = await sql<{ id: string }>`
    select conversation_id as id from message group by 1 having max(seq) <> count(*) or count(distinct seq) <> count(*)
  `.execute(app.ctx.db);
  return [...wrong, ...holes.rows.map(({ id }) => `a hole in ${id}`)];
}
