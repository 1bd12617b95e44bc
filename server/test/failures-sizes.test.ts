import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import * as contract from '@yingda/contract';
import type { RouteSpec } from '@yingda/contract';
import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { contractRoutes } from '../src/platform/http/openapi.ts';
import type { Caller } from './app.ts';
import { inputFor } from './fuzz/generate.ts';
import { addressOf, setStage, setTeam, setVisitor } from './fuzz/stage.ts';
import type { Stage } from './fuzz/stage.ts';
import { upload } from './fuzz/upload.ts';
import { dial } from './fuzz/wire.ts';

const MAX_BYTES = 1024 * 1024;

let stage: Stage;
let url = '';
let admin: Caller;

beforeAll(async () => {
  stage = await setStage({ maxUploadBytes: MAX_BYTES });
  url = await stage.app.address();
  admin = await stage.app.newPerson({ role: 'administrator' });
});

/** Every file in the store's folder, finished or not. */
function filesOnDisk(): string[] {
  const folder = join(stage.app.services.config.dataDir, 'files');
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name)
    .sort();
}

async function filesKnown(): Promise<string[]> {
  const { rows } = await sql<{ key: string }>`select storage_key as key from file`.execute(
    stage.app.ctx.db,
  );
  return rows.map(({ key }) => key).sort();
}

/** What is on disk is what the database knows, nothing less and nothing more. */
async function expectTidy(): Promise<void> {
  const known = await filesKnown();
  await expect.poll(filesOnDisk, { timeout: 30_000 }).toEqual(known);
}

const doors = [
  ['visitor', '/api/webchat/files'],
  ['key', '/api/files'],
] as const;

describe('uploads', () => {
  test.each(doors)(
    'too large for a %s are refused, and nothing of them is kept',
    async (who, path) => {
      const before = await filesKnown();
      for (const size of [MAX_BYTES + 1, 5 * MAX_BYTES]) {
        const bytes = new Uint8Array(size);
        const { status, problem } = await upload(url + path, stage.headersOf(who), {
          name: 'a.bin',
          bytes,
        });
        expect([status, problem.code]).toEqual([413, 'file.too_large']);
      }
      expect(await filesKnown()).toEqual(before);
      await expectTidy();
    },
  );

  test('of just the largest size are kept', async () => {
    const bytes = randomBytes(MAX_BYTES);
    const { status, file } = await upload(`${url}/api/files`, stage.headersOf('key'), {
      name: 'a.bin',
      bytes,
    });
    expect([status, file.size]).toEqual([201, MAX_BYTES]);
  });

  test('that never end are cut off', async () => {
    const socket = await dial(url);
    let said = '';
    socket.on('data', (chunk: Buffer) => (said += chunk.toString()));
    const { authorization } = stage.headersOf('key');
    socket.write(
      `POST /api/files HTTP/1.1\r\nHost: x\r\nAuthorization: ${authorization}\r\nTransfer-Encoding: chunked\r\n` +
        'Content-Type: multipart/form-data; boundary=b\r\n\r\n',
    );
    const chunk = (text: string): string => `${text.length.toString(16)}\r\n${text}\r\n`;
    socket.write(chunk('--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n'));
    for (let sent = 0; sent < 40 && said === ''; sent += 1) {
      socket.write(chunk('x'.repeat(100_000)));
      await sleep(5);
    }
    await expect.poll(() => said, { timeout: 30_000 }).toContain('file.too_large');
    socket.destroy();
    await expectTidy();
  });

  test('given up in the middle leave nothing behind', async () => {
    const { authorization } = stage.headersOf('key');
    for (let at = 0; at < 10; at += 1) {
      const socket = await dial(url);
      socket.write(
        `POST /api/files HTTP/1.1\r\nHost: x\r\nAuthorization: ${authorization}\r\nContent-Length: 900000\r\n` +
          'Content-Type: multipart/form-data; boundary=b\r\n\r\n' +
          `--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n${'x'.repeat(at * 60_000)}`,
      );
      await sleep(at * 4);
      socket[at % 2 ? 'resetAndDestroy' : 'destroy']();
    }
    await expectTidy();
    expect((await fetch(`${url}/health`)).status).toBe(200);
  });

  test('of many at once all arrive whole', async () => {
    await Promise.all(
      Array.from({ length: 40 }, async (_, at) => {
        const bytes = randomBytes(300_000 + at);
        const [who, path] = doors[at % 2] ?? doors[0];
        const { status, file } = await upload(url + path, stage.headersOf(who), {
          name: `${at}.bin`,
          bytes,
        });
        expect(status).toBe(201);
        const got = Buffer.from(await (await fetch(url + file.url)).arrayBuffer());
        const hash = (data: Uint8Array): string => createHash('sha256').update(data).digest('hex');
        expect(hash(got)).toBe(hash(bytes));
      }),
    );
    await expectTidy();
  });

  test('that the database does not take are not kept on disk either', async () => {
    const { kysely } = stage.app.services.database;
    await sql`alter table file add constraint never check (name <> 'unwanted.txt')`.execute(kysely);
    const { status } = await upload(`${url}/api/files`, stage.headersOf('key'), {
      name: 'unwanted.txt',
      bytes: 'x',
    });
    await sql`alter table file drop constraint never`.execute(kysely);
    expect(status).toBe(500);
    await expectTidy();
  });
});

