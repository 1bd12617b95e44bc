import { fold } from './fold.ts';
import { jieba } from './jieba.ts';

const MAX_CHARACTERS = 20_000;
const MAX_TOKENS = 2_000;
const MAX_QUERY_TOKENS = 32;
const MAX_TOKEN_LENGTH = 64;

const RUNS = /(\p{Script=Han}+)|([[\p{L}\p{N}\p{M}]--\p{Script=Han}]+)/gv;

// Particles and pronouns that people vary freely: asked with other words, they would only hide good answers.
const STOP_CHARACTERS = new Set(
  '的了吗呢吧啊呀嘛哦喔啦么地得着我你您他她它们是在有和与及或就都也还很',
);

/** A stretch of text that is searched by one rule: Chinese characters, or a word of any other script. */
export type Run = { han: boolean; text: string };

/** The searchable stretches of a text, folded; at most the first 20,000 characters are considered. */
export function runsOf(text: string): Run[] {
  const runs: Run[] = [];
  for (const match of fold(text.slice(0, MAX_CHARACTERS)).matchAll(RUNS)) {
    runs.push({ han: match[1] !== undefined, text: match[0] });
  }
  return runs;
}

/** Cuts to 64 units without halving a surrogate pair; both sides cut alike, so long words still find themselves. */
function clip(word: string): string {
  if (word.length <= MAX_TOKEN_LENGTH) return word;
  const last = word.charCodeAt(MAX_TOKEN_LENGTH - 1);
  return word.slice(0, last >= 0xd800 && last <= 0xdbff ? MAX_TOKEN_LENGTH - 1 : MAX_TOKEN_LENGTH);
}

/**
 * The tokens under which a text is found, unique and joined by spaces: every dictionary word in it, every single
 * character, and the words of other scripts. At most 2,000 tokens of the first 20,000 characters. Store it with
 * `array_to_tsvector(string_to_array($1, ' '))`, which keeps tokens as they are.
 *
 * All dictionary words are kept (not only those of the likeliest cut), because the cut of a phrase depends on its
 * neighbours: so whatever the query is cut into, a text that contains the query has these tokens.
 */
export function segment(text: string): string {
  const tokens = new Set<string>();
  for (const run of runsOf(text)) {
    const words = run.han ? jieba().cutAll(run.text) : [clip(run.text)];
    for (const word of words) {
      tokens.add(word);
      if (tokens.size >= MAX_TOKENS) return [...tokens].join(' ');
    }
  }
  return [...tokens].join(' ');
}

/**
 * The tokens a text must all have to match a query, at most 32. The last word of a non-Chinese script ends in `:*`
 * (it may still be half typed). Particles count only when nothing else was asked.
 */
export function queryTokens(query: string): string[] {
  const runs = runsOf(query);
  const lastWord = runs.findLastIndex((run) => !run.han);
  const tokens = new Set<string>();
  for (const [index, run] of runs.entries()) {
    // Without the guesser for unknown words: what it invents is in no dictionary, and so in no stored segmentation.
    if (run.han) for (const word of jieba().cut(run.text, false)) tokens.add(word);
    else tokens.add(clip(run.text) + (index === lastWord ? ':*' : ''));
  }
  const telling = [...tokens].filter((token) => !STOP_CHARACTERS.has(token));
  return (telling.length > 0 ? telling : [...tokens]).slice(0, MAX_QUERY_TOKENS);
}

/**
 * Tokens as a literal for `$1::tsquery`, all of them wanted; null when there is nothing to search for. A cast rather
 * than `to_tsquery`, which would cut the tokens once more by its own rules.
 */
export function tsqueryOf(tokens: readonly string[]): string | null {
  if (tokens.length === 0) return null;
  return tokens
    .map((token) => (token.endsWith(':*') ? `'${token.slice(0, -2)}':*` : `'${token}'`))
    .join(' & ');
}

/** Loads dictionary and tables now (0.1 s), so that the first message does not wait for them. */
export function warmUp(): void {
  segment('預熱');
}
