import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import * as contract from '../../contract/src/index.ts';
import type { VisitorMessage } from '../../contract/src/index.ts';
import { Client } from './client.ts';
import type { Ledger } from './ledger.ts';
import { Socket } from './socket.ts';

export type VisitOptions = {
  baseUrl: string;
  widgetKey: string;
  ledger: Ledger;
  /** What the visitor asks, one question a turn. */
  questions: string[];
  /** Waits for this visitor's turn to write. */
  pace: () => Promise<void>;
  /** The run is over: no further question. */
  over: () => boolean;
};

/** What one visitor's widget shows: each message of the conversation once, in order of seq. */
class Screen {
  readonly #ledger: Ledger;
  readonly #shown = new Map<number, string>();
  last = 0;
  answers = 0;
  ended = false;
  #wake: () => void = () => {};

  constructor(ledger: Ledger) {
    this.#ledger = ledger;
  }

  /** True when the message follows what is shown; false when something is missing before it. */
  show(message: VisitorMessage): boolean {
    const known = this.#shown.get(message.seq);
    if (known !== undefined) {
      if (known !== message.id) this.#ledger.doubled.push(`seq ${message.seq}`);
      return true;
    }
    if (message.seq > this.last + 1) return false;
    this.#shown.set(message.seq, message.id);
    this.last = Math.max(this.last, message.seq);
    if (message.kind === 'message' && message.author.kind === 'agent') {
      this.#ledger.seen(message.clientKey, message.id);
      this.answers += 1;
    }
    if (message.parts.some((part) => part.type === 'event' && part.event === 'resolved'))
      this.ended = true;
    this.#wake();
    return true;
  }

  async until(done: () => boolean, over: () => boolean): Promise<void> {
    while (!done() && !this.ended && !over()) {
      await Promise.race([new Promise<void>((resolve) => (this.#wake = resolve)), sleep(500)]);
    }
  }
}

/** One visit from the first question to the resolved conversation. */
export async function visit(options: VisitOptions): Promise<void> {
  const { ledger, questions, pace, over } = options;
  const client = new Client(options.baseUrl, () => (ledger.retries += 1));
  const session = await client.call(contract.openVisitorSession, {
    body: {
      widgetKey: options.widgetKey,
      locale: 'zh-CN',
      page: { url: `${options.baseUrl}/demo`, title: 'demo' },
    },
  });
  client.headers['authorization'] = `Bearer ${session.token}`;
  const screen = new Screen(ledger);
  let fetching: Promise<void> | null = null;

  async function fetchMissed(): Promise<void> {
    for (;;) {
      const page = await client.call(contract.listVisitorMessages, {
        query: { after: screen.last, limit: 200 },
      });
      for (const message of page.items) screen.show(message);
      if (!page.hasMore) return;
    }
  }
  const catchUp = (): Promise<void> =>
    (fetching ??= fetchMissed()
      .catch(() => {})
      .finally(() => (fetching = null)));

  const socket = new Socket({
    baseUrl: options.baseUrl,
    token: session.token,
    onEvent: (event) => {
      if (event.type === 'visitor.message' && !screen.show(event.message)) void catchUp();
    },
    onGap: () => void catchUp(),
  });

  let asked = 0;
  for (const question of questions) {
    if (over() && asked > 0) break;
    await pace();
    const clientKey = randomUUID();
    ledger.sent(clientKey);
    asked += 1;
    const { message } = await client.call(contract.postVisitorMessage, {
      body: { clientKey, parts: [{ type: 'text', text: question }] },
    });
    ledger.acked(clientKey, message.id);
    if (asked === 1) ledger.conversations += 1;
    if (!screen.show(message)) void catchUp();
    const expected = asked;
    await screen.until(
      () => screen.answers >= expected,
      () => false,
    );
    if (screen.ended) break;
  }
  // The last word of a visit: the agent resolves when it comes.
  if (!screen.ended) {
    const clientKey = randomUUID();
    ledger.sent(clientKey);
    const { message } = await client.call(contract.postVisitorMessage, {
      body: { clientKey, parts: [{ type: 'text', text: thanks }] },
    });
    ledger.acked(clientKey, message.id);
    if (!screen.show(message)) void catchUp();
    await screen.until(
      () => false,
      () => false,
    );
  }
  await catchUp();
  ledger.resolved += 1;
  socket.close();
}

/** Tells the simulated agent that the matter is solved. */
export const thanks = '好的，问题解决了，谢谢！';
