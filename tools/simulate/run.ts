import { setTimeout as sleep } from 'node:timers/promises';
import * as contract from '../../contract/src/index.ts';
import { Ledger } from './ledger.ts';
import { setStage } from './stage.ts';
import type { Stage } from './stage.ts';
import { visit } from './visitor.ts';

export type RunOptions = {
  baseUrl: string;
  /** More processes of the same installation: visitors and agents are spread over all. */
  otherUrls?: string[];
  admin: { email: string; password: string };
  visitors: number;
  agents: number;
  chats: number;
  seconds: number;
  /** Questions in one visit. */
  turns: number;
  /** Visitors' messages per second over all; null: each writes as soon as it is answered. */
  rate: number | null;
  think: [from: number, to: number];
  questions: string[];
  /** Called once the load is on. */
  during?: (ledger: Ledger) => Promise<void>;
};

/** Lets callers pass one by one at an even rate. */
function pacer(rate: number | null): () => Promise<void> {
  if (rate === null) return async () => {};
  let next = performance.now();
  return async () => {
    const now = performance.now();
    next = Math.max(next + 1000 / rate, now);
    if (next > now) await sleep(next - now);
  };
}

type Kept = { missing: string[]; repeated: string[]; unresolved: number };

/** What the server keeps, compared with what was acknowledged. */
async function compareWithServer(stage: Stage, ledger: Ledger): Promise<Kept> {
  const found = new Map<string, number>();
  let unresolved = 0;
  let cursor: string | undefined;
  do {
    const page = await stage.admin.call(contract.listConversations, {
      query: { view: 'all', limit: 100, ...(cursor ? { cursor } : {}) },
    });
    await Promise.all(
      page.items.map(async ({ id, status }) => {
        if (status !== 'resolved') unresolved += 1;
        let after = 0;
        for (;;) {
          const messages = await stage.admin.call(contract.listMessages, {
            params: { id },
            query: { after, limit: 200 },
          });
          for (const { clientKey, seq } of messages.items) {
            if (clientKey) found.set(clientKey, (found.get(clientKey) ?? 0) + 1);
            after = seq;
          }
          if (!messages.hasMore) return;
        }
      }),
    );
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  const missing = ledger.acknowledgedKeys().filter((key) => !found.has(key));
  return {
    missing,
    repeated: [...found].filter(([, times]) => times > 1).map(([key]) => key),
    unresolved,
  };
}

/**
 * Visitors ask, agents answer, for a while; then everybody finishes. The report says what was sent, lost and doubled,
 * by what both sides saw and by what the server keeps.
 */
export async function run(options: RunOptions) {
  const ledger = new Ledger();
  const [from, to] = options.think;
  const thinkMs = (): number => from + Math.random() * (to - from);
  const urls = [options.baseUrl, ...(options.otherUrls ?? [])];
  const stage = await setStage({ ...options, thinkMs, ledger });
  for (const agent of stage.agents) await agent.start();

  const pace = pacer(options.rate);
  const begin = performance.now();
  const over = (): boolean => performance.now() - begin > options.seconds * 1000;
  let asked = 0;
  const nextQuestions = (): string[] =>
    Array.from(
      { length: options.turns },
      () => options.questions[asked++ % options.questions.length] ?? '?',
    );
  async function visitor(index: number): Promise<void> {
    // Visitors do not all come in the same instant.
    await sleep(Math.random() * Math.min(3_000, options.seconds * 200));
    const baseUrl = urls[index % urls.length] ?? options.baseUrl;
    while (!over()) {
      await visit({
        baseUrl,
        widgetKey: stage.widgetKey,
        ledger,
        questions: nextQuestions(),
        pace,
        over,
      });
    }
  }
  const visitors = Promise.all(
    Array.from({ length: options.visitors }, (_, index) => visitor(index)),
  );
  await options.during?.(ledger);
  await visitors;
  const seconds = (performance.now() - begin) / 1000;
  const kept = await compareWithServer(stage, ledger);
  for (const agent of stage.agents) await agent.stop();

  const totals = ledger.totals();
  return {
    visitors: options.visitors,
    agents: options.agents,
    seconds: Math.round(seconds),
    conversations: ledger.conversations,
    resolved: ledger.resolved,
    ...totals,
    lostOnServer: kept.missing.length,
    doubledOnServer: kept.repeated.length,
    unresolvedOnServer: kept.unresolved,
    retries: ledger.retries,
    messagesPerSecond: Math.round((totals.acknowledged / seconds) * 10) / 10,
    acknowledgedMs: ledger.acknowledged.summary(),
    deliveredMs: ledger.delivered.summary(),
    problems: Object.fromEntries(ledger.problems),
  };
}
export type Report = Awaited<ReturnType<typeof run>>;

/** Whether a run is what the product promises. */
export function isClean(report: Report): boolean {
  return (
    report.lost +
      report.doubled +
      report.lostOnServer +
      report.doubledOnServer +
      report.unresolvedOnServer +
      report.unacknowledged ===
      0 && report.conversations === report.resolved
  );
}
