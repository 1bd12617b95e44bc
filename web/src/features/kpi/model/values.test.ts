// @vitest-environment node
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { bandAt, changeOf, formatTick, formatValue, standingOf } from './values.ts';

beforeAll(() => {
  vi.stubGlobal('document', { documentElement: { lang: 'en' } });
});

describe('values', () => {
  test('are written in their unit', () => {
    expect(formatValue(82.44, 'percent', 'CNY')).toBe('82.4%');
    expect(formatValue(38.4, 'seconds', 'CNY')).toBe('38s');
    expect(formatValue(4.26, 'seconds', 'CNY')).toBe('4.3s');
    expect(formatValue(312, 'seconds', 'CNY')).toBe('5:12');
    expect(formatValue(320, 'money', 'USD')).toBe('$3.20');
    expect(formatValue(320, 'money', 'JPY')).toBe('¥320');
    expect(formatValue(12_345, 'count', 'CNY')).toBe('12,345');
    expect(formatValue(2.26, 'rings', 'CNY')).toBe('2.3');
    expect(formatTick(12_000, 'count', 'CNY')).toBe('12K');
  });

  test('that are missing are a dash, never 0', () => {
    expect(formatValue(null, 'percent', 'CNY')).toBe('–');
  });

  test('differ in points where they are per cent, else in per cent of what was', () => {
    expect(changeOf(82, 80, 'percent')).toEqual({ direction: 'up', by: 'points', amount: 2 });
    expect(changeOf(45, 60, 'seconds')).toEqual({ direction: 'down', by: 'percent', amount: 25 });
    expect(changeOf(45.001, 45, 'seconds')?.direction).toBe('same');
    expect(changeOf(5, 0, 'seconds')).toBeNull();
    expect(changeOf(null, 3, 'seconds')).toBeNull();
  });

  test('stand inside a band up to and with its ends', () => {
    expect(standingOf(80, { low: 80, high: null })).toBe('in');
    expect(standingOf(79.9, { low: 80, high: null })).toBe('below');
    expect(standingOf(61, { low: 30, high: 60 })).toBe('above');
    expect(standingOf(61, { low: null, high: null })).toBeNull();
    expect(standingOf(null, { low: 30, high: 60 })).toBeNull();
  });

  test('are judged by the band of their day', () => {
    const bands = [
      { from: '2026-01-01', low: 80 },
      { from: '2026-06-01', low: 90 },
    ];
    expect(bandAt(bands, '2026-05-31')?.low).toBe(80);
    expect(bandAt(bands, '2026-06-01')?.low).toBe(90);
    expect(bandAt(bands, '2025-01-01')?.low).toBe(80);
    expect(bandAt(undefined, '2025-01-01')).toBeUndefined();
  });
});