describe('names of files', () => {
  const names = [
    '../../etc/passwd',
    '..\\..\\windows\\system32',
    'a\u0000b.txt',
    'a\r\nSet-Cookie: x=1.txt',
    'a"; filename="b.html',
    "a'b;c=d.txt",
    '\u202Egnp.exe',
    '报价单（最终版）.xlsx',
    '长'.repeat(300),
    `${'x'.repeat(199)}😀`,
    `😀${'x'.repeat(199)}`,
    `${'😀'.repeat(150)}.png`,
    '.',
    '..',
    '',
    'con',
    '%2e%2e%2f%00',
    '<script>alert(1)</script>',
    `${'a'.repeat(180)}.txt`,
  ];
  test.each(names)('%j is stored and served without harm', async (name) => {
    const { status, file } = await upload(`${url}/api/files`, stage.headersOf('key'), {
      name,
      bytes: 'hello',
    });
    expect(status).toBe(201);
    expect(file.name).not.toMatch(/[\u0000-\u001f/\\]/);
    expect(file.name.isWellFormed()).toBe(true);
    const answer = await fetch(url + file.url);
    expect([answer.status, await answer.text()]).toEqual([200, 'hello']);
    expect(answer.headers.has('set-cookie')).toBe(false);
    const disposition = answer.headers.get('content-disposition') ?? '';
    expect(disposition).toMatch(/^attachment; filename="[^"\\/]*"; filename\*=UTF-8''[\w%.~-]*$/);
  });

  test('do not matter to who has not the key of the file', async () => {
    const { file } = await upload(`${url}/api/files`, stage.headersOf('key'), {
      name: 'a.txt',
      bytes: 'x',
    });
    const [, , , id = '', key = ''] = file.url.split('/');
    const wrong = [
      `/api/files/${id}/${key.slice(0, -1)}x/a.txt`,
      `/api/files/${id}/x/a.txt`,
      `/api/files/${randomUUID()}/${key}/a.txt`,
    ];
    for (const path of wrong) expect((await fetch(url + path)).status, path).toBe(404);
  });
});

