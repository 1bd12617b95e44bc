import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { WebSocket } from 'ws';
import { newId } from '../../kernel/ids.ts';
import { Hub } from './hub.ts';
import type { Connection } from './connection.ts';

type Frame = { t: string; seq: number; epoch?: string; event: { type: string; noun: string } };

/** A connection whose frames are kept instead of sent. */
function connect(hub: Hub, rooms: string[]) {
  const frames: Frame[] = [];
  const socket = {
    readyState: 1,
    OPEN: 1,
    bufferedAmount: 0,
    send: (text: string) => frames.push(JSON.parse(text) as Frame),
  };
  const connection: Connection = {
    id: newId(),
    socket: socket as unknown as WebSocket,
    actor: { kind: 'system', name: 'test' },
    rooms: new Set(rooms),
    alive: true,
  };
  hub.add(connection);
  return {
    connection,
    frames,
    heard: () => frames.filter(({ t }) => t === 'event').map(({ event }) => event.noun),
  };
}
const event = (noun: string) => ({ type: 'settings.changed' as const, noun });

test('a connection in several of the rooms hears an event once', () => {
  const hub = new Hub();
  const both = connect(hub, ['a', 'b']);
  const other = connect(hub, ['c']);
  hub.deliver(['a', 'b'], event('x'));
  expect(both.heard()).toEqual(['x']);
  expect(other.heard()).toEqual([]);
});

test('whoever comes back hears exactly what was missed in its rooms, in order', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 60 }),
      fc.nat(60),
      fc.subarray(['a', 'b', 'c']),
      (rooms, cut, own) => {
        const hub = new Hub();
        const first = connect(hub, own);
        const before = rooms.slice(0, cut);
        before.forEach((room, at) => hub.deliver([room], event(String(at))));
        const position = hub.position;
        hub.remove(first.connection);
        rooms
          .slice(cut)
          .forEach((room, at) => hub.deliver([room], event(String(before.length + at))));
        const again = connect(hub, own);
        expect(hub.replay(again.connection, position)).toBe(true);
        const expected = rooms.flatMap((room, at) => (own.includes(room) ? [String(at)] : []));
        expect([...first.heard(), ...again.heard()]).toEqual(expected);
      },
    ),
  );
});

test('a position of another stream, or one too old, is refused instead of replayed with a hole', () => {
  const hub = new Hub();
  const { connection } = connect(hub, ['a']);
  const start = hub.position;
  expect(hub.replay(connection, { epoch: newId(), seq: 0 })).toBe(false);
  for (let n = 0; n < 7_000; n += 1) hub.deliver(['b'], event('x'));
  expect(hub.replay(connection, start)).toBe(false);
  expect(hub.replay(connection, hub.position)).toBe(true);
});

test('a gap tells everybody and begins a new stream', () => {
  const hub = new Hub();
  const one = connect(hub, ['a']);
  const before = hub.position;
  hub.gap();
  expect(one.frames.at(-1)).toMatchObject({ t: 'gap' });
  expect(hub.replay(one.connection, before)).toBe(false);
});

test('a crowd is served in turns and nobody is left out', async () => {
  const hub = new Hub();
  const crowd = Array.from({ length: 1_300 }, () => connect(hub, ['everyone']));
  hub.deliver(['everyone'], event('x'));
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(crowd.every(({ heard }) => heard().length === 1)).toBe(true);
});
