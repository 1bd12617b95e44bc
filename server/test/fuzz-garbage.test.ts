import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import type { ProblemBody } from '@yingda/contract';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { addresses, bodies, garbage, head } from './fuzz/samples.ts';
import { setStage } from './fuzz/stage.ts';
import type { Stage } from './fuzz/stage.ts';
import { verdictOn } from './fuzz/verdict.ts';
import { dial, send } from './fuzz/wire.ts';
import type { WireAnswer } from './fuzz/wire.ts';

const runs = Number(process.env['FUZZ_RUNS'] ?? 60);
const seed = Number(
  process.env['FUZZ_SEED'] ?? (process.env['FUZZ_RUNS'] ? Date.now() % 2 ** 31 : 20_260_502),
);

let stage: Stage;
let url = '';
const uncaught: unknown[] = [];
const note = (error: unknown): void => void uncaught.push(error);

beforeAll(async () => {
  process.stdout.write(`fuzz: seed ${seed}, ${runs} runs\n`);
  stage = await setStage();
  url = await stage.app.address();
  process.on('uncaughtException', note);
  process.on('unhandledRejection', note);
});
beforeEach(() => void (uncaught.length = 0));
afterAll(() => {
  process.off('uncaughtException', note);
  process.off('unhandledRejection', note);
});

/** The server still answers, and nothing went past its error handlers. */
async function expectAlive(): Promise<void> {
  await sleep(20);
  expect(uncaught).toEqual([]);
  expect((await fetch(`${url}/health`)).status).toBe(200);
}

function verdict(answer: WireAnswer): string[] {
  const type = answer.headers.get('content-type') ?? '';
  return verdictOn({ status: answer.status, type, body: answer.body }, { locale: 'en' });
}

/** Sends one request and says what is wrong with the answer. */
async function ask(bytes: string | Buffer): Promise<string[]> {
  const answer = await send(url, bytes);
  return answer ? verdict(answer) : ['no answer'];
}

function post(path: string, body: string | Buffer, headers: string[] = []): Buffer {
  const bytes = Buffer.from(body);
  const start = head(`POST ${path} HTTP/1.1`, [`Content-Length: ${bytes.length}`, ...headers]);
  return Buffer.concat([Buffer.from(start), bytes]);
}

describe('addresses', () => {
  test.each(addresses)('%s is answered as any other', async (path) => {
    expect(await ask(head(`GET ${path} HTTP/1.1`))).toEqual([]);
    const cookie = stage.headersOf('administrator')['cookie'];
    expect(await ask(head(`GET ${path} HTTP/1.1`, [`Cookie: ${cookie}`]))).toEqual([]);
    await expectAlive();
  });

  test.each(['TRACE', 'OPTIONS', 'PROPFIND', 'PURGE', 'QUERY', 'HEAD', 'PUT', 'DELETE', 'LINK'])(
    'the method %s is answered',
    async (method) => {
      for (const path of ['/', '/api/me', '/api/conversations', '/health', '/nowhere']) {
        const answer = await send(url, head(`${method} ${path} HTTP/1.1`));
        expect(answer).not.toBeNull();
        expect(answer?.status).toBeLessThan(500);
        if (answer && answer.status >= 400 && answer.body !== '')
          expect(verdict(answer)).toEqual([]);
      }
      await expectAlive();
    },
  );
});

