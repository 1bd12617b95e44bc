import { expect, test } from 'vitest';
import { languageOf, problemText, translator } from './words.ts';

test('the page speaks the language chosen, else the browser’s, else the organisation’s', () => {
  const fallback = 'en';
  expect(languageOf(['en-US'], { chosen: 'zh-CN', fallback })).toBe('zh-CN');
  expect(languageOf(['fr', 'zh-TW', 'en'], { chosen: null, fallback })).toBe('zh-CN');
  expect(languageOf(['fr'], { chosen: null, fallback })).toBe('en');
});

test('a problem without words of its own gets those that fit any', () => {
  const t = translator('en');
  expect(problemText(t, 'file.too_large')).toContain('too large');
  expect(problemText(t, 'never.heard')).toBe(t('problem.other'));
  expect(t('page.recorded', { at: 'today' })).toBe('recorded today');
});
