import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { whenText } from '../ui/closed-form.tsx';
import { contrast, paletteOf } from './colour.ts';
import { localeOf, problemText, translator } from './locale.ts';

const hex = fc
  .integer({ min: 0, max: 0xffffff })
  .map((value) => `#${value.toString(16).padStart(6, '0')}`);

describe('colours', () => {
  test('text is readable with any brand colour, on light and dark grounds', () => {
    fc.assert(
      fc.property(hex, (brand) => {
        const { fill, onFill, accent, accentDark } = paletteOf(brand);
        expect(contrast(onFill, fill)).toBeGreaterThanOrEqual(4.5);
        expect(contrast(accent, '#ffffff')).toBeGreaterThanOrEqual(4.5);
        expect(contrast(accentDark, '#262b31')).toBeGreaterThanOrEqual(4.5);
      }),
    );
  });

  test('a dark brand colour is kept as it is', () => {
    expect(paletteOf('#1d4ed8').fill).toBe('#1d4ed8');
  });
});

describe('languages', () => {
  test('the tag speaks first, then the page, then the browser', () => {
    expect(localeOf(['en', 'zh-CN'])).toBe('en');
    expect(localeOf([undefined, 'zh-Hant-TW', 'en'])).toBe('zh-CN');
    expect(localeOf(['', 'fr', 'de'])).toBe('en');
  });

  test('slots are filled and unknown problems have a text', () => {
    const t = translator('zh-CN');
    expect(t('queue.position', { n: 3 })).toContain('3');
    expect(problemText(t, 'file.too_large')).not.toBe(problemText(t, 'no.such_code'));
    expect(problemText(t, 'no.such_code')).toBe(t('problem.other'));
  });

  test('the next opening is told by hour today, by weekday this week, by date later', () => {
    const now = new Date(2026, 4, 4, 8);
    const text = (date: Date): string => whenText(date.toISOString(), now, 'en');
    expect(text(new Date(2026, 4, 4, 9))).not.toMatch(/Monday|May/);
    expect(text(new Date(2026, 4, 6, 9))).toMatch(/Wednesday/);
    expect(text(new Date(2026, 4, 24, 9))).toMatch(/May 24/);
  });
});
