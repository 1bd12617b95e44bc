import { describe, expect, test } from 'vitest';
import type { VisitorMessage } from '../chat/types.ts';
import { linkified } from './linkify.tsx';
import { rowsOf } from './rows.ts';

const base = { parts: [{ type: 'text' as const, text: 'x' }], clientKey: null, retractedAt: null };
function message(seq: number, kind: 'agent' | 'customer', minute: number): VisitorMessage {
  const createdAt = new Date(Date.UTC(2026, 4, 1, 8, minute)).toISOString();
  return {
    ...base,
    id: String(seq),
    seq,
    kind: 'message',
    author: { kind, id: null, name: kind },
    createdAt,
  };
}

describe('rows', () => {
  test('messages of one author within minutes form a run', () => {
    const rows = rowsOf(
      [message(1, 'agent', 0), message(2, 'agent', 1), message(3, 'agent', 20)],
      [],
    );
    const runs = rows.flatMap((row) => (row.kind === 'bubble' ? [[row.first, row.last]] : []));
    expect(runs).toEqual([
      [true, false],
      [false, true],
      [true, true],
    ]);
  });

  test('what the server confirmed is not shown a second time as waiting', () => {
    const confirmed = { ...message(1, 'customer', 0), clientKey: 'key-1234' };
    const waiting = { order: '1', clientKey: 'key-1234', at: 0, text: 'x' };
    expect(rowsOf([confirmed], [waiting]).filter(({ kind }) => kind === 'bubble')).toHaveLength(1);
  });

  test('events that mean nothing to the visitor are left out', () => {
    const event = (name: 'assigned' | 'snoozed'): VisitorMessage => ({
      ...message(1, 'agent', 0),
      kind: 'event',
      parts: [{ type: 'event', event: name, data: { agentName: '小林' } }],
    });
    expect(rowsOf([event('snoozed')], [])).toEqual([]);
    expect(rowsOf([event('assigned')], []).at(-1)).toMatchObject({ kind: 'event', name: '小林' });
  });
});

describe('links', () => {
  const links = (text: string): unknown[] =>
    linkified(text).filter((piece) => typeof piece === 'object');

  test('web addresses become links without the punctuation after them', () => {
    expect(links('看 https://example.com/a?b=1。好')).toMatchObject([
      { props: { href: 'https://example.com/a?b=1' } },
    ]);
  });

  test('scripts and other schemes stay text', () => {
    expect(links('javascript:alert(1) <b>https</b> data:text/html,x')).toEqual([]);
  });
});
