import { describe, expect, test } from 'vitest';
import { asDate, daysIn, shifted, usualStep } from './period.ts';

describe('periods', () => {
  test('move by whole months when they are whole months, else by their days', () => {
    expect(shifted({ from: '2026-03-01', to: '2026-03-31' }, -1)).toEqual({
      from: '2026-02-01',
      to: '2026-02-28',
    });
    expect(shifted({ from: '2026-01-01', to: '2026-12-31' }, 1)).toEqual({
      from: '2027-01-01',
      to: '2027-12-31',
    });
    expect(shifted({ from: '2026-11-02', to: '2026-11-08' }, 1)).toEqual({
      from: '2026-11-09',
      to: '2026-11-15',
    });
  });

  test('choose a step that can be read', () => {
    expect(usualStep({ from: '2026-11-23', to: '2026-11-23' })).toBe('half_hour');
    expect(usualStep({ from: '2026-11-01', to: '2026-11-30' })).toBe('day');
    expect(usualStep({ from: '2026-01-01', to: '2026-12-31' })).toBe('month');
  });

  test('are read from the address only when the date exists', () => {
    expect(asDate('2026-02-28')).toBe('2026-02-28');
    expect(asDate('2026-02-30')).toBeUndefined();
    expect(asDate('yesterday')).toBeUndefined();
    expect(daysIn({ from: '2026-03-28', to: '2026-03-30' })).toBe(3);
  });
});
