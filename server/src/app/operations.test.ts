import { beforeAll, expect, test } from 'vitest';
import { testApp } from '../../test/app.ts';
import type { TestApp } from '../../test/app.ts';
import { contractRoutes } from '../platform/http/openapi.ts';

let app: TestApp;
beforeAll(async () => {
  app = await testApp();
});

const get = async (url: string) => {
  const answer = await app.http?.inject({ method: 'GET', url });
  return {
    status: answer?.statusCode,
    type: String(answer?.headers['content-type']),
    body: answer?.body ?? '',
  };
};

test('the document names every route of the contract', async () => {
  const { body } = await get('/api/openapi.json');
  const { paths } = JSON.parse(body) as {
    paths: Record<string, Record<string, { operationId: string }>>;
  };
  const named = Object.values(paths).flatMap((methods) =>
    Object.values(methods).map(({ operationId }) => operationId),
  );
  expect(named.sort()).toEqual(
    contractRoutes()
      .map(([name]) => name)
      .sort(),
  );
});

test('the page that reads it loads nothing from elsewhere, and all it loads is there', async () => {
  const page = await get('/api/docs');
  const addresses = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].map(
    ([, address = '']) => address,
  );
  expect(addresses.length).toBeGreaterThan(2);
  for (const address of addresses) {
    expect(address).toMatch(/^\/api\/docs\//);
    const file = await get(address);
    expect(file.status).toBe(200);
    expect(file.type).toMatch(address.endsWith('.css') ? /css/ : /javascript/);
  }
});

test('health names its checks and figures are told to the machine itself', async () => {
  expect(JSON.parse((await get('/health')).body)).toMatchObject({
    status: 'ok',
    checks: { database: { status: 'ok' } },
  });
  expect((await get('/metrics')).body).toContain('yingda_sockets');
});
