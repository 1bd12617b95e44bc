import { MAX_LINE } from './delimited.ts';

export type JsonPiece = { text: string; line: number; isTooLong: boolean };

const [QUOTE, BACKSLASH, OPEN, CLOSE, NEWLINE] = [34, 92, 123, 125, 10];

/** Follows the braces of a JSON text sign by sign, texts in quotes apart. */
function braces() {
  let depth = 0;
  let [inString, isEscaped] = [false, false];
  const inText = (code: number): void => {
    if (isEscaped) isEscaped = false;
    else if (code === BACKSLASH) isEscaped = true;
    else if (code === QUOTE) inString = false;
  };
  return {
    isInside: (): boolean => depth > 0,
    /** What the sign does: an object at the top begins, or ends. */
    take(code: number): 'begins' | 'ends' | undefined {
      if (inString) inText(code);
      else if (code === QUOTE) inString = depth > 0;
      else if (code === OPEN) {
        depth += 1;
        if (depth === 1) return 'begins';
      } else if (code === CLOSE && depth > 0) {
        depth -= 1;
        if (depth === 0) return 'ends';
      }
      return undefined;
    },
  };
}

/**
 * The objects at the top of a JSON text (or in one array at its top), each as text with the line it begins on. One
 * beyond a megabyte is told of and left out.
 */
export async function* jsonObjects(pieces: AsyncIterable<string>): AsyncGenerator<JsonPiece[]> {
  const at = braces();
  let [line, startLine] = [1, 1];
  let rest = '';
  let isTooLong = false;
  for await (const piece of pieces) {
    const found: JsonPiece[] = [];
    // What is inside at the beginning goes on from the piece before.
    let start = 0;
    for (let i = 0; i < piece.length; i += 1) {
      const code = piece.charCodeAt(i);
      if (code === NEWLINE) line += 1;
      const met = at.take(code);
      if (met === 'begins') [start, startLine] = [i, line];
      if (met !== 'ends') continue;
      const text = isTooLong ? '' : rest + piece.slice(start, i + 1);
      found.push({ text, line: startLine, isTooLong });
      [rest, isTooLong] = ['', false];
    }
    if (at.isInside()) rest += piece.slice(start);
    if (rest.length > MAX_LINE) [rest, isTooLong] = ['', true];
    if (found.length > 0) yield found;
  }
  if (rest !== '') yield [{ text: rest, line: startLine, isTooLong: false }];
}
