import { getSetup, listTeams, openVisitorSession } from '@yingda/contract';
import { expect, test, vi } from 'vitest';
import { testApp } from '../../../test/app.ts';
import { networkOf, WindowStore } from './rate-limits.ts';

const MINUTE = 60_000;

function count(store: WindowStore, key: string): number {
  let current = 0;
  store.incr(key, (_, result) => (current = result?.current ?? 0), MINUTE);
  return current;
}

test('a clock set back keeps no window open', () => {
  vi.useFakeTimers({ toFake: ['Date', 'performance'] });
  try {
    const store = new WindowStore();
    expect([count(store, 'a'), count(store, 'a'), count(store, 'b')]).toEqual([1, 2, 1]);
    vi.setSystemTime(Date.now() - 5 * 60 * MINUTE);
    expect(count(store, 'a')).toBe(3);
    vi.advanceTimersByTime(MINUTE);
    expect(count(store, 'a')).toBe(1);
  } finally {
    vi.useRealTimers();
  }
});

test('many callers push out those unused longest, not the busy ones', () => {
  const store = new WindowStore();
  for (let at = 0; at < 20_000; at += 1) {
    count(store, `caller ${at}`);
    count(store, 'busy');
  }
  expect(count(store, 'busy')).toBe(20_001);
  expect(count(store, 'caller 0')).toBe(1);
});

test('one IPv6 line is one caller', () => {
  expect(networkOf('192.0.2.7')).toBe('192.0.2.7');
  expect(networkOf('::ffff:192.0.2.7')).toBe('::ffff:192.0.2.7');
  expect(networkOf('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2');
  expect(networkOf('2001:db8:1:2::6')).toBe('2001:db8:1:2');
  expect(networkOf('2001:db8::6')).toBe('2001:db8:0:0');
  expect(networkOf('::1')).toBe('0:0:0:0');
});

test('public routes count the address alone, others also who says to call', async () => {
  const app = await testApp({ config: { rateLimit: true } });
  const calls = (openVisitorSession.ratePerMinute ?? 0) + 5;
  const body = { widgetKey: 'none', locale: 'en' as const };
  const codes = new Set<string>();
  for (let at = 0; at < calls; at += 1) {
    const headers = {
      cookie: `other=${at}`,
      authorization: `Bearer yd_${at}`,
      'x-forwarded-for': `192.0.2.${at}`,
    };
    const answer = await app.request(openVisitorSession, null, { body, headers });
    codes.add(answer.problem.code);
  }
  expect(codes).toContain('request.too_many');
  expect((await app.request(getSetup, null)).status).toBe(200);
  const people = [await app.newPerson(), await app.newPerson()];
  for (const person of people) expect((await app.request(listTeams, person)).status).toBe(200);
});