describe('what is no HTTP', () => {
  test.each(garbage)("%s is refused in the product's own form", async (_, bytes) => {
    const answer = await send(url, bytes);
    // What is too long may be cut off before it has all been sent: then nothing can be read.
    if (!answer && bytes.length > 20_000) return expectAlive();
    expect(answer?.status).toBeGreaterThanOrEqual(400);
    const type = answer?.headers.get('content-type') ?? '';
    expect(type).toMatch(/^application\/problem\+json/);
    expect((JSON.parse(answer?.body ?? '') as ProblemBody).code).toMatch(/^request\./);
    await expectAlive();
  });

  test('a connection that is reset at any moment hurts nobody', async () => {
    const starts = [
      '',
      'GET',
      head('GET /api/me HTTP/1.1').slice(0, -4),
      head('GET /api/nowhere HTTP/1.1'),
    ];
    for (const start of [...starts, head('GET /nowhere HTTP/1.1', ['Upgrade: websocket'])]) {
      const socket = await dial(url);
      socket.write(start);
      await sleep(5);
      socket.resetAndDestroy();
    }
    const cut = post(
      '/api/auth/sign-in/email',
      '{"email":"x@example.com","password":"xxxxxxxxxxxx"}',
    );
    const socket = await dial(url);
    socket.write(cut);
    socket.resetAndDestroy();
    await sleep(100);
    await expectAlive();
  });
});

describe('bodies', () => {
  const paths = [
    '/api/auth/sign-in/email',
    '/api/setup',
    '/api/webchat/sessions',
    '/api/conversations/bulk',
    '/api/me',
  ];
  test.each(bodies)('%s is refused, by every kind of route', async (_, body, type) => {
    for (const path of paths) {
      for (const who of ['nobody', 'administrator'] as const) {
        const { cookie } = stage.headersOf(who);
        const own =
          cookie === undefined
            ? []
            : [`Cookie: ${cookie}`, `Origin: ${stage.app.services.config.baseUrl}`];
        const answer = await send(url, post(path, body, [type, ...own]));
        expect(answer?.status ?? 0, path).toBeGreaterThanOrEqual(400);
        expect(answer && verdict(answer), path).toEqual([]);
      }
    }
    await expectAlive();
  });

  test('parts of every broken form are refused', async () => {
    const boundary = 'Content-Type: multipart/form-data; boundary=b';
    const part = (more: string): string =>
      `--b\r\nContent-Disposition: form-data; ${more}\r\n\r\nx\r\n`;
    const broken = [
      '',
      '--b--\r\n',
      '--b\r\n',
      part('name="file"; filename="a.txt"').slice(0, -2),
      part('name="file"'),
      part('name="__proto__"; filename="a.txt"') + '--b--\r\n',
      part('filename="a.txt"') + '--b--\r\n',
      part(`name="file"; filename="${'x'.repeat(20_000)}"`) + '--b--\r\n',
      `${Array.from({ length: 2_000 }, (_, at) => part(`name="f${at}"`)).join('')}--b--\r\n`,
      `--b\r\n${'X-Header: y\r\n'.repeat(5_000)}\r\nx\r\n--b--\r\n`,
    ];
    for (const who of ['visitor', 'key'] as const) {
      const path = who === 'visitor' ? '/api/webchat/files' : '/api/files';
      for (const body of broken) {
        const answer = await send(
          url,
          post(path, body, [boundary, `Authorization: ${stage.headersOf(who)['authorization']}`]),
        );
        expect(answer?.status, body.slice(0, 80)).toBeLessThan(500);
        expect(answer && verdict(answer), body.slice(0, 80)).toEqual([]);
      }
    }
    await expectAlive();
  });
});

