import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import * as contract from '../../contract/src/index.ts';
import type { MessageView } from '../../contract/src/index.ts';
import { Client, Refused } from './client.ts';
import type { Ledger } from './ledger.ts';
import { Socket } from './socket.ts';
import { thanks } from './visitor.ts';

export type AgentOptions = {
  baseUrl: string;
  email: string;
  password: string;
  ledger: Ledger;
  /** How long the agent thinks before an answer, in ms. */
  thinkMs: () => number;
};

/** One conversation on the agent's desk. */
type Open = {
  id: string;
  last: number;
  shown: Map<number, string>;
  fetching: Promise<void> | null;
  queue: Promise<void>;
  /** The place of the last answer of any agent: what was asked before it needs none. */
  answered: number;
  /** Resolved; kept, as a list read before that may still name it. */
  done: boolean;
};

/** A simulated agent: accepts what rings, answers every question, resolves when thanked. */
export class Agent {
  readonly #options: AgentOptions;
  readonly #client: Client;
  readonly #open = new Map<string, Open>();
  #userId = '';
  #socket: Socket | null = null;
  #watch: NodeJS.Timeout | null = null;
  #leaving = false;

  constructor(options: AgentOptions) {
    this.#options = options;
    this.#client = new Client(options.baseUrl, () => (options.ledger.retries += 1));
  }

  async start(): Promise<void> {
    const { baseUrl, email, password } = this.#options;
    await this.#client.signIn(email, password);
    this.#userId = (await this.#client.call(contract.getMe)).id;
    this.#socket = new Socket({
      baseUrl,
      headers: this.#client.headers,
      onEvent: (event) => {
        if (event.type === 'offer.made') this.#accept(event.offer.id);
        else if (event.type === 'message.posted')
          this.#receive(event.conversationId, event.message);
        else if (
          event.type === 'conversation.changed' &&
          event.conversation.assigneeId === this.#userId &&
          event.conversation.status !== 'resolved'
        ) {
          void this.#catchUp(this.#take(event.conversation.id));
        } else if (
          event.type === 'presence.changed' &&
          event.presence.userId === this.#userId &&
          event.presence.state !== 'ready'
        ) {
          void this.#ready();
        }
      },
      onGap: () => void this.#refresh(),
    });
    await this.#ready();
    // A person looks at the list again now and then; so does this one, in case an event was lost.
    this.#watch = setInterval(() => void this.#refresh(), 5_000);
  }

  async #ready(): Promise<void> {
    if (this.#leaving) return;
    await this.#client
      .call(contract.setMyPresence, { body: { state: 'ready' } })
      .catch((error: unknown) => this.#note(error));
  }

  #note(error: unknown): void {
    this.#options.ledger.problem(error instanceof Refused ? error.message : String(error));
  }

  #accept(id: string): void {
    this.#client.call(contract.acceptOffer, { params: { id } }).then(
      ({ conversationId }) => void this.#catchUp(this.#take(conversationId)),
      (error: unknown) => this.#note(error),
    );
  }

  #take(id: string): Open {
    let open = this.#open.get(id);
    if (!open) {
      open = {
        id,
        last: 0,
        shown: new Map(),
        fetching: null,
        queue: Promise.resolve(),
        answered: 0,
        done: false,
      };
      this.#open.set(id, open);
    }
    return open;
  }

  /** What rings and what is mine, as the desk fetches it after a gap. */
  async #refresh(): Promise<void> {
    try {
      const { items } = await this.#client.call(contract.listMyOffers);
      for (const offer of items) this.#accept(offer.id);
      const mine = await this.#client.call(contract.listConversations, {
        query: { view: 'mine', limit: 100 },
      });
      for (const { id, lastSeq } of mine.items) {
        const open = this.#take(id);
        if (open.last < lastSeq) void this.#catchUp(open);
      }
    } catch (error) {
      this.#note(error);
    }
  }

  async #catchUp(open: Open): Promise<void> {
    open.fetching ??= this.#fetchMissed(open)
      .catch((error: unknown) => this.#note(error))
      .finally(() => (open.fetching = null));
    await open.fetching;
  }

  async #fetchMissed(open: Open): Promise<void> {
    for (;;) {
      const page = await this.#client.call(contract.listMessages, {
        params: { id: open.id },
        query: { after: open.last, limit: 200 },
      });
      const last = page.items.findLast(
        ({ kind, author }) => kind === 'message' && author.kind === 'agent',
      );
      open.answered = Math.max(open.answered, last?.seq ?? 0);
      for (const message of page.items) this.#show(open, message);
      if (!page.hasMore) return;
    }
  }

  #receive(id: string, message: MessageView): void {
    const open = this.#open.get(id);
    if (open && !this.#show(open, message)) void this.#catchUp(open);
  }

  #show(open: Open, message: MessageView): boolean {
    const known = open.shown.get(message.seq);
    if (known !== undefined) {
      if (known !== message.id) this.#options.ledger.doubled.push(`seq ${message.seq}`);
      return true;
    }
    if (message.seq > open.last + 1) return false;
    open.shown.set(message.seq, message.id);
    open.last = Math.max(open.last, message.seq);
    if (message.author.kind === 'customer') {
      this.#options.ledger.seen(message.clientKey, message.id);
      const [part] = message.parts;
      const text = part?.type === 'text' ? part.text : '';
      open.queue = open.queue
        .then(() => {
          if (text === thanks) return this.#resolve(open);
          return message.seq < open.answered ? undefined : this.#answer(open, text);
        })
        .catch((error: unknown) => this.#note(error));
    }
    return true;
  }

  async #answer(open: Open, question: string): Promise<void> {
    await sleep(this.#options.thinkMs());
    const clientKey = randomUUID();
    this.#options.ledger.sent(clientKey);
    const message = await this.#client.call(contract.postMessage, {
      params: { id: open.id },
      body: {
        clientKey,
        parts: [
          { type: 'text', text: `您好，关于“${question.slice(0, 60)}”：已为您查询，请稍候。` },
        ],
      },
    });
    this.#options.ledger.acked(clientKey, message.id);
  }

  async #resolve(open: Open): Promise<void> {
    if (open.done) return;
    open.done = true;
    await this.#client
      .call(contract.resolveConversation, { params: { id: open.id } })
      .catch((error: unknown) => {
        // The first try may have been carried out just before the connection broke.
        if (!(error instanceof Refused && error.code === 'conversation.already_resolved'))
          throw error;
      });
  }

  get email(): string {
    return this.#options.email;
  }

  async stop(): Promise<void> {
    this.#leaving = true;
    if (this.#watch) clearInterval(this.#watch);
    await this.#client.call(contract.setMyPresence, { body: { state: 'offline' } }).catch(() => {});
    this.#socket?.close();
  }
}
