import { QueryClient } from '@tanstack/react-query';
import { beforeEach, expect, test } from 'vitest';
import type { ConversationSummary, LiveEvent, MessageView } from '@yingda/contract';
import type { ListFilter } from '../model/list-filter.ts';
import { type ListData, rowsOf, toPage } from '../model/list-pages.ts';
import type { MessageWindow } from '../model/message-window.ts';
import { aConversation, aMessage, anId } from '../model/testing.ts';
import { createDeskCache } from './desk-cache.ts';
import { createEventLog } from './event-log.ts';
import { deskKeys } from './keys.ts';

const me = anId(900);
const mine: ListFilter = { view: 'mine', order: 'newest' };

let client: QueryClient;
let server: Map<string, ConversationSummary>;
let counted: number;
let caughtUp: string[];
let asked: string[];

beforeEach(() => {
  client = new QueryClient();
  server = new Map();
  counted = 0;
  caughtUp = [];
  asked = [];
});

function open() {
  const cache = createDeskCache({
    client,
    reader: () => ({ id: me, teamIds: [anId(1)] }),
    fetchSummary: (id) => {
      asked.push(id);
      const found = server.get(id);
      return found ? Promise.resolve(found) : Promise.reject(new Error('gone'));
    },
    catchUp: (id) => caughtUp.push(id),
    countsChanged: () => {
      counted += 1;
    },
  });
  cache.watch();
  return cache;
}

const listed = (rows: ConversationSummary[]): ListData => ({
  pages: [toPage({ items: rows, nextCursor: null }, mine)],
  pageParams: [undefined],
});
const fetchList = (answer: () => Promise<ConversationSummary[]>) =>
  client.fetchInfiniteQuery({
    queryKey: deskKeys.list(mine),
    initialPageParam: undefined as string | undefined,
    queryFn: async () => toPage({ items: await answer(), nextCursor: null }, mine),
  });
const shown = (): ConversationSummary[] =>
  rowsOf(client.getQueryData<ListData>(deskKeys.list(mine)));
const posted = (row: ConversationSummary, message: MessageView): LiveEvent => ({
  type: 'message.posted',
  conversationId: row.id,
  message,
  patch: {
    status: row.status,
    preview: row.preview,
    lastMessageAt: row.lastMessageAt,
    lastSeq: row.lastSeq,
    unread: row.unread,
    waitingSince: row.waitingSince,
    snoozedUntil: row.snoozedUntil,
    resolvedAt: row.resolvedAt,
    version: row.version,
  },
});

test('a conversation given to me appears in my list and its figures are asked again', async () => {
  const cache = open();
  await fetchList(() => Promise.resolve([]));
  const given = aConversation({ id: anId(5), assigneeId: me });
  cache.apply({ type: 'conversation.changed', conversation: given });
  expect(shown()).toEqual([given]);
  expect(counted).toBe(1);
});

test('a message changes the row, the window and nothing that did not change', async () => {
  const cache = open();
  const row = aConversation({ assigneeId: me });
  await fetchList(() => Promise.resolve([row]));
  const window: MessageWindow = { items: [aMessage(1)], moreBefore: false, moreAfter: false };
  client.setQueryData(deskKeys.window(row.id), window);
  const next = {
    ...row,
    lastSeq: 2,
    preview: 'message 2',
    lastMessageAt: '2026-01-05T02:00:00.000Z',
    version: 2,
  };
  cache.apply(posted(next, aMessage(2)));
  expect(shown()).toEqual([{ ...next, customerReadSeq: 2 }]);
  expect(client.getQueryData<MessageWindow>(deskKeys.window(row.id))?.items).toEqual([
    aMessage(1),
    aMessage(2),
  ]);
  expect(counted).toBe(0);
});

test('a jump in the numbers of messages fetches what is missing', () => {
  const cache = open();
  client.setQueryData(deskKeys.window(anId(1)), {
    items: [aMessage(1)],
    moreBefore: false,
    moreAfter: false,
  });
  cache.putMessage(aMessage(4));
  expect(caughtUp).toEqual([anId(1)]);
});