describe('programs as files', () => {
  const programs: [string, string, string][] = [
    ['a.svg', 'image/svg+xml', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"></svg>'],
    ['a.html', 'text/html', '<script>alert(1)</script>'],
    ['a.xhtml', 'application/xhtml+xml', '<html xmlns="http://www.w3.org/1999/xhtml"/>'],
    ['a.js', 'text/javascript', 'alert(1)'],
    ['a.xml', 'text/xml', '<?xml version="1.0"?><?xml-stylesheet href="x"?><a/>'],
    ['a.png', 'image/png', '<script>alert(1)</script>'],
    ['a.gif', 'image/gif', 'GIF89a/*<script>*/=1;alert(1)'],
    ['a.pdf', 'application/pdf', '%PDF-1.7 /JS (app.alert(1))'],
    ['a', 'text/html; charset=utf-7', '+ADw-script+AD4-'],
    ['a.txt', '*/*', '<html>'],
    ['a.swf', 'application/x-shockwave-flash', 'FWS'],
  ];
  test.each(programs)('%s (%s) are saved or shown, never run', async (name, mime, bytes) => {
    const { file } = await upload(`${url}/api/files`, stage.headersOf('key'), {
      name,
      mime,
      bytes,
    });
    const { headers } = await fetch(url + file.url);
    expect(headers.get('content-type')).not.toMatch(/html|svg|xml|script|flash/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toContain('sandbox');
    if (headers.get('content-type') !== 'image/gif') {
      expect(headers.get('content-disposition')).toMatch(/^attachment/);
    }
  });
});

describe('texts', () => {
  async function chat() {
    const team = await setTeam(stage.app, admin);
    const visitor = await setVisitor(stage.app, team.widgetKey);
    const say = (text: string) =>
      stage.app.request(contract.postVisitorMessage, visitor, {
        body: { clientKey: randomUUID(), parts: [{ type: 'text', text }] },
      });
    return { visitor, say };
  }

  test('of 100,000 characters are refused with the limit, those within it arrive whole', async () => {
    const { visitor, say } = await chat();
    for (const text of ['x'.repeat(100_000), '长'.repeat(100_000)]) {
      const { status, problem } = await say(text);
      expect(status).toBe(422);
      expect(problem.faults).toEqual([
        { path: 'parts.0.text', kind: 'too_big', params: { max: contract.maxMessageLength } },
      ]);
    }
    const longest = '长'.repeat(contract.maxMessageLength);
    expect((await say(longest)).status).toBe(201);
    const params = { id: visitor.conversationId };
    const { body } = await stage.app.request(contract.listMessages, admin, { params });
    expect(body.items.at(-1)?.parts).toEqual([{ type: 'text', text: longest }]);
  });

  test('cut within an emoji are kept without the half', async () => {
    const { say } = await chat();
    const { status, body } = await say('好的😀'.slice(0, -1));
    expect(status).toBe(201);
    expect(body.message.parts).toEqual([{ type: 'text', text: '好的\ufffd' }]);
  });

  test('that are refused make nobody a customer', async () => {
    const { widgetKey } = stage;
    const body = { widgetKey, locale: 'zh-CN' as const };
    const { body: session } = await stage.app.request(contract.openVisitorSession, null, { body });
    const visitor = { userId: '', name: '', headers: { authorization: `Bearer ${session.token}` } };
    const before = await stage.footprint();
    const wrong: contract.PartInput[] = [
      { type: 'text', text: '  ' },
      { type: 'file', fileId: randomUUID() },
    ];
    for (const part of wrong) {
      const { problem } = await stage.app.request(contract.postVisitorMessage, visitor, {
        body: { clientKey: randomUUID(), parts: [part] },
      });
      expect(['message.empty', 'file.not_found']).toContain(problem.code);
    }
    expect(await stage.footprint()).toEqual(before);
  });

  test("of others' files cannot be taken over by their ids", async () => {
    const { file } = await upload(`${url}/api/files`, stage.headersOf('key'), {
      name: 'secret.txt',
      bytes: 'x',
    });
    const { visitor } = await chat();
    const { problem } = await stage.app.request(contract.postVisitorMessage, visitor, {
      body: { clientKey: randomUUID(), parts: [{ type: 'file', fileId: file.id }] },
    });
    expect(problem.code).toBe('file.not_found');
  });
});

const hostile = '<script>alert("x")</script>&amp;\'“${7*7}{{1}}';

type Leaf = { path: string[]; value: unknown };
function leavesOf(value: unknown, path: string[] = []): Leaf[] {
  if (typeof value !== 'object' || value === null) return [{ path, value }];
  return Object.entries(value).flatMap(([key, field]) => leavesOf(field, [...path, key]));
}

/** Texts of an answer at the places where the input had the hostile one. */
function returned(body: unknown, answer: unknown): unknown[] {
  const places = leavesOf(body).filter(({ value }) => value === hostile);
  const shown = new Map(leavesOf(answer).map(({ path, value }) => [path.join('.'), value]));
  const wrapped = new Map(
    leavesOf(answer).map(({ path, value }): [string, unknown] => [path.slice(1).join('.'), value]),
  );
  return places.flatMap(({ path }) => {
    const at = path.join('.');
    const found = shown.get(at) ?? wrapped.get(at);
    return found === undefined ? [] : [found];
  });
}

/** What the answer says where the input had the hostile text. */
async function echoes(route: RouteSpec, input: { params: unknown; body: unknown }) {
  const who = route.access === 'visitor' ? 'visitor' : 'administrator';
  const answer = await stage.app.http?.inject({
    method: route.method,
    url: addressOf(route, input),
    headers: stage.headersOf(who),
    payload: input.body as object,
  });
  if (!answer) throw new Error('no doors');
  if (answer.body === '') return [];
  expect(String(answer.headers['content-type'])).toMatch(/json/);
  expect(answer.headers['x-content-type-options']).toBe('nosniff');
  return answer.statusCode < 400 ? returned(input.body, answer.json()) : [];
}

test('script in any text field comes back as the text it is', async () => {
  const seen = new Map<string, number>();
  const writing = contractRoutes().filter(([, route]) => route.body && route.method !== 'DELETE');
  for (const [name, route] of writing) {
    await stage.renew();
    const known = await stage.known();
    const place = { known, name: /\/api\/([\w-]+)/.exec(route.path)?.[1] ?? '', text: hostile };
    const input = fc.record({
      params: inputFor(route.params, place),
      body: inputFor(route.body, place),
    });
    for (const { params, body } of fc.sample(input, { seed: 7, numRuns: 12 })) {
      const texts = await echoes(route, { params, body });
      for (const text of texts) expect(text, name).toBe(hostile);
      seen.set(name, (seen.get(name) ?? 0) + texts.length);
    }
  }
  const shown = [...seen].filter(([, count]) => count > 0).map(([name]) => name);
  expect(shown.length, shown.join(', ')).toBeGreaterThan(12);
});
