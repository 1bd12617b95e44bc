import type { Delimiter } from '@yingda/contract';
import { quoted } from '../domain/fields.ts';

/** A line beyond this is no row of any log. */
export const MAX_LINE = 1024 * 1024;
/** A quoted field with line breaks beyond this is a quote that was never closed. */
const MAX_QUOTED = 64 * 1024;

export type LineFault = 'line_too_long' | 'quote_not_closed' | 'cut_line';
/** Rows of one piece of text: line numbers stand beside them, faults among them by line. */
export type Lines = {
  lines: string[];
  /** Number of the first; each next one is one more, but for those told in `skipped`. */
  numbers: number[];
  faults: { code: LineFault; line: number; text: string }[];
};

/**
 * Lines of text, piece by piece. One beyond the limit is not kept: it is told as a fault and reading goes on after it.
 * The last line is given even without its line end; `isCut` tells of it.
 */
export async function* linesOf(pieces: AsyncIterable<string>): AsyncGenerator<Lines> {
  let rest = '';
  let number = 1;
  let isDropping = false;
  for await (const piece of pieces) {
    const found: Lines = { lines: [], numbers: [], faults: [] };
    let start = 0;
    for (;;) {
      const end = piece.indexOf('\n', start);
      if (end < 0) break;
      if (isDropping) isDropping = false;
      else {
        found.lines.push(rest === '' ? piece.slice(start, end) : rest + piece.slice(start, end));
        found.numbers.push(number);
      }
      rest = '';
      number += 1;
      start = end + 1;
    }
    if (!isDropping) rest += piece.slice(start);
    if (rest.length > MAX_LINE) {
      found.faults.push({ code: 'line_too_long', line: number, text: rest.slice(0, 200) });
      rest = '';
      isDropping = true;
    }
    if (found.lines.length > 0 || found.faults.length > 0) yield found;
  }
  if (rest !== '') yield { lines: [rest], numbers: [number], faults: [] };
}

export type Records = { rows: { fields: string[]; line: number }[]; faults: Lines['faults'] };

/**
 * Records of a delimited text with fields quoted after RFC 4180. A quote that is never closed costs only the line it
 * opens on: it is told as a fault, and reading goes on at the next line.
 */
export async function* recordsOf(
  pieces: AsyncIterable<string>,
  delimiter: Delimiter,
): AsyncGenerator<Records> {
  let held: { line: number; text: string }[] = [];
  let heldSize = 0;
  const found = (): Records => ({ rows: [], faults: [] });
  /** What the held lines are together: a record, not all of one yet, or none. */
  const together = (): string[] | 'more' | 'none' => {
    const whole = held.map(({ text }) => text).join('\n');
    const isMore = held.length > 1;
    const fields = quoted(whole, delimiter, isMore);
    if (fields) return fields;
    const isBroken = isMore && quoted(whole, delimiter) !== null;
    return isBroken || heldSize > MAX_QUOTED ? 'none' : 'more';
  };
  const take = (line: number, text: string, into: Records): void => {
    const hasQuote = text.includes('"');
    if (held.length === 0 && !hasQuote) {
      if (text !== '') into.rows.push({ fields: text.split(delimiter), line });
      return;
    }
    held.push({ line, text });
    heldSize += text.length;
    // Only a line with a quote can close the one that is open.
    if (!hasQuote && heldSize <= MAX_QUOTED) return;
    const met = together();
    if (met === 'none') giveUp(into);
    if (typeof met === 'string') return;
    into.rows.push({ fields: met, line: held[0]?.line ?? line });
    [held, heldSize] = [[], 0];
  };
  const giveUp = (into: Records): void => {
    const [bad, ...again] = held;
    [held, heldSize] = [[], 0];
    if (bad)
      into.faults.push({ code: 'quote_not_closed', line: bad.line, text: bad.text.slice(0, 200) });
    for (const { line, text } of again) take(line, text, into);
  };
  for await (const { lines, numbers, faults } of linesOf(pieces)) {
    const into = found();
    into.faults.push(...faults);
    lines.forEach((text, index) => take(numbers[index] ?? 0, text, into));
    yield into;
  }
  while (held.length > 0) {
    const into = found();
    giveUp(into);
    yield into;
  }
}