describe('headers', () => {
  const values = fc.oneof(
    fc
      .string({ unit: 'binary-ascii', maxLength: 200 })
      .map((text) => text.replaceAll(/[\x00-\x1f\x7f]/g, '')),
    fc.constantFrom(
      'Bearer',
      'Bearer ',
      'Bearer yd_',
      'Bearer yv_',
      'Bearer yv_a.b',
      'Bearer yv_e30.e30',
      `Bearer yd_${'x'.repeat(8_000)}`,
      'Basic eDp5',
    ),
    fc.constantFrom(
      'yingda.session_token=',
      'yingda.session_token=%',
      'yingda.session_token=a.b',
      `yingda.session_token=${'%41'.repeat(2_000)}`,
      '=;=;=',
      ';'.repeat(3_000),
    ),
    fc.constantFrom(
      '*',
      'en;q=',
      'en;q=NaN,zh;q=-1',
      `${'en,'.repeat(2_000)}`,
      '\u00ff\u00fe',
      'bytes=-',
      'bytes=9-1',
      'null',
      'http://',
      'https://evil.example',
    ),
  );
  const names = [
    'Authorization',
    'Cookie',
    'Accept-Language',
    'Origin',
    'Range',
    'If-None-Match',
    'Accept',
    'X-Forwarded-For',
    'X-Forwarded-Host',
    'Forwarded',
    'Sec-Fetch-Site',
    'Expect',
    'Accept-Encoding',
    'Accept-Version',
    'User-Agent',
    'Referer',
    'X-Request-Id',
    'X-Http-Method-Override',
  ];
  test('any header with any value is answered', async () => {
    const targets = [
      'GET /api/me',
      'GET /api/conversations',
      'GET /api/setup',
      'GET /demo',
      'GET /',
      'GET /api/webchat/conversation',
      'POST /api/auth/sign-out',
    ];
    const one = fc.tuple(fc.constantFrom(...targets), fc.constantFrom(...names), values);
    for (const [target, name, value] of fc.sample(one, { seed, numRuns: runs * 3 })) {
      const answer = await send(
        url,
        Buffer.from(head(`${target} HTTP/1.1`, [`${name}: ${value}`]), 'latin1'),
      );
      const said = answer && answer.status < 400 ? [] : verdictInAny(answer);
      expect(said, `${target} ${name}: ${value.slice(0, 100)}`).toEqual([]);
    }
    await expectAlive();
  });

  /** The language is part of what was garbled. */
  function verdictInAny(answer: WireAnswer | null): string[] {
    if (!answer) return ['no answer'];
    const type = answer.headers.get('content-type') ?? '';
    if (answer.status === 417) return [];
    const [zh, en] = (['zh-CN', 'en'] as const).map((locale) =>
      verdictOn({ status: answer.status, type, body: answer.body }, { locale }),
    );
    return zh?.length === 0 ? [] : (en ?? []);
  }
});

describe('upgrades', () => {
  const upgrade = [
    'Upgrade: websocket',
    'Connection: Upgrade',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
  ];
  const raw = (line: string, headers: string[]): string =>
    [line, 'Host: localhost', ...headers, '', ''].join('\r\n');
  test.each(['//', '/nowhere', '/api/live/', '/api/me', 'http://[', '*', '/%', '/api/live?x=%'])(
    'to %s leave the server well',
    async (path) => {
      const socket = await dial(url);
      socket.write(raw(`GET ${path} HTTP/1.1`, upgrade));
      await Promise.race([once(socket, 'data'), once(socket, 'close')]);
      socket.resetAndDestroy();
      await expectAlive();
    },
  );

  test.each([
    ['without a key', upgrade.slice(0, 3)],
    ['of another version', [...upgrade.slice(0, 2), 'Sec-WebSocket-Version: 99', upgrade[3] ?? '']],
    ['to another protocol', ['Upgrade: h2c', 'Connection: Upgrade']],
    ['with a broken extension', [...upgrade, 'Sec-WebSocket-Extensions: ;;;=']],
    ['with a broken subprotocol', [...upgrade, 'Sec-WebSocket-Protocol: ,,,']],
  ])('%s are refused', async (_, headers) => {
    const socket = await dial(url);
    socket.write(raw('GET /api/live HTTP/1.1', headers));
    await Promise.race([once(socket, 'data'), once(socket, 'close')]);
    socket.resetAndDestroy();
    await expectAlive();
  });

  test('a connection that is reset right after asking hurts nobody', async () => {
    for (const path of ['/api/live', '/nowhere', '//']) {
      for (let at = 0; at < 10; at += 1) {
        const socket = await dial(url);
        socket.write(raw(`GET ${path} HTTP/1.1`, upgrade));
        if (at % 2 === 0) await sleep(2);
        socket.resetAndDestroy();
      }
    }
    await sleep(100);
    await expectAlive();
  });
});
