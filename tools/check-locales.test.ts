import { describe, expect, test } from 'vitest';
import {
  differences,
  flatten,
  hardCodedTexts,
  placeholders,
  untranslated,
} from './check-locales.ts';

const compare = (zh: unknown, en: unknown): string[] =>
  differences('desk', flatten(zh), flatten(en));

describe('two languages', () => {
  test('agree when keys and placeholders do, in any order', () => {
    expect(compare({ a: '{{name}} 等了 {{count}} 秒' }, { a: '{{count}} s of {{name}}' })).toEqual(
      [],
    );
  });

  test('may differ in plural endings', () => {
    expect(
      compare({ n_other: '{{count}} 条' }, { n_one: 'one', n_other: '{{count}} items' }),
    ).toEqual([]);
  });

  test('differ by a key, a placeholder, an empty text', () => {
    expect(compare({ a: { b: '好' }, c: '{{x}}' }, { c: 'x', d: ' ' })).toEqual([
      'desk: a.b is missing in en',
      'desk: d is missing in zh-CN',
      'desk: c has {x} in zh-CN, none in en',
      'desk: d is empty in en',
    ]);
  });

  test('count tags and nested keys among the placeholders', () => {
    expect(placeholders('<1>read</1> $t(more) {{- raw}} {n}')).toEqual([
      '$t(more)',
      '<1>',
      '{n}',
      '{raw}',
    ]);
  });
});

test('a problem is translated by its code or by a key that ends with it', () => {
  const keys = new Set(['problems.order.closed', 'file.too_large']);
  expect(untranslated(['order.closed', 'file.too_large', 'file.missing'], keys)).toEqual([
    'file.missing',
  ]);
});

describe('text in code', () => {
  test('is found in JSX, in visible attributes, and wherever it is Chinese', () => {
    const source = `
      const a = <p title="Close">Hello</p>;
      const b = '你好';
      const c = \`共 \${n} 条\`;
    `;
    expect(hardCodedTexts('a.tsx', source)).toHaveLength(5);
  });

  test('is no fault as a key, a class, a key cap, a number or a comment', () => {
    const source = `
      // 撤回 within two minutes
      const a = <p className="x">{t('desk.close')} · 24 <kbd>J</kbd></p>;
    `;
    expect(hardCodedTexts('a.tsx', source)).toEqual([]);
  });
});
