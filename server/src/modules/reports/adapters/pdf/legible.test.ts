import { expect, test } from 'vitest';
import { reportDocument } from '../../domain/report-document.ts';
import { sampleFrame, sampleReport } from '../../testing.ts';
import { hasGlyph } from './fonts.ts';
import { legible, withTexts } from './legible.ts';

test('letters that the font lacks are written by ones that it has, all others stay', () => {
  const write = legible(hasGlyph);
  const plain = '售后 After-sales – 3,5 % ≥ 20 “é” Техника あ\n第二行';
  expect(write(plain)).toBe(plain);
  expect(write('고객')).toBe('GoGaeg');
  expect(write('VIP 👍🏽')).toMatch(/^VIP :thumbsup:/);
  expect(write('دعم')).toMatch(/^[\x20-\x7e]+$/);
  // A mark without a letter of its own.
  expect(write('\u{e0001}')).toBe('?');
  expect(write('')).toBe('');
});

test('names of groups are legible on pages', () => {
  const document = reportDocument(sampleReport({ groups: ['고객', 'B'] }), sampleFrame());
  const drawn = withTexts(document, legible(hasGlyph));
  const texts = drawn.tables.flatMap(({ rows }) => rows.flat()).map(({ value }) => value);
  expect(texts).toContain('GoGaeg');
  expect(texts).not.toContain('고객');
  expect(drawn.tables.map(({ rows }) => rows.length)).toEqual(
    document.tables.map(({ rows }) => rows.length),
  );
});
