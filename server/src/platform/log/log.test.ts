import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { createLogger, hideSecretsInUrl, requestLogger } from './index.ts';

function recorder() {
  const lines: string[] = [];
  const stream = { write: (line: string) => void lines.push(line) };
  return { lines, logger: createLogger({ level: 'info', format: 'json' }, stream) };
}

test('a line is JSON with level, time and message', () => {
  const { lines, logger } = recorder();
  logger.info({ port: 3000 }, 'listening');
  logger.debug('not shown');
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0] ?? '')).toEqual({
    level: 'info',
    time: expect.stringMatching(/^\d{4}-.*Z$/),
    port: 3000,
    msg: 'listening',
  });
});

test('secrets are hidden at every depth they are logged at', () => {
  const { lines, logger } = recorder();
  logger.warn({
    password: 'hunter2',
    headers: { authorization: 'hunter2', cookie: 'hunter2', 'set-cookie': 'hunter2', host: 'seen' },
    req: {
      headers: { authorization: 'hunter2', 'x-api-key': 'hunter2' },
      body: { code: 'hunter2' },
    },
    body: { token: 'hunter2', secret: 'hunter2', newPassword: 'hunter2', code: 'hunter2' },
    url: '/verify?token=hunter2&page=seen',
  });
  expect(lines[0]).not.toContain('hunter2');
  expect(lines[0]?.match(/seen/g)).toHaveLength(2);
});

test('an error keeps its code, its message and its place', () => {
  const { lines, logger } = recorder();
  logger.error(Object.assign(new Error('disk full'), { code: 'ENOSPC' }));
  const line: unknown = JSON.parse(lines[0] ?? '');
  expect(line).toMatchObject({
    err: { code: 'ENOSPC', message: 'disk full', stack: expect.any(String) },
  });
});

test('secrets in lists and in the request of an error are hidden', () => {
  const { lines, logger } = recorder();
  const error = Object.assign(new Error('refused'), {
    code: 'E401',
    config: { headers: { Authorization: 'hunter2' }, list: [{ apiKey: 'hunter2', name: 'seen' }] },
  });
  logger.error({ err: error, token: { raw: 'hunter2' }, items: [{ password: 'hunter2' }, 'seen'] });
  expect(lines[0]).not.toContain('hunter2');
  expect(lines[0]?.match(/seen/g)).toHaveLength(2);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ items: [{ password: '[hidden]' }, 'seen'] });
});

test('the lines of a request carry its id', () => {
  const { lines, logger } = recorder();
  requestLogger(logger, 'r1').info('done');
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ requestId: 'r1', msg: 'done' });
});

test('the pretty form is for people', () => {
  const lines: string[] = [];
  const sink = new PassThrough();
  sink.on('data', (chunk: Buffer) => lines.push(chunk.toString()));
  createLogger({ level: 'info', format: 'pretty' }, sink).info({ password: 'hunter2' }, 'hello');
  expect(lines.join('')).toContain('hello');
  expect(lines.join('')).not.toContain('hunter2');
});

test('addresses lose their secret parameters only', () => {
  expect(hideSecretsInUrl('/a?code=x&b=1#c')).toBe('/a?code=[hidden]&b=1#c');
});

test('addresses lose the keys in their paths', () => {
  const key = `yi_${'x'.repeat(43)}`;
  expect(hideSecretsInUrl(`/api/invitations/by-token/${key}/accept`)).toBe(
    '/api/invitations/by-token/[hidden]/accept',
  );
});

test('a row that the database refused is not repeated', () => {
  const { lines, logger } = recorder();
  const detail = 'Failing row contains (1, hunter2, (x), \n y).';
  logger.error({ err: Object.assign(new Error('refused'), { code: '23514', detail }) });
  logger.error({
    err: Object.assign(new Error('x'), { detail: 'Key (k)=(hunter2) already exists.' }),
  });
  expect(lines.join()).not.toContain('hunter2');
  expect(lines[0]).toContain('Failing row contains [hidden].');
});
