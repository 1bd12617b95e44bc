import fc from 'fast-check';
import { expect, test } from 'vitest';
import { snoozeOptions, toLocalInput } from './snooze.ts';
import { browserOf } from './browser-of.ts';
import { aMessage, anId } from './testing.ts';
import { highlighted, piecesOf } from './text-pieces.ts';
import { newSince, readMark, timelineOf } from './timeline.ts';
import { titleWith } from './unread-title.ts';
import { waitLevel, waitWords } from '../../../ui/waiting.ts';

const zone = 'Asia/Shanghai';
const agent = { kind: 'agent' as const, id: anId(9), name: 'Wang' };

test('messages of one author stand together, a new day and an event part them', () => {
  const rows = timelineOf({
    messages: [
      aMessage(1),
      aMessage(2),
      aMessage(3, { kind: 'event', parts: [] }),
      aMessage(4),
      aMessage(5, { author: agent }),
      aMessage(6, { author: agent, createdAt: '2026-01-05T16:30:00.000Z' }),
    ],
    outgoing: [],
    unreadAfter: null,
    zone,
  });
  expect(
    rows.map((row) =>
      row.type === 'message'
        ? `${row.first ? '[' : ''}${row.message.seq}${row.last ? ']' : ''}`
        : row.type,
    ),
  ).toEqual(['day', '[1', '2]', 'event', '[4]', '[5]', 'day', '[6]']);
});

test('a message after one that was taken back carries its author again', () => {
  const gone = aMessage(1, { retractedAt: '2026-01-05T02:00:00.000Z', parts: [] });
  const rows = timelineOf({
    messages: [gone, aMessage(2)],
    outgoing: [],
    unreadAfter: null,
    zone,
  });
  expect(rows.at(-1)).toMatchObject({ type: 'message', first: true });
});

test('a message that was sent and stored stands in the timeline once', () => {
  const item = {
    clientKey: 'key-000001',
    conversationId: anId(1),
    kind: 'message' as const,
    text: 'hi',
    files: [],
    mentions: [],
    createdAt: '2026-01-05T01:00:09.000Z',
    state: 'sending' as const,
    code: null,
  };
  const input = { messages: [aMessage(1)], outgoing: [item], unreadAfter: null, zone };
  expect(timelineOf(input).map((row) => row.key)).toContain('key-000001');
  const stored = {
    ...input,
    messages: [aMessage(1), aMessage(2, { author: agent, clientKey: item.clientKey })],
  };
  expect(timelineOf(stored).filter((row) => row.key === 'key-000001')).toHaveLength(1);
});

test('the line of unread stands before the first message of the customer not read', () => {
  const messages = [aMessage(1), aMessage(2, { author: agent }), aMessage(3)];
  const rows = timelineOf({ messages, outgoing: [], unreadAfter: 1, zone });
  expect(rows.map((row) => row.type)).toEqual(['day', 'message', 'message', 'unread', 'message']);
  expect(newSince(messages, 1)).toBe(1);
});

test('"read" stands under the newest answer the customer has read, never under a note', () => {
  const messages = [
    aMessage(1, { author: agent }),
    aMessage(2, { author: agent, kind: 'note' }),
    aMessage(3, { author: agent }),
  ];
  expect(readMark(messages, 2)).toBe(1);
  expect(readMark(messages, 0)).toBeNull();
});

test('addresses become links without the punctuation around them, in Chinese text too', () => {
  expect(piecesOf('看https://a.cn/x?y=1。谢谢')).toEqual([
    { text: '看', href: null },
    { text: 'https://a.cn/x?y=1', href: 'https://a.cn/x?y=1' },
    { text: '。谢谢', href: null },
  ]);
  expect(piecesOf('(www.shop.cn/a_(b)).')).toEqual([
    { text: '(', href: null },
    { text: 'www.shop.cn/a_(b)', href: 'https://www.shop.cn/a_(b)' },
    { text: ').', href: null },
  ]);
  expect(piecesOf('li@shop.cn')).toEqual([{ text: 'li@shop.cn', href: 'mailto:li@shop.cn' }]);
});

test('nothing but web and mail addresses is ever opened, and no text is lost', () => {
  expect(
    piecesOf('javascript:alert(1) data:text/html,x').every((piece) => piece.href === null),
  ).toBe(true);
  const words = fc.constantFrom(
    'javascript:',
    'https://',
    'www.',
    'a.cn',
    '(',
    ')',
    '。',
    ' ',
    '<b>',
    '@',
    '\n',
  );
  fc.assert(
    fc.property(fc.array(words), (parts) => {
      const pieces = piecesOf(parts.join(''));
      expect(pieces.map((piece) => piece.text).join('')).toBe(parts.join(''));
      expect(pieces.every(({ href }) => href === null || /^(https?:|mailto:)/i.test(href))).toBe(
        true,
      );
    }),
  );
});

test('every word looked for is marked, signs taken literally', () => {
  expect(
    highlighted('退款 Refund (a+b)', 'refund a+b')
      .filter((p) => p.hit)
      .map((p) => p.text),
  ).toEqual(['Refund', 'a+b']);
  expect(highlighted('x', '  ')).toEqual([{ text: 'x', hit: false }]);
});

test('snooze offers today only while today lasts, and Monday is never today', () => {
  const monday = new Date(2026, 0, 5, 10, 7);
  const options = snoozeOptions(monday);
  expect(options.map((o) => o.choice)).toEqual([
    'later_today',
    'tomorrow',
    'next_week',
    'until_reply',
  ]);
  expect(options.map((o) => o.until && toLocalInput(o.until))).toEqual([
    '2026-01-05T13:15',
    '2026-01-06T09:00',
    '2026-01-12T09:00',
    null,
  ]);
  expect(snoozeOptions(new Date(2026, 0, 5, 22, 0)).map((o) => o.choice)).not.toContain(
    'later_today',
  );
});

test('a wait is told in words and in three levels', () => {
  expect(waitWords(35_000)).toEqual({ unit: 'seconds', count: 30 });
  expect(waitWords(3 * 60_000)).toEqual({ unit: 'minutes', count: 3 });
  expect(waitWords(26 * 3_600_000)).toEqual({ unit: 'days', count: 1 });
  expect([0, 121_000, 300_000].map(waitLevel)).toEqual(['fresh', 'due', 'late']);
});

test('the title carries the number of what waits and loses it again', () => {
  expect(titleWith('Desk', 1)).toBe('(1) Desk');
  expect(titleWith('(1) Desk', 120)).toBe('(99+) Desk');
  expect(titleWith('(99+) Desk', 0)).toBe('Desk');
});

test('a user agent is told as browser and system', () => {
  const chrome =
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36';
  expect(browserOf(chrome)).toBe('Chrome 126 · Windows');
  expect(browserOf(`${chrome} MicroMessenger/8.0`)).toBe('WeChat 8 · Windows');
  expect(browserOf('curl')).toBeNull();
});
