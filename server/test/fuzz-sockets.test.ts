import { setTimeout as sleep } from 'node:timers/promises';
import { ClientFrame, createTeam, deleteWidget, listWidgets } from '@yingda/contract';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../src/kernel/ids.ts';
import { signToken } from '../src/platform/secrets/index.ts';
import type { Caller } from './app.ts';
import { inputFor, spoilt } from './fuzz/generate.ts';
import { greet, openLine } from './fuzz/line.ts';
import type { Line } from './fuzz/line.ts';
import { setStage, setTeam, setVisitor } from './fuzz/stage.ts';
import type { Stage } from './fuzz/stage.ts';

const runs = Number(process.env['FUZZ_RUNS'] ?? 150);
const seed = Number(
  process.env['FUZZ_SEED'] ?? (process.env['FUZZ_RUNS'] ? Date.now() % 2 ** 31 : 20_260_503),
);

let stage: Stage;
let url = '';
let admin: Caller;

beforeAll(async () => {
  process.stdout.write(`fuzz: seed ${seed}, ${runs} runs\n`);
  stage = await setStage();
  url = await stage.app.address();
  admin = await stage.app.newPerson({ role: 'administrator' });
});

/** The token in a caller's header. */
function tokenOf({ authorization = '' }: Record<string, string>): string {
  return authorization.replace('Bearer ', '');
}

const asVisitor = (): Promise<Line> =>
  greet(url, {}, { token: tokenOf(stage.headersOf('visitor')) });
const asAgent = (): Promise<Line> => greet(url, stage.headersOf('agent'));

/** A connection is of use when it is answered. */
async function expectWell(line: Line): Promise<void> {
  const before = line.frames.filter(({ t }) => t === 'pong').length;
  line.say({ t: 'ping' });
  await expect
    .poll(() => line.frames.filter(({ t }) => t === 'pong').length, { timeout: 30_000 })
    .toBeGreaterThan(before);
}

const refusals = ({ frames }: Line): string[] =>
  frames.flatMap((frame) => (frame.t === 'refused' ? frame.code : []));

describe('frames', () => {
  const garbage: [string, string | Buffer][] = [
    ['no JSON', 'hello'],
    ['nothing', ''],
    ['half a frame', '{"t":"hello"'],
    ['a list', '[]'],
    ['null', 'null'],
    ['an unknown kind', '{"t":"drop table"}'],
    ['a prototype', '{"__proto__":{"t":"ping"}}'],
    ['bytes', Buffer.from([0, 255, 254, 192, 128])],
    ['depth', '['.repeat(30_000) + ']'.repeat(30_000)],
    ['1,500 rooms', JSON.stringify({ t: 'subscribe', rooms: Array(1_500).fill('everyone') })],
    ['a room of no kind', JSON.stringify({ t: 'subscribe', rooms: ['nowhere:1'] })],
    ['a room of dashes', JSON.stringify({ t: 'subscribe', rooms: [`team:${'-'.repeat(36)}`] })],
  ];
  test.each(garbage)('of %s are refused, and the connection goes on', async (_, frame) => {
    const line = await asAgent();
    line.socket.send(frame);
    await line.heard(({ t }) => t === 'refused');
    expect(refusals(line)).toEqual(['request.malformed']);
    await expectWell(line);
    line.socket.terminate();
  });

  test.each(garbage)('of %s from somebody unknown end the connection', async (_, frame) => {
    const line = await openLine(url);
    line.socket.send(frame);
    expect(await line.ended()).toBe(4400);
    expect(refusals(line)).toEqual(['request.malformed']);
  });

  test('of more than 64 KB end the connection', async () => {
    for (const open of [asAgent, () => openLine(url)]) {
      const line = await open();
      line.say({ t: 'hello', token: 'x'.repeat(65 * 1024) });
      expect(await line.ended()).toBe(1009);
    }
  });

  test('made from the schema, right and wrong, never meet anything unexpected', async () => {
    const known = await stage.known();
    const rooms = [...known.ids].flatMap(([kind, ids]) =>
      ids.map((id) => `${kind === 'app_user' ? 'user' : kind}:${id}`),
    );
    rooms.push(
      `conversation:${'-'.repeat(36)}`,
      `team:${'f'.repeat(36)}`,
      `visitor:${'0'.repeat(36)}`,
      'everyone',
    );
    const good = inputFor(ClientFrame, { known, name: '' });
    const subscriptions = fc.record({
      t: fc.constantFrom('subscribe', 'unsubscribe', 'hello'),
      rooms: fc.array(fc.constantFrom(...rooms), { maxLength: 20 }),
    });
    const frames = fc.sample(fc.oneof(good, spoilt(good), subscriptions), {
      seed,
      numRuns: runs * 2,
    });
    for (const open of [asAgent, asVisitor]) {
      let line = await open();
      for (const [at, frame] of frames.entries()) {
        const text = JSON.stringify(frame) ?? '';
        if (text.length < 60_000) line.say(text);
        if (at % 100 !== 99) continue;
        await expectWell(line);
        expect(refusals(line)).not.toContain('server.unexpected');
        line.socket.terminate();
        line = await open();
      }
      line.socket.terminate();
    }
  });
});

