import { expect, test } from 'vitest';
import { createHealth } from './index.ts';

test('all is well when every check passes', async () => {
  const health = createHealth();
  health.register('database', async () => {});
  expect(await health.report()).toEqual({
    status: 'ok',
    checks: { database: { status: 'ok', ms: expect.any(Number) } },
  });
});

test('a failed, a throwing and a silent check are named', async () => {
  const health = createHealth(20);
  health.register('files', () => Promise.reject(new Error('disk full')));
  health.register('mail', () => {
    throw new Error('refused');
  });
  health.register('bus', () => new Promise(() => {}));
  health.register('database', () => {});
  const report = await health.report();
  expect(report.status).toBe('degraded');
  expect(Object.entries(report.checks).map(([name, check]) => [name, check.problem])).toEqual([
    ['files', 'disk full'],
    ['mail', 'refused'],
    ['bus', 'no answer within 20 ms'],
    ['database', undefined],
  ]);
});