test('an answer that was read before an event does not take the list back in time', async () => {
  const cache = open();
  const row = aConversation({ assigneeId: me, subject: 'old' });
  let answer = (_rows: ConversationSummary[]): void => undefined;
  const fetching = fetchList(() => new Promise((resolve) => (answer = resolve)));
  await Promise.resolve();
  const renamed = { ...row, subject: 'new', version: 2 };
  const added = aConversation({
    id: anId(2),
    assigneeId: me,
    version: 1,
    lastMessageAt: '2026-01-05T03:00:00.000Z',
  });
  cache.apply({ type: 'conversation.changed', conversation: renamed });
  cache.apply({ type: 'conversation.changed', conversation: added });
  answer([row]);
  await fetching;
  expect(shown()).toEqual([added, renamed]);
});

test('a message in a conversation the desk does not know makes it ask once, then list it', async () => {
  const cache = open();
  await fetchList(() => Promise.resolve([]));
  const stranger = aConversation({ id: anId(7), assigneeId: me, version: 3 });
  server.set(stranger.id, stranger);
  cache.apply(posted(stranger, aMessage(1, { conversationId: stranger.id })));
  cache.apply(posted(stranger, aMessage(2, { conversationId: stranger.id })));
  await new Promise((resolve) => setTimeout(resolve, 0));
  expect(asked).toEqual([stranger.id]);
  expect(shown()).toEqual([stranger]);
});

test('reading takes the unread figure away', async () => {
  const cache = open();
  const row = aConversation({ assigneeId: me, unread: 2, lastSeq: 2 });
  await fetchList(() => Promise.resolve([row]));
  cache.apply({
    type: 'conversation.read',
    conversationId: row.id,
    agentReadSeq: 2,
    customerReadSeq: 0,
    unread: 0,
    version: 2,
  });
  expect(shown()[0]?.unread).toBe(0);
  expect(counted).toBe(1);
});

test('a resolved conversation leaves my list and an answer of an action counts like an event', () => {
  const cache = open();
  const row = aConversation({ assigneeId: me });
  client.setQueryData(deskKeys.list(mine), listed([row]));
  cache.put({ ...row, status: 'resolved', version: 2 });
  expect(shown()).toEqual([]);
  cache.apply({ type: 'conversation.changed', conversation: row });
  expect(shown()).toEqual([]);
});

test('the log says when it forgot what is asked for', () => {
  const log = createEventLog(4);
  const start = log.mark();
  const event: LiveEvent = { type: 'queue.changed', queueId: anId(1) };
  log.push(event);
  expect(log.since(start)).toEqual([event]);
  for (let i = 0; i < 10; i++) log.push(event);
  expect(log.since(start)).toBeNull();
  expect(log.since(log.mark())).toEqual([]);
});

test('a whole conversation that arrives behind a newer message keeps what the message changed', () => {
  const cache = open();
  const row = aConversation({ assigneeId: me, version: 3 });
  cache.put(row);
  client.setQueryData(deskKeys.list(mine), listed([row]));
  const written = { ...row, preview: 'newest', lastSeq: 9, version: 5 };
  cache.apply(posted(written, aMessage(9)));
  cache.apply({
    type: 'conversation.changed',
    conversation: { ...row, subject: 'Renamed', version: 4 },
  });
  expect(shown()[0]).toMatchObject({
    subject: 'Renamed',
    preview: 'newest',
    lastSeq: 9,
    version: 5,
  });
});

test('who writes has read: an answer moves the read mark of the agent, a question that of the customer', () => {
  const cache = open();
  const row = aConversation({ assigneeId: me });
  cache.put(row);
  cache.apply(posted({ ...row, lastSeq: 2, version: 2 }, aMessage(2)));
  cache.apply(
    posted(
      { ...row, lastSeq: 3, version: 3 },
      aMessage(3, { author: { kind: 'agent', id: me, name: 'Me' } }),
    ),
  );
  expect(cache.known(row.id)).toMatchObject({ customerReadSeq: 2, agentReadSeq: 3 });
});

test('a last message that was taken back leaves the row too', () => {
  const cache = open();
  const row = aConversation({ assigneeId: me, lastSeq: 3, preview: 'oops' });
  cache.put(row);
  const gone = aMessage(3, { parts: [], retractedAt: '2026-01-05T02:00:00.000Z' });
  cache.apply({ type: 'message.changed', conversationId: row.id, message: gone, version: 2 });
  expect(cache.known(row.id)).toMatchObject({ preview: '', version: 2 });
});
