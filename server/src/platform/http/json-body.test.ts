import fc from 'fast-check';
import { fastify } from 'fastify';
import { expect, test } from 'vitest';
import { isTooDeep, readJsonBodies } from './json-body.ts';

async function read(payload: string) {
  const app = fastify();
  readJsonBodies(app);
  app.post('/', async (request) => ({ got: request.body }));
  const headers = { 'content-type': 'application/json' };
  const answer = await app.inject({ method: 'POST', url: '/', headers, payload });
  return { status: answer.statusCode, got: answer.json<{ got: unknown }>().got };
}

test('what is not nested without end arrives as it was sent', async () => {
  // Names that could reach a prototype are refused, as the last test tells.
  const sent = fc
    .jsonValue({ maxDepth: 5 })
    .filter((value) => !/"(?:__proto__|constructor)":/.test(JSON.stringify(value)));
  await fc.assert(
    fc.asyncProperty(sent, async (value) => {
      const text = JSON.stringify({ value });
      expect(isTooDeep(text)).toBe(false);
      expect(await read(text)).toEqual({ status: 200, got: JSON.parse(text) as unknown });
    }),
    { numRuns: 50 },
  );
});

test('brackets in texts do not count, those outside do', () => {
  expect(isTooDeep(JSON.stringify('['.repeat(500)))).toBe(false);
  expect(isTooDeep(JSON.stringify('\\"'.repeat(500) + '[{"'.repeat(500)))).toBe(false);
  expect(isTooDeep('['.repeat(65))).toBe(true);
  expect(isTooDeep('[]'.repeat(500))).toBe(false);
});

test('a text cut within an emoji loses the half and nothing else', async () => {
  const { got } = await read('{"text":"a\\ud83d","\\udc00":["\\ud83d\\ude00b\\uDE00"]}');
  expect(got).toEqual({ text: 'a\ufffd', '\ufffd': ['😀b\ufffd'] });
});

test('a prototype in a body is refused', async () => {
  expect((await read('{"__proto__":{"x":1}}')).status).toBe(400);
  expect((await read('{"constructor":{"prototype":{"x":1}}}')).status).toBe(400);
});
