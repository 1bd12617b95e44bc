import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodePlace, encodePlace } from './cursor.ts';
import { changeFields } from './fields.ts';
import type { Definition } from './fields.ts';
import { normalIdentities, normalValue } from './identity.ts';
import { mergeKnown } from './merge.ts';
import { cleanName, placeholderName } from './name.ts';

describe('the one form of an identity', () => {
  test.each([
    ['phone', ' 138-0013 8000 ', '13800138000'],
    ['phone', '+86 138 0013 8000', '+8613800138000'],
    ['phone', '0086 138 0013 8000', '+8613800138000'],
    ['phone', '＋８６ （０１０） ６５５２－９９８８', '+8601065529988'],
    ['phone', '(010) 6552-9988', '01065529988'],
    ['phone', '10086', '10086'],
    ['phone', 'call me', null],
    ['phone', '12', null],
    ['phone', '1'.repeat(21), null],
    ['email', ' Li.Lei@Example.COM ', 'li.lei@example.com'],
    ['email', 'li.lei@', null],
    ['email', `${'a'.repeat(200)}@example.com`, null],
    ['external', ' VIP-0071 ', 'VIP-0071'],
    ['external', 'a\u0000b', null],
    ['external', '', null],
    ['external', 'x'.repeat(100_000), null],
  ] as const)('of the %s “%s” is %s', (kind, value, expected) => {
    expect(normalValue(kind, value)).toBe(expected);
  });

  test('is its own normal form, whatever is given', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('phone', 'email', 'external', 'webchat'),
        fc.oneof(fc.string({ unit: 'binary' }), fc.emailAddress(), fc.stringMatching(/^[+\d -]*$/)),
        (kind, value) => {
          const normal = normalValue(kind as 'phone', value);
          if (normal !== null) expect(normalValue(kind as 'phone', normal)).toBe(normal);
        },
      ),
    );
  });

  test('stands once in a list, proved when one of its spellings is', () => {
    expect(
      normalIdentities([
        { kind: 'email', value: 'A@example.com' },
        { kind: 'phone', value: 'none' },
        { kind: 'email', value: 'a@example.com', verified: true },
      ]),
    ).toEqual([{ kind: 'email', value: 'a@example.com', verified: true }]);
  });
});

const definitions: Definition[] = [
  { key: 'born_on', kind: 'date', choices: [] },
  { key: 'size', kind: 'choice', choices: ['S', 'L'] },
  { key: 'visits', kind: 'number', choices: [] },
  { key: 'member', kind: 'boolean', choices: [] },
  { key: 'street', kind: 'text', choices: [] },
];

describe('values of custom fields', () => {
  test('are kept when they fit, and taken away by null or nothing', () => {
    const before = { size: 'S', street: '人民路 1 号', gone: 'x' };
    const given = { born_on: '1990-02-28', size: 'L', visits: 3, member: false, street: '' };
    expect(changeFields({ definitions, before, given })).toEqual({
      fields: { born_on: '1990-02-28', size: 'L', visits: 3, member: false, gone: 'x' },
      faults: [],
    });
  });

  test('are refused by name when they do not', () => {
    const given = {
      born_on: '1990-02-30',
      size: 'M',
      visits: '3',
      member: 'yes',
      street: 'a\u0000',
      unknown: 1,
    };
    const { fields, faults } = changeFields({ definitions, before: {}, given });
    expect(fields).toEqual({});
    expect(faults.map(({ path, kind }) => [path, kind])).toEqual([
      ['fields.born_on', 'invalid_format'],
      ['fields.size', 'invalid_value'],
      ['fields.visits', 'invalid_type'],
      ['fields.member', 'invalid_type'],
      ['fields.street', 'control_characters'],
      ['fields.unknown', 'unrecognized_keys'],
    ]);
  });

  test('of a removed field may come back unchanged, but not changed', () => {
    const before = { gone: 'x' };
    expect(changeFields({ definitions, before, given: { gone: 'x' } }).faults).toEqual([]);
    expect(changeFields({ definitions, before, given: { gone: 'y' } }).faults).toHaveLength(1);
  });

  test('without a field are kept where answers to any form are, up to a limit', () => {
    const given = Object.fromEntries(Array.from({ length: 300 }, (_, n) => [`key_${n}`, n]));
    const { fields, faults } = changeFields({ definitions, before: {}, given, loose: true });
    expect(Object.keys(fields)).toHaveLength(200);
    expect(faults).toEqual([]);
    const odd = changeFields({ definitions, before: {}, given: { 'a b': 1 }, loose: true });
    expect(odd.faults).toEqual([{ path: 'fields.a b', kind: 'unrecognized_keys' }]);
  });
});

test('a merge keeps what the survivor says and takes what it lacks', () => {
  const into = {
    name: '访客 3F2A',
    named: false,
    tier: 'standard' as const,
    company: null,
    locale: 'zh-CN',
    tags: ['a', 'b'],
    fields: { size: 'S' },
  };
  const other = {
    ...into,
    name: '王芳',
    named: true,
    tier: 'gold' as const,
    company: '莺达',
    locale: 'en',
    tags: ['b', 'c'],
    fields: { size: 'L', visits: 2 },
  };
  expect(mergeKnown(into, other)).toEqual({
    name: '王芳',
    named: true,
    tier: 'gold',
    company: '莺达',
    locale: 'zh-CN',
    tags: ['a', 'b', 'c'],
    fields: { size: 'S', visits: 2 },
  });
  expect(mergeKnown({ ...into, named: true }, other).name).toBe('访客 3F2A');
});

test('a made-up name speaks the language of the visitor', () => {
  const id = '01890000-0000-7000-8000-0000000abcde';
  expect(placeholderName(id, 'zh-CN')).toBe('访客 BCDE');
  expect(placeholderName(id, 'en')).toBe('Visitor BCDE');
  expect(placeholderName(id, null)).toBe('访客 BCDE');
  expect(cleanName(' 王\n芳\u0000 ')).toBe('王 芳');
  expect(cleanName(' \t ')).toBeNull();
});

test('a cursor leads back to its place, and anything else is refused', () => {
  const place = {
    activity: '2026-05-01T08:00:00.123456Z',
    id: '01890000-0000-7000-8000-000000000001',
  };
  expect(decodePlace(encodePlace(place))).toEqual(place);
  expect(decodePlace(undefined)).toBeUndefined();
  const odd = (keys: unknown) => Buffer.from(JSON.stringify(keys)).toString('base64url');
  for (const cursor of [
    '',
    'x',
    odd([place.activity]),
    odd(['now', place.id]),
    odd(['0000-01-01T00:00:00Z', place.id]),
    odd([place.activity, "'"]),
  ]) {
    expect(() => decodePlace(cursor)).toThrow('request.malformed');
  }
});
