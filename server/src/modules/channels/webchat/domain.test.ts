import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isOriginAllowed, normalOrigin } from './domain/origins.ts';
import { readAnswers } from './domain/pre-chat.ts';

const base = 'https://desk.example.com';

describe('origins', () => {
  test('an empty list lets every page, a list lets those named and our own', () => {
    const from = (origin: string | undefined, host = 'desk.example.com') => ({ origin, host });
    expect(isOriginAllowed(from('https://any.example'), [], base)).toBe(true);
    const list = ['https://shop.example', 'http://localhost:8080/'];
    expect(isOriginAllowed(from('https://shop.example'), list, base)).toBe(true);
    expect(isOriginAllowed(from('http://localhost:8080'), list, base)).toBe(true);
    expect(isOriginAllowed(from(base), list, base)).toBe(true);
    expect(isOriginAllowed(from(undefined), list, base)).toBe(true);
    expect(isOriginAllowed(from('http://10.0.0.2:3000', '10.0.0.2:3000'), list, base)).toBe(true);
    const refused = [
      'https://shop.example.evil',
      'http://shop.example',
      'https://shop.example:8443',
      'null',
      '',
    ];
    for (const origin of refused) expect(isOriginAllowed(from(origin), list, base)).toBe(false);
  });

  test('typed origins are compared without case, path and final slash', () => {
    expect(normalOrigin(' HTTPS://Shop.Example/cart?x=1 ')).toBe('https://shop.example');
  });
});

describe('answers before the chat', () => {
  const asked = [
    {
      key: 'name',
      kind: 'text' as const,
      required: true,
      choices: [],
      label: { 'zh-CN': '', en: '' },
    },
    {
      key: 'age',
      kind: 'number' as const,
      required: false,
      choices: [],
      label: { 'zh-CN': '', en: '' },
    },
  ];

  test('whatever is sent, only what was asked and is of its kind comes through', () => {
    const value = fc.oneof(fc.string(), fc.double(), fc.boolean(), fc.constant(null));
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom('name', 'age', '__proto__', 'x'), value),
        (given) => {
          const { answers, faults } = readAnswers(asked, given);
          expect(Object.keys(answers.fields).every((key) => key === 'age')).toBe(true);
          expect(answers.name === null).toBe(
            faults.some(({ path }) => path === 'fields.name') || answers.name === null,
          );
          if (answers.name === null)
            expect(faults.map(({ path }) => path)).toContain('fields.name');
        },
      ),
    );
  });

  test('what the page has vouched for need not be answered', () => {
    expect(readAnswers(asked, {}, new Set(['name'])).faults).toEqual([]);
  });
});
