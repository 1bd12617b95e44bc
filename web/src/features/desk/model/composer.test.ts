import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CannedView } from '@yingda/contract';
import { expandCanned, findCanned, unfilled } from './canned.ts';
import {
  enterMeans,
  inserted,
  type KeyLike,
  mentionsIn,
  replaced,
  splitMentions,
  triggerAt,
} from './editing.ts';
import { anId } from './testing.ts';

const at = (text: string) => ({ text, start: text.length, end: text.length });
const enter: KeyLike = {
  key: 'Enter',
  keyCode: 13,
  isComposing: false,
  shiftKey: false,
  altKey: false,
  ctrlKey: false,
  metaKey: false,
};

test('Enter sends, Shift+Enter breaks the line', () => {
  expect(enterMeans(enter)).toBe('send');
  expect(enterMeans({ ...enter, shiftKey: true })).toBe('newline');
  expect(enterMeans({ ...enter, ctrlKey: true, shiftKey: true })).toBe('send');
  expect(enterMeans({ ...enter, key: 'a' })).toBeNull();
});

test('Enter never sends while an input method composes', () => {
  const modifiers = fc.record({
    shiftKey: fc.boolean(),
    altKey: fc.boolean(),
    ctrlKey: fc.boolean(),
    metaKey: fc.boolean(),
  });
  fc.assert(
    fc.property(modifiers, (keys) => {
      expect(enterMeans({ ...enter, ...keys, isComposing: true })).toBeNull();
      expect(enterMeans({ ...enter, ...keys, keyCode: 229 })).toBeNull();
    }),
  );
});

test('a slash opens canned replies at the start of a line only', () => {
  expect(triggerAt(at('/欢迎'))).toEqual({ sign: '/', typed: '欢迎', from: 0 });
  expect(triggerAt(at('hello\n/re'))).toEqual({ sign: '/', typed: 're', from: 6 });
  expect(triggerAt(at('and/or'))).toBeNull();
  expect(triggerAt(at('https://a'))).toBeNull();
  expect(triggerAt(at('/re done'))).toBeNull();
});

test('an at sign opens colleagues after a space, not inside an e-mail address', () => {
  expect(triggerAt(at('please @李'))).toEqual({ sign: '@', typed: '李', from: 7 });
  expect(triggerAt(at('请看，@'))).toEqual({ sign: '@', typed: '', from: 3 });
  expect(triggerAt(at('me@shop'))).toBeNull();
  expect(triggerAt({ text: '@ab', start: 0, end: 3 })).toBeNull();
});

test('what is picked takes the place of what was typed and leaves the rest', () => {
  expect(replaced({ text: '/we tail', start: 3, end: 3 }, 0, 'Welcome')).toEqual({
    text: 'Welcome tail',
    start: 7,
    end: 7,
  });
  expect(inserted({ text: 'abcd', start: 1, end: 3 }, '😀').text).toBe('a😀d');
});

test('mentions are the colleagues whose name follows an at sign, the longest name first', () => {
  const people = [
    { id: anId(1), name: '李娜' },
    { id: anId(2), name: '李娜娜' },
    { id: anId(3), name: 'Ann' },
  ];
  expect(mentionsIn('@李娜娜 请看 @Ann, @Bob', people)).toEqual([anId(2), anId(3)]);
  expect(splitMentions('see @Ann now', ['Ann'])).toEqual([
    { text: 'see ', mention: false },
    { text: '@Ann', mention: true },
    { text: ' now', mention: false },
  ]);
});

test('variables are filled, and one without a value stays visible', () => {
  const values = { 'customer.name': '王芳', 'agent.name': null };
  expect(expandCanned('{{customer.name}}您好，我是{{ agent.name }}', values)).toBe(
    '王芳您好，我是{{ agent.name }}',
  );
  expect(expandCanned('{{constructor}} {{toString}}', {})).toBe('{{constructor}} {{toString}}');
  expect(unfilled('{{a.b}} {{a.b}} {{c}}')).toEqual(['a.b', 'c']);
});

test('a value is put in as it is, whatever signs it holds', () => {
  fc.assert(
    fc.property(fc.string(), (value) => {
      expect(expandCanned('<{{customer.name}}>', { 'customer.name': value })).toBe(`<${value}>`);
    }),
  );
});

test('canned replies: the shortcut counts before the title, the title before the text, then use', () => {
  const reply = (shortcut: string, title: string, text: string, uses = 0): CannedView => ({
    id: anId(shortcut.length),
    shortcut,
    title,
    text,
    teamId: null,
    uses,
  });
  const all = [
    reply('bye', 'Goodbye', 'refund no'),
    reply('info', 'About refund', 'x', 1),
    reply('refund', 'Money back', 'y'),
    reply('returns', 'refund by post', 'z', 9),
  ];
  expect(findCanned(all, 'refund').map((r) => r.shortcut)).toEqual([
    'refund',
    'returns',
    'info',
    'bye',
  ]);
  expect(findCanned(all, '')[0]?.shortcut).toBe('returns');
});
