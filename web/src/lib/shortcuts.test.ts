import { expect, test, vi } from 'vitest';
import { createShortcuts, isSingle, matches } from './shortcuts.ts';
import type { KeyPress } from './shortcuts.ts';

const press = (key: string, more: Partial<KeyPress> = {}): KeyPress => ({
  key,
  code: /^[a-z]$/i.test(key) ? `Key${key.toUpperCase()}` : '',
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...more,
});
const event = (
  key: string,
  more: Partial<KeyPress & { isComposing: boolean }> = {},
): KeyboardEvent =>
  ({
    isComposing: false,
    ...press(key, more),
    defaultPrevented: false,
    target: null,
    preventDefault: vi.fn(),
  }) as unknown as KeyboardEvent;
const shortcut = (keys: string, run = vi.fn()) => ({ keys, label: keys, group: 'test', run });

test('a letter means what the layout writes, not where the key is', () => {
  expect(matches(press('a', { code: 'KeyQ' }), 'a')).toBe(true);
  expect(matches(press('a', { code: 'KeyQ' }), 'q')).toBe(false);
});

test('a layout without Latin letters falls back to the place of the key', () => {
  expect(matches(press('о', { code: 'KeyJ' }), 'j')).toBe(true);
  expect(matches(press('Process', { code: 'KeyJ' }), 'j')).toBe(true);
  expect(matches(press('Л', { code: 'KeyK', shiftKey: true }), 'shift+k')).toBe(true);
});

test('modifiers count exactly, on a sign shift is part of the sign', () => {
  expect(matches(press('k', { ctrlKey: true }), 'mod+k')).toBe(true);
  expect(matches(press('k', { metaKey: true }), 'mod+k')).toBe(true);
  expect(matches(press('k'), 'mod+k')).toBe(false);
  expect(matches(press('k', { ctrlKey: true }), 'k')).toBe(false);
  expect(matches(press('J', { shiftKey: true }), 'j')).toBe(false);
  expect(matches(press('?', { shiftKey: true }), '?')).toBe(true);
});

test('single keys are told from combinations', () => {
  expect(['j', '?', '/', 'shift+j'].every(isSingle)).toBe(true);
  expect(['mod+k', 'alt+j', 'escape', 'mod+enter'].some(isSingle)).toBe(false);
});

test('single keys rest inside fields, combinations with mod do not', () => {
  const keys = createShortcuts();
  const [single, combined, everywhere] = [vi.fn(), vi.fn(), vi.fn()];
  keys.add([
    shortcut('j', single),
    shortcut('mod+k', combined),
    { ...shortcut('escape', everywhere), inFields: true },
  ]);
  expect(keys.press(event('j'), true)).toBe(false);
  expect(keys.press(event('k', { ctrlKey: true }), true)).toBe(true);
  expect(keys.press(event('Escape'), true)).toBe(true);
  expect(keys.press(event('j'), false)).toBe(true);
  expect([single, combined, everywhere].map((fn) => fn.mock.calls.length)).toEqual([1, 1, 1]);
});

test('the latest part of the page owns a key until it leaves', () => {
  const keys = createShortcuts();
  const [older, newer] = [vi.fn(), vi.fn()];
  keys.add([shortcut('r', older)]);
  const leave = keys.add([shortcut('r', newer)]);
  keys.press(event('r'));
  leave();
  keys.press(event('r'));
  expect([older, newer].map((fn) => fn.mock.calls.length)).toEqual([1, 1]);
});

test('single keys can be switched off, and then are not listed either', () => {
  const keys = createShortcuts();
  keys.add([shortcut('j'), shortcut('mod+k')]);
  keys.allowSingle(false);
  expect(keys.press(event('j'))).toBe(false);
  expect(keys.list().map((one) => one.keys)).toEqual(['mod+k']);
});

test('nothing runs while text is composed or a dialog holds the keys', () => {
  const keys = createShortcuts();
  const run = vi.fn();
  keys.add([shortcut('j', run)]);
  keys.press(event('j', { isComposing: true }));
  const resume = keys.pause();
  keys.press(event('j'));
  expect(run).not.toHaveBeenCalled();
  resume();
  keys.press(event('j'));
  expect(run).toHaveBeenCalledOnce();
});
