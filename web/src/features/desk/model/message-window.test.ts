import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { MessageView } from '@yingda/contract';
import {
  firstSeqOf,
  lastSeqOf,
  type MessageWindow,
  withChanged,
  withNewer,
  withOlder,
  withPosted,
} from './message-window.ts';
import { aMessage } from './testing.ts';

const page = (all: MessageView[], from: number, limit: number) => ({
  items: all.filter((m) => m.seq > from).slice(0, limit),
  hasMore: all.filter((m) => m.seq > from).length > limit,
});

test('a window with events applied equals the messages fetched again, also when events are lost or doubled', () => {
  const steps = fc.array(
    fc.constantFrom('posted', 'lost', 'doubled', 'retracted', 'older') as fc.Arbitrary<
      'posted' | 'lost' | 'doubled' | 'retracted' | 'older'
    >,
    { maxLength: 60 },
  );
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 30 }), steps, (before, actions) => {
      const server = Array.from({ length: before }, (_, i) => aMessage(i + 1));
      const first = server.slice(-5);
      let window: MessageWindow = { items: first, moreBefore: server.length > 5, moreAfter: false };
      let lost = false;
      for (const action of actions) {
        if (action === 'older') {
          const rest = server.filter((m) => m.seq < firstSeqOf(window));
          window = withOlder(window, { items: rest.slice(-4), hasMore: rest.length > 4 });
          continue;
        }
        if (action === 'retracted') {
          const target = server.at(-1);
          if (!target) continue;
          const next = { ...target, parts: [], retractedAt: '2026-01-05T02:00:00.000Z' };
          server[server.length - 1] = next;
          window = withChanged(window, next);
          continue;
        }
        const message = aMessage(server.length + 1);
        server.push(message);
        if (action === 'lost') {
          lost = true;
          continue;
        }
        for (let i = 0; i < (action === 'doubled' ? 2 : 1); i++) {
          const result = withPosted(window, message);
          window = result.window;
          if (result.missed) window = withNewer(window, page(server, lastSeqOf(window), 100));
        }
        lost = false;
      }
      if (lost) window = withNewer(window, page(server, lastSeqOf(window), 100));
      expect(window.items).toEqual(server.filter((m) => m.seq >= firstSeqOf(window)));
    }),
  );
});

test('a window in the middle of a conversation takes no messages from its end', () => {
  const window: MessageWindow = { items: [aMessage(3)], moreBefore: true, moreAfter: true };
  expect(withPosted(window, aMessage(40))).toEqual({ window, missed: false });
});

test('an answer older than a retraction does not bring the text back', () => {
  const gone = aMessage(1, { retractedAt: '2026-01-05T02:00:00.000Z', parts: [] });
  const window: MessageWindow = { items: [gone], moreBefore: false, moreAfter: false };
  const again = withNewer(window, { items: [aMessage(1), aMessage(2)], hasMore: false });
  expect(again.items).toEqual([gone, aMessage(2)]);
});
