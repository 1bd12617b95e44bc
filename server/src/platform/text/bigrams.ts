import { runsOf } from './segment.ts';

const MAX_TOKENS = 2_000;
const MAX_QUERY_TOKENS = 32;

// "AB-1234/7", "138 0013 8000" and "li.lei@example.com" are one word each, however people part them when they ask.
const JOINERS = /(?<=[\p{L}\p{N}])[\-‐-―._\/@+#:]+(?=[\p{L}\p{N}])|(?<=\d)\s+(?=\d)/gv;

/** Pieces of `size` characters, and the shorter ends, so that any part of the word starts some piece. */
function pieces(characters: readonly string[], size: number): string[] {
  return characters.map((_, start) => characters.slice(start, start + size).join(''));
}

/**
 * Tokens to find names, numbers and codes by any part of them: pairs of Chinese characters, triples of other letters
 * and digits, joined by spaces, at most 2,000. Store it with `array_to_tsvector(string_to_array($1, ' '))`.
 */
export function bigrams(text: string): string {
  const tokens = new Set<string>();
  for (const run of runsOf(text.normalize('NFKC').replace(JOINERS, ''))) {
    for (const piece of pieces(Array.from(run.text), run.han ? 2 : 3)) tokens.add(piece);
    if (tokens.size >= MAX_TOKENS) break;
  }
  return [...tokens].slice(0, MAX_TOKENS).join(' ');
}

/**
 * The tokens that `bigrams` of a text containing the query has, at most 32; a part too short for a whole piece is asked
 * as a prefix (`:*`). Make a query of them with `tsqueryOf`.
 */
export function bigramTokens(query: string): string[] {
  const tokens = new Set<string>();
  for (const run of runsOf(query.normalize('NFKC').replace(JOINERS, ''))) {
    const size = run.han ? 2 : 3;
    const characters = Array.from(run.text);
    if (characters.length < size) tokens.add(`${run.text}:*`);
    else for (const piece of pieces(characters, size).slice(0, 1 - size)) tokens.add(piece);
  }
  return [...tokens].slice(0, MAX_QUERY_TOKENS);
}
