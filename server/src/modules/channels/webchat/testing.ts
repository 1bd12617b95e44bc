import { randomUUID } from 'node:crypto';
import * as contract from '@yingda/contract';
import { WebSocket } from 'ws';
import type { LiveEvent, ServerFrame, VisitorSessionView, WidgetSettings } from '@yingda/contract';
import type { Caller, TestApp } from '../../../../test/app.ts';
import { signatureOf } from './service/identify.ts';

/** Everything a page needs to chat: a team with its queue, somebody who answers, and a widget. */
export type Shop = {
  admin: Caller;
  agent: Caller;
  teamId: string;
  queueId: string;
  widget: { id: string; key: string };
};

export const settings: WidgetSettings = {
  colour: '#0d9488',
  position: 'right',
  title: { 'zh-CN': '在线客服', en: 'Support' },
  greeting: { 'zh-CN': '您好', en: 'Hello' },
  preChat: [],
  whenClosed: 'form',
  closedText: { 'zh-CN': '', en: '' },
  allowedOrigins: [],
  requireIdentity: false,
};

export async function newWidget(
  app: TestApp,
  { admin, queueId }: Pick<Shop, 'admin' | 'queueId'>,
  more: Partial<WidgetSettings> = {},
): Promise<{ id: string; key: string }> {
  const { body } = await app.request(contract.createWidget, admin, {
    body: { name: '商城', queueId, settings: { ...settings, ...more } },
  });
  return body;
}

export async function newShop(app: TestApp): Promise<Shop> {
  const admin = await app.newPerson({ role: 'administrator', name: '管理员' });
  const name = `客服组 ${randomUUID().slice(0, 8)}`;
  const { body: team } = await app.request(contract.createTeam, admin, {
    body: { name, memberIds: [] },
  });
  const { body: queue } = await app.request(contract.createQueue, admin, {
    // The team has a queue of its own name already.
    body: { name: `${name} 网站`, teamId: team.id },
  });
  const agent = await app.newPerson({ role: 'agent', teamId: team.id, name: '林芳' });
  const shop = { admin, agent, teamId: team.id, queueId: queue.id };
  return { ...shop, widget: await newWidget(app, shop) };
}

/** A visitor as a caller of routes, with the session it got. */
export type TestVisitor = Caller & { session: VisitorSessionView };

type Opening = Partial<{ token: string; identity: object; headers: Record<string, string> }>;

export function openSession(app: TestApp, widgetKey: string, more: Opening = {}) {
  const { headers, ...rest } = more;
  return app.request(contract.openVisitorSession, null, {
    headers,
    body: { widgetKey, locale: 'zh-CN', ...(rest as { token?: string }) },
  });
}

export async function newVisitor(
  app: TestApp,
  widgetKey: string,
  more: Opening = {},
): Promise<TestVisitor> {
  const { body: session, status } = await openSession(app, widgetKey, more);
  if (status !== 200) throw new Error(`no session: ${JSON.stringify(session)}`);
  const headers = { authorization: `Bearer ${session.token}` };
  return { userId: session.visitorId, name: session.name, headers, session };
}

type Text = [text: string, more?: object];

/** The visitor writes one text; give a clientKey to write it again. */
export function write(app: TestApp, visitor: Caller, ...[text, more = {}]: Text) {
  return app.request(contract.postVisitorMessage, visitor, {
    body: { clientKey: randomUUID(), parts: [{ type: 'text', text }], ...more },
  });
}

/** What a page's server signs. */
export function signed(
  secret: string,
  user: Partial<{ userId: string; name: string; email: string; expiresAt: number }> = {},
) {
  const identity = {
    userId: `user-${randomUUID()}`,
    name: '王小明',
    email: '',
    expiresAt: Math.floor(Date.now() / 1000) + 3600,
    ...user,
  };
  return { ...identity, signature: signatureOf(secret, identity) };
}

/** A socket that keeps what it hears. */
export type Line = {
  events: LiveEvent[];
  /** The first event for which this holds, also one that came before; rejects when the line is closed before it. */
  heard: (matches: (event: LiveEvent) => boolean) => Promise<LiveEvent>;
  send: (frame: object) => void;
  /** When either side has closed it. */
  closed: Promise<void>;
  close: () => Promise<void>;
};

/** Connects as a visitor (by token) or as a person (by cookie). Rejects when refused. */
export async function openLine(
  app: TestApp,
  who: { token?: string; headers?: Record<string, string>; rooms?: string[] },
): Promise<Line> {
  const address = (await app.address()).replace('http', 'ws');
  const socket = new WebSocket(address + contract.livePath, { headers: who.headers });
  const events: LiveEvent[] = [];
  let known = false;
  const watchers = new Set<() => void>();
  const closed = new Promise<void>((resolve) => {
    socket.on('close', () => resolve());
  });
  await new Promise<void>((resolve, reject) => {
    socket.on('open', () =>
      socket.send(JSON.stringify({ t: 'hello', token: who.token, rooms: who.rooms ?? [] })),
    );
    socket.on('error', reject);
    socket.on('close', (code) => reject(new Error(`closed with ${code} before a welcome`)));
    socket.on('message', (data: Buffer) => {
      const frame = JSON.parse(data.toString()) as ServerFrame;
      if (frame.t === 'welcome') {
        known = true;
        resolve();
      }
      if (frame.t === 'refused' && !known) {
        reject(new Error(frame.code));
        socket.terminate();
      }
      if (frame.t === 'event') events.push(frame.event);
      for (const watcher of watchers) watcher();
    });
  });
  return {
    events,
    heard: (matches) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const found = events.find(matches);
          if (!found) return;
          watchers.delete(look);
          resolve(found);
        };
        watchers.add(look);
        look();
        void closed.then(() => reject(new Error('closed before it came')));
      }),
    send: (frame) => socket.send(JSON.stringify(frame)),
    closed,
    close: () => {
      socket.close();
      return closed;
    },
  };
}

/** Waits for as long as it takes. */
export async function until(isTrue: () => Promise<boolean> | boolean): Promise<void> {
  while (!(await isTrue())) await new Promise((resolve) => setTimeout(resolve, 30));
}