describe('crowds', () => {
  test('a flood ends the connection it comes through, and no other', async () => {
    const [bad, good] = [await asVisitor(), await asVisitor()];
    for (let at = 0; at < 5_000; at += 1) bad.say({ t: 'typing', on: at % 2 === 0 });
    expect(await bad.ended()).toBe(1013);
    await expectWell(good);
    good.socket.terminate();
  });

  test('who does not read is let go, and nothing is kept for them', async () => {
    const { hub, services } = stage.app;
    const [slow, quick] = [await asAgent(), await asAgent()];
    slow.socket.pause();
    const noun = 'x'.repeat(100_000);
    for (let at = 0; at < 200; at += 1) {
      services.live.deliver(['everyone'], { type: 'settings.changed', noun });
      await sleep(1);
    }
    await expect.poll(() => hub.size, { timeout: 30_000 }).toBe(1);
    await expectWell(quick);
    expect(quick.frames.filter(({ t }) => t === 'event').length).toBeGreaterThanOrEqual(200);
    for (const { socket } of [slow, quick]) socket.terminate();
  });

  test('a thousand that come and go leave nothing behind', async () => {
    const { hub } = stage.app;
    await expect.poll(() => hub.size, { timeout: 30_000 }).toBe(0);
    const room = `visitor:${(await stage.known()).ids.get('visitor')?.[0]}`;
    for (let round = 0; round < 10; round += 1) {
      const lines = await Promise.all(
        Array.from({ length: 100 }, (_, at) => (at % 3 === 0 ? openLine(url) : asVisitor())),
      );
      for (const [at, { socket }] of lines.entries()) socket[at % 2 ? 'terminate' : 'close']();
    }
    await expect.poll(() => hub.size, { timeout: 30_000 }).toBe(0);
    expect(hub.watched(room)).toBe(false);
  });
});

