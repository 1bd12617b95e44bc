import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import * as contract from '../../contract/src/index.ts';
import { Client } from '../../tools/simulate/client.ts';
import { Durations, Ledger } from '../../tools/simulate/ledger.ts';
import { Socket } from '../../tools/simulate/socket.ts';
import { agentPassword, setStage } from '../../tools/simulate/stage.ts';
import { Http } from '../lib/http.ts';

export type DriveOptions = {
  /** Processes of one installation; conversations and agents are spread over them, so that updates must cross. */
  urls: string[];
  conversations: number;
  agents: number;
  seconds: number;
  /** Begins with the first message; they go on until it is done, and for the seconds at least. */
  during?: () => Promise<unknown>;
  /** Messages per second over all; null: every conversation writes as soon as its last message is acknowledged. */
  rate: number | null;
};

type Side = { http: Http; path: string; headers: Record<string, string> };
type Pair = { id: string; visitor: Side; agent: Side };

/** When messages were sent and seen by the other side, by their ids. */
class Tracker {
  readonly acknowledged = new Durations();
  readonly delivered = new Durations();
  readonly #sent = new Map<string, number>();
  readonly #seen = new Map<string, number>();

  acked(id: string, sentAt: number, ms: number): void {
    this.acknowledged.add(ms);
    const seenAt = this.#seen.get(id);
    if (seenAt === undefined) this.#sent.set(id, sentAt);
    else this.delivered.add(seenAt - sentAt);
  }
  seen(id: string): void {
    const sentAt = this.#sent.get(id);
    if (sentAt === undefined) this.#seen.set(id, performance.now());
    else if (this.#sent.delete(id)) this.delivered.add(performance.now() - sentAt);
  }
  get underWay(): number {
    return this.#sent.size;
  }
}

async function openPairs(
  options: DriveOptions,
  tracker: Tracker,
): Promise<{ pairs: Pair[]; sockets: Socket[] }> {
  const [first = ''] = options.urls;
  const urlOf = (at: number): string => options.urls[at % options.urls.length] ?? first;
  const stage = await setStage({
    baseUrl: first,
    admin: { email: 'admin@bench.yingda.local', password: 'bench-admin-2026' },
    agents: options.agents,
    chats: Math.ceil(options.conversations / options.agents) + 1,
    thinkMs: () => 0,
    ledger: new Ledger(),
  });
  const sockets: Socket[] = [];
  const https = new Map(options.urls.map((url) => [url, new Http(url)]));
  const httpOf = (at: number): Http => https.get(urlOf(at)) ?? new Http(urlOf(at));

  const agents = await Promise.all(
    stage.agents.map(async ({ email }, at) => {
      // An agent is served by another process than most of the agent's visitors.
      const client = new Client(urlOf(at + 1));
      await client.signIn(email, agentPassword);
      const { id } = await client.call(contract.getMe);
      sockets.push(
        new Socket({
          baseUrl: urlOf(at + 1),
          headers: client.headers,
          onGap: () => {},
          onEvent: (event) => {
            if (event.type === 'message.posted' && event.message.author.kind === 'customer')
              tracker.seen(event.message.id);
          },
        }),
      );
      return { client, id, http: httpOf(at + 1) };
    }),
  );

  const pairs: Pair[] = [];
  for (let at = 0; at < options.conversations; at += 1) {
    const agent = agents[at % agents.length];
    if (!agent) continue;
    const visitor = new Client(urlOf(at));
    const session = await visitor.call(contract.openVisitorSession, {
      body: { widgetKey: stage.widgetKey, locale: 'zh-CN' },
    });
    visitor.headers['authorization'] = `Bearer ${session.token}`;
    const { conversation } = await visitor.call(contract.postVisitorMessage, {
      body: { clientKey: randomUUID(), parts: [{ type: 'text', text: '你好' }] },
    });
    await agent.client.call(contract.assignConversation, {
      params: { id: conversation.id },
      body: { assigneeId: agent.id },
    });
    sockets.push(
      new Socket({
        baseUrl: urlOf(at),
        token: session.token,
        onGap: () => {},
        onEvent: (event) => {
          if (event.type === 'visitor.message' && event.message.author.kind === 'agent')
            tracker.seen(event.message.id);
        },
      }),
    );
    pairs.push({
      id: conversation.id,
      visitor: { http: httpOf(at), path: '/api/webchat/messages', headers: visitor.headers },
      agent: {
        http: agent.http,
        path: `/api/conversations/${conversation.id}/messages`,
        headers: agent.client.headers,
      },
    });
  }
  while (!sockets.every((socket) => socket.connected)) await sleep(20);
  return { pairs, sockets };
}

async function post({ http, path, headers }: Side, text: string, tracker: Tracker): Promise<void> {
  const sentAt = performance.now();
  const reply = await http.post(path, headers, {
    clientKey: randomUUID(),
    parts: [{ type: 'text', text }],
  });
  if (reply.status !== 201) throw new Error(`${path}: ${reply.status} ${reply.body}`);
  const body = JSON.parse(reply.body) as { id?: string; message?: { id: string } };
  tracker.acked(body.message?.id ?? body.id ?? '', sentAt, reply.ms);
}

const QUESTION = '你好，请问我上周买的沙发什么时候能送到？订单号 QH20261118';
const ANSWER = '您好，已为您查询：包裹今天到达杭州，预计明天下午送达。';

/** Visitors and agents write in turns; gives rates and times of what was acknowledged and what the other side saw. */
export async function drive(options: DriveOptions) {
  const tracker = new Tracker();
  const { pairs, sockets } = await openPairs(options, tracker);
  const begin = performance.now();
  const end = begin + options.seconds * 1000;
  let isBusy = options.during !== undefined;
  const during = options.during?.().finally(() => (isBusy = false));
  const isOver = (): boolean => !isBusy && performance.now() >= end;
  let next = begin;
  async function pace(): Promise<void> {
    if (options.rate === null) return;
    next = Math.max(next + 1000 / options.rate, performance.now());
    await sleep(next - performance.now());
  }
  async function talk({ visitor, agent }: Pair): Promise<void> {
    for (let turn = 0; !isOver(); turn += 1) {
      await pace();
      await post(turn % 2 === 0 ? visitor : agent, turn % 2 === 0 ? QUESTION : ANSWER, tracker);
    }
  }
  await Promise.all([during, ...pairs.map(talk)]);
  const seconds = (performance.now() - begin) / 1000;
  const patience = performance.now() + 5_000;
  while (tracker.underWay > 0 && performance.now() < patience) await sleep(20);
  for (const socket of sockets) socket.close();
  for (const { visitor, agent } of pairs) {
    visitor.http.close();
    agent.http.close();
  }
  return {
    conversations: options.conversations,
    perSecond: Math.round(tracker.acknowledged.count / seconds),
    acknowledgedMs: tracker.acknowledged.summary(),
    deliveredMs: tracker.delivered.summary(),
    notDelivered: tracker.underWay,
  };
}
