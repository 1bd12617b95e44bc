import { MAX_LINE } from './delimited.ts';

export type JsonPiece = { text: string; line: number; isTooLong: boolean };

/**
 * The objects at the top of a JSON text (or in one array at its top), each as text with the line it begins on. One
 * beyond a megabyte is told of and left out.
 */
export async function* jsonObjects(pieces: AsyncIterable<string>): AsyncGenerator<JsonPiece[]> {
  let [depth, line, startLine] = [0, 1, 1];
  let [inString, isEscaped] = [false, false];
  let rest = '';
  let isTooLong = false;
  for await (const piece of pieces) {
    const found: JsonPiece[] = [];
    let start = depth > 0 ? 0 : -1;
    for (let i = 0; i < piece.length; i += 1) {
      const code = piece.charCodeAt(i);
      if (code === 10) line += 1;
      if (inString) {
        if (isEscaped) isEscaped = false;
        else if (code === 92) isEscaped = true;
        else if (code === 34) inString = false;
      } else if (code === 34) inString = depth > 0;
      else if (code === 123) {
        if (depth === 0) {
          start = i;
          startLine = line;
        }
        depth += 1;
      } else if (code === 125 && depth > 0) {
        depth -= 1;
        if (depth > 0) continue;
        found.push({
          text: isTooLong ? '' : rest + piece.slice(start, i + 1),
          line: startLine,
          isTooLong,
        });
        rest = '';
        isTooLong = false;
        start = -1;
      }
    }
    if (start >= 0 && depth > 0) rest += piece.slice(start);
    if (rest.length > MAX_LINE) {
      isTooLong = true;
      rest = '';
    }
    if (found.length > 0) yield found;
  }
  if (rest !== '') yield [{ text: rest, line: startLine, isTooLong: false }];
}