describe('who says hello', () => {
  test('twice is welcomed once', async () => {
    const line = await asVisitor();
    line.say({ t: 'hello', rooms: [] });
    line.say({ t: 'hello', rooms: [], token: 'yv_other' });
    await expectWell(line);
    expect(line.frames.filter(({ t }) => t === 'welcome')).toHaveLength(1);
    line.socket.terminate();
  });

  test('never is let go after a while', async () => {
    const line = await openLine(url);
    expect(await line.ended()).toBe(1008);
  });

  test('with nothing, or a wrong token, is refused and let go', async () => {
    const { authSecret } = stage.app.services.config;
    const { ids } = await stage.known();
    const [widget = '', visitor = ''] = [ids.get('widget')?.[0], ids.get('visitor')?.[0]];
    const sign = (payload: unknown, use: { purpose: string; expiresAt?: Date }): string =>
      `yv_${signToken(authSecret, payload, use)}`;
    const purpose = 'webchat.visitor';
    const genuine = tokenOf(stage.headersOf('visitor'));
    const wrong: [string, string][] = [
      ['', 'auth.signed_out'],
      ['yv_', 'auth.token_invalid'],
      ['yd_nobody', 'auth.token_invalid'],
      [`${genuine.slice(0, -2)}AA`, 'auth.token_invalid'],
      [genuine.replace('.', '..'), 'auth.token_invalid'],
      [`yv_${signToken('x'.repeat(32), [widget, visitor], { purpose })}`, 'auth.token_invalid'],
      [sign([widget, visitor], { purpose: 'webchat.mail' }), 'auth.token_invalid'],
      [sign([widget, visitor], { purpose, expiresAt: new Date(0) }), 'auth.token_invalid'],
      [sign([newId(), visitor], { purpose }), 'auth.token_invalid'],
      [sign([widget, newId()], { purpose }), 'auth.token_invalid'],
      [sign(['x', 'y'], { purpose }), 'auth.token_invalid'],
    ];
    for (const [token, code] of wrong) {
      const line = await greet(url, {}, token === '' ? {} : { token });
      expect(refusals(line), token).toEqual([code]);
      expect(await line.ended()).toBe(4401);
    }
  });

  test('with the token of another widget, or of one that is gone, is refused', async () => {
    const [one, two] = [await setTeam(stage.app, admin), await setTeam(stage.app, admin)];
    const visitor = await setVisitor(stage.app, one.widgetKey);
    const { authSecret } = stage.app.services.config;
    const forged = signToken(authSecret, [two.widgetId, visitor.userId], {
      purpose: 'webchat.visitor',
    });
    expect(refusals(await greet(url, {}, { token: `yv_${forged}` }))).toEqual([
      'auth.token_invalid',
    ]);
    await stage.app.request(deleteWidget, admin, { params: { id: one.widgetId } });
    expect((await stage.app.request(listWidgets, admin)).status).toBe(200);
    expect(refusals(await greet(url, {}, { token: visitor.token }))).toEqual([
      'auth.token_invalid',
    ]);
  });

  test('from a foreign page with a cookie is refused and let go, from our own is welcome', async () => {
    const { cookie = '' } = stage.headersOf('agent');
    for (const origin of ['https://evil.example', 'null', `${url}.evil.example`, 'file://']) {
      const line = await greet(url, { cookie, origin });
      expect(refusals(line), origin).toEqual(['request.origin_refused']);
      expect(await line.ended()).toBe(4400);
    }
    expect(refusals(await greet(url, { cookie }))).toEqual(['request.origin_refused']);
    const line = await greet(url, { cookie, origin: url });
    expect(line.frames[0]).toMatchObject({ t: 'welcome' });
    line.socket.terminate();
  });
});

describe('rooms', () => {
  test('of others are refused, to visitors all but their own', async () => {
    const { ids } = await stage.known();
    const other = await setVisitor(stage.app, stage.widgetKey);
    const team = await stage.app.request(createTeam, admin, { body: { name: `别组 ${newId()}` } });
    const visitor = await asVisitor();
    const foreign = [
      `visitor:${other.userId}`,
      `conversation:${other.conversationId}`,
      `team:${stage.teamId}`,
      `user:${ids.get('app_user')?.[0]}`,
      'everyone',
    ];
    visitor.say({ t: 'subscribe', rooms: foreign });
    const refused = await visitor.heard(({ t }) => t === 'refused');
    expect(refused).toMatchObject({ code: 'auth.forbidden', rooms: foreign });

    const agent = await asAgent();
    const rooms = [
      `team:${team.body.id}`,
      `user:${admin.userId}`,
      `visitor:${other.userId}`,
      `conversation:${newId()}`,
    ];
    agent.say({
      t: 'subscribe',
      rooms: [...rooms, `team:${stage.teamId}`, `conversation:${other.conversationId}`],
    });
    expect(await agent.heard(({ t }) => t === 'refused')).toMatchObject({ rooms });
    for (const { socket } of [visitor, agent]) socket.terminate();
  });
});
