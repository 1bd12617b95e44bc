import { sentenceText } from '@yingda/contract';
import type { Locale, Sentence } from '@yingda/contract';
import en from '@yingda/contract/kpi-texts/en' with { type: 'json' };
import zh from '@yingda/contract/kpi-texts/zh-CN' with { type: 'json' };
import { shown, valueText } from '../domain/format.ts';
import type { Frame } from '../domain/report-document.ts';
import { fill, wordsIn } from '../domain/words.ts';

/** The text of a key such as `notes.missing` in a catalogue. */
export function textAt(tree: unknown, key: string): string | undefined {
  let node = tree;
  for (const name of key.split('.')) {
    if (typeof node !== 'object' || node === null || !Object.hasOwn(node, name)) return undefined;
    node = (node as Record<string, unknown>)[name];
  }
  return typeof node === 'string' ? node : undefined;
}

/** The texts of the standards in one language: the same catalogue that the screen reads. */
export function textsIn(locale: Locale, currency: string): Pick<Frame, 'say' | 'sentence'> {
  const tree = locale === 'en' ? en : zh;
  const document = { locale, currency, words: wordsIn(locale).drawn };
  const say: Frame['say'] = (key, params = {}) => fill(textAt(tree, key) ?? key, params);
  return {
    say,
    sentence: (kind, sentence: Sentence) =>
      sentenceText(kind, sentence, {
        text: say,
        format: (unit, value) => valueText(shown(value, unit, currency), unit, document),
      }),
  };
}
