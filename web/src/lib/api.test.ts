import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { getConversation, listPeople, postMessage } from '@yingda/contract';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { addressOf, call, isProblem, problemFrom, ProblemError } from './api.ts';

let server: Server;
let answer: (request: IncomingMessage, response: ServerResponse) => void;
const realFetch = globalThis.fetch;

beforeAll(async () => {
  server = createServer((request, response) => answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  vi.stubGlobal('document', { documentElement: { lang: 'en' } });
  // A browser resolves addresses against its page; here the page is the server of the test.
  vi.stubGlobal('fetch', (path: string, init: RequestInit) =>
    realFetch(`http://127.0.0.1:${port}${path}`, init),
  );
});
afterEach(() => {
  answer = () => undefined;
});
afterAll(() => {
  vi.unstubAllGlobals();
  server.close();
});

const id = '0190a000-0000-7000-8000-000000000001';
const send = (status: number, body: unknown): typeof answer => {
  return (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  };
};

test('addresses hold encoded parameters, and no query values that are empty', () => {
  expect(addressOf(getConversation, { params: { id: 'a/b' } })).toBe('/api/conversations/a%2Fb');
  expect(addressOf(listPeople, { query: { q: '王 & co', active: undefined, cursor: '' } })).toBe(
    '/api/people?q=%E7%8E%8B+%26+co',
  );
});

test('a call sends its body and the language and returns the answer', async () => {
  let heard = '';
  answer = (request, response) => {
    heard = `${request.method} ${request.url} ${request.headers['accept-language']} `;
    request.on('data', (chunk) => (heard += String(chunk)));
    request.on('end', () => response.end('{"id":"m1"}'));
  };
  const body = { clientKey: 'k1234567', parts: [{ type: 'text' as const, text: 'hi' }] };
  expect(await call(postMessage, { params: { id }, body })).toEqual({ id: 'm1' });
  expect(heard).toBe(`POST /api/conversations/${id}/messages en ${JSON.stringify(body)}`);
});

test('a problem comes out with code, parameters, faults and request', async () => {
  answer = send(422, {
    code: 'request.invalid',
    status: 422,
    requestId: 'r1',
    faults: [{ path: 'body.name', kind: 'required' }],
  });
  const error = await call(getConversation, { params: { id } }).catch(
    (problem: unknown) => problem,
  );
  expect(error).toBeInstanceOf(ProblemError);
  expect(error).toMatchObject({
    code: 'request.invalid',
    status: 422,
    requestId: 'r1',
    faults: [{ path: 'body.name', kind: 'required' }],
  });
});

test('answers of a proxy become problems too', async () => {
  answer = send(502, '<html>Bad gateway</html>');
  const error = await call(getConversation, { params: { id } }).catch(
    (problem: unknown) => problem,
  );
  expect(isProblem(error, 'server.unavailable')).toBe(true);
  expect(problemFrom(401, null).code).toBe('auth.signed_out');
  expect(problemFrom(429, 'slow down').code).toBe('request.too_many');
  expect(problemFrom(418, { code: 'tea.pot' }).code).toBe('network.unexpected_answer');
});

test('a server that is not there is a problem, a cancelled call is not', async () => {
  answer = (request) => request.socket.destroy();
  const error = await call(getConversation, { params: { id } }).catch(
    (problem: unknown) => problem,
  );
  expect(isProblem(error, 'network.unreachable')).toBe(true);
  const cancelled = await call(
    getConversation,
    { params: { id } },
    { signal: AbortSignal.abort() },
  ).catch((problem: unknown) => problem);
  expect(cancelled).not.toBeInstanceOf(ProblemError);
});
