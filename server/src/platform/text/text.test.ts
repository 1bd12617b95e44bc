import fc from 'fast-check';
import { Converter } from 'opencc-js';
import { describe, expect, test } from 'vitest';
import { bigrams, bigramTokens, fold, queryTokens, segment, tsqueryOf } from './index.ts';

const toTraditional = Converter({ from: 'cn', to: 't' });
const toSimplified = Converter({ from: 't', to: 'cn' });

const PHRASES = [
  '请问我的订单什么时候发货',
  '洗衣机滚筒不转了',
  '北京大学',
  '南京市长江大桥',
  '发票抬头开错了',
  '头发',
  '干净',
  '后天下午',
  '面条',
  '里面有裂纹',
  '台湾',
  '退货运费谁承担',
  '张莹莹',
  '钘镕',
  '了解',
  '手机屏幕碎了',
  '系统',
  '联系',
  '松下空调',
  '重复扣款',
  '只有一只',
  '售后师傅预约改期',
  '复杂',
  '回复',
  '几点钟',
  '电表',
  '手表',
  '征税',
  '长征',
  'iPhone 15',
  'AB-1234',
  'wifi',
  ',',
  '!',
  ' ',
  '\n',
  '😀',
  'Ｔ恤',
  '４００电话',
] as const;
const message = fc
  .array(fc.constantFrom(...PHRASES), { maxLength: 8 })
  .map((parts) => parts.join(''));

const wanted = (token: string, stored: readonly string[]): boolean =>
  token.endsWith(':*')
    ? stored.some((other) => other.startsWith(token.slice(0, -2)))
    : stored.includes(token);

describe('segment', () => {
  test('gives the words and the characters of a sentence', () => {
    expect(segment('洗衣机 Not Working!').split(' ')).toEqual(
      expect.arrayContaining(['洗衣机', '洗衣', '机', 'not', 'working']),
    );
  });

  test('unifies width, case and script', () => {
    expect(segment('ＡＢＣ衞生間退貨')).toBe(segment('abc卫生间退货'));
  });

  test('is the same for a text in traditional and in simplified characters', () => {
    fc.assert(
      fc.property(message, (text) => {
        const traditional = toTraditional(text);
        fc.pre(toSimplified(traditional) === text);
        expect(segment(traditional)).toBe(segment(text));
      }),
    );
  });

  test('is found by every part of the text', () => {
    fc.assert(
      fc.property(message, fc.nat(), fc.nat(), (text, from, length) => {
        const characters = Array.from(fold(text));
        const start = characters.length === 0 ? 0 : from % characters.length;
        const part = characters.slice(start, start + 1 + (length % 12)).join('');
        const stored = segment(text).split(' ');
        // A part may begin inside a word of letters; such a word is only found from its beginning.
        fc.pre(!/[\p{L}\p{N}]/u.test(characters[start - 1] ?? '') || /^\p{Script=Han}/u.test(part));
        expect(queryTokens(part).filter((token) => !wanted(token, stored))).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  test('stays within its limits and survives any string', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        const tokens = segment(text).split(' ');
        expect(new Set(tokens).size).toBe(tokens.length);
        expect(segment(text).isWellFormed()).toBe(true);
        queryTokens(text);
        bigrams(text);
      }),
    );
    const long = Array.from({ length: 9_000 }, (_, index) => `w${index}`).join(' ');
    expect(segment(long).split(' ')).toHaveLength(2_000);
    expect(segment('x'.repeat(100_000))).toHaveLength(64);
    expect(segment(`${'很'.repeat(20_000)}尾`)).not.toContain('尾');
  });
});

describe('queryTokens', () => {
  test('asks for the last word as a prefix', () => {
    expect(queryTokens('refund ord')).toEqual(['refund', 'ord:*']);
    expect(tsqueryOf(queryTokens('refund ord'))).toBe("'refund' & 'ord':*");
  });

  test('drops particles beside other words, but not alone', () => {
    expect(queryTokens('我的发票')).toEqual(['发票']);
    expect(queryTokens('我的')).toEqual(['我', '的']);
  });

  test('is empty for a text with nothing to search for', () => {
    expect(queryTokens(" '!? 😀")).toEqual([]);
    expect(tsqueryOf([])).toBeNull();
  });
});

describe('bigrams', () => {
  test('finds a name by any part of it', () => {
    const stored = bigrams('張莹莹 Mary').split(' ');
    for (const query of ['张', '莹', '张莹', '莹莹', 'mar', 'ry', 'MARY']) {
      expect(bigramTokens(query).filter((token) => !wanted(token, stored))).toEqual([]);
    }
    expect(bigramTokens('莹张').some((token) => !wanted(token, stored))).toBe(true);
  });

  test('finds a code or number however it is parted', () => {
    const stored = bigrams('AB-1234-XYZ, 13800138000, li.lei@example.com').split(' ');
    for (const query of ['ab1234', '1234-xyz', '138 0013 8000', '8000', 'lei@example', 'li.lei']) {
      expect(bigramTokens(query).filter((token) => !wanted(token, stored))).toEqual([]);
    }
    expect(bigramTokens('1235').some((token) => !wanted(token, stored))).toBe(true);
  });

  test('finds every part of any word of letters', () => {
    const letters = fc.string({
      unit: fc.constantFrom('a', 'b', '1', '张', '莹', '-'),
      minLength: 1,
      maxLength: 20,
    });
    fc.assert(
      fc.property(letters, fc.nat(), fc.nat(), (text, from, length) => {
        const start = from % text.length;
        const part = text.slice(start, start + 1 + (length % text.length));
        const stored = bigrams(text).split(' ');
        expect(bigramTokens(part).filter((token) => !wanted(token, stored))).toEqual([]);
      }),
    );
  });
});
