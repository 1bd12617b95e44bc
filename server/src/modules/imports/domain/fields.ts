import type { Delimiter } from '@yingda/contract';

/** Where the quoted field that begins at `from` ends, and its text; null when it does not. */
function quotedField(text: string, from: number): { field: string; end: number } | null {
  let field = '';
  for (let start = from; ;) {
    const end = text.indexOf('"', start);
    if (end < 0) return null;
    field += text.slice(start, end);
    if (text[end + 1] !== '"') return { field, end };
    field += '"';
    start = end + 2;
  }
}

/**
 * The fields of one record that has quotes; null when its last quote is not closed, or (where that is not borne) when
 * something stands between a closing quote and the delimiter: of several lines that is a sign that the quote was none.
 */
export function quoted(text: string, delimiter: string, isStrict = false): string[] | null {
  const fields: string[] = [];
  for (let position = 0; ;) {
    // A quote inside a field that did not begin with one is a character like any other.
    const isQuoted = text[position] === '"';
    const found = isQuoted ? quotedField(text, position + 1) : { field: '', end: position - 1 };
    if (!found) return null;
    const after = found.end + 1;
    const next = text.indexOf(delimiter, after);
    const isClean = next === after || after === text.length;
    if (isQuoted && isStrict && !isClean) return null;
    // What stands between the closing quote and the delimiter is kept, as spreadsheets do.
    fields.push(found.field + text.slice(after, next < 0 ? undefined : next));
    if (next < 0) return fields;
    position = next + 1;
  }
}

/** Whether the fields of a row are those of the header again. */
export const isHeaderRow = (header: string[] | null, fields: string[]): boolean =>
  header !== null && fields[0] === header[0] && fields.join() === header.join();

/** The fields of one line by itself; a quote that is not closed holds to its end. */
export function fieldsOf(line: string, delimiter: Delimiter): string[] {
  if (!line.includes('"')) return line.split(delimiter);
  return quoted(line, delimiter) ?? quoted(`${line}"`, delimiter) ?? [line];
}
