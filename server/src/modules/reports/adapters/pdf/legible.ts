import anyAscii from 'any-ascii';
import type { Cell, ReportDocument, Table } from '../../domain/document.ts';

type Rewrite = (text: string) => string;

/**
 * Writes letters that a font lacks by ones that it has: 고객 as GoGaeg, 👍 as :thumbsup:. A text of which nothing is
 * left becomes a question mark, so that no name is empty.
 */
export function legible(hasGlyph: (codePoint: number) => boolean): Rewrite {
  const known = new Map<string, string>();
  const letterOf = (letter: string): string => {
    const found = known.get(letter);
    if (found !== undefined) return found;
    const made = letter < ' ' || hasGlyph(letter.codePointAt(0) ?? 0) ? letter : anyAscii(letter);
    known.set(letter, made);
    return made;
  };
  return (text) => {
    const made = Array.from(text, letterOf).join('');
    return made.trim() === '' && text.trim() !== '' ? '?' : made;
  };
}

function tableWith(table: Table, write: Rewrite): Table {
  const cellWith = (cell: Cell): Cell =>
    typeof cell.value === 'string' ? { ...cell, value: write(cell.value) } : cell;
  return {
    ...table,
    title: write(table.title),
    columns: table.columns.map((column) => ({ ...column, title: write(column.title) })),
    rows: table.rows.map((row) => row.map(cellWith)),
  };
}

/** The document with every text that came from people rewritten; words of the product are in the font. */
export function withTexts(document: ReportDocument, write: Rewrite): ReportDocument {
  return {
    ...document,
    title: write(document.title),
    subtitle: write(document.subtitle),
    organisation: write(document.organisation),
    facts: document.facts.map(({ label, value }) => ({ label, value: write(value) })),
    notes: document.notes.map(write),
    tables: document.tables.map((table) => tableWith(table, write)),
    charts: document.charts.map((chart) => ({ ...chart, title: write(chart.title) })),
  };
}
