import { parseTable } from './paste.ts';

/** A row of a table people type into. Untouched ones are not looked at. */
export interface GridRow<C extends string> {
  id: number;
  cells: Partial<Record<C, string>>;
  touched: boolean;
  /** Its faults are shown: it was pasted, or left after typing. */
  checked: boolean;
}

/** As many rows as one call of the interface takes. */
export const maxRows = 1000;

let lastId = 0;
/** A row nothing was typed into; some cells may stand in it as a start. */
export function blankRow<C extends string>(cells: Partial<Record<C, string>> = {}): GridRow<C> {
  lastId += 1;
  return { id: lastId, cells, touched: false, checked: false };
}

/** What is offered in a new row: what the row before says in the cells that repeat. */
export function nextRow<C extends string>(
  before: GridRow<C> | undefined,
  repeated: readonly C[],
  start: Partial<Record<C, string>>,
): GridRow<C> {
  const kept = repeated.flatMap((cell) => {
    const text = before?.cells[cell];
    return text === undefined ? [] : [[cell, text] as const];
  });
  return blankRow({ ...start, ...(Object.fromEntries(kept) as Partial<Record<C, string>>) });
}

export interface PasteTarget<C extends string> {
  rows: readonly GridRow<C>[];
  /** The row and the column the caret is in. */
  at: number;
  column: C;
  columns: readonly C[];
  titles: readonly string[];
}

export interface Pasted<C extends string> {
  rows: GridRow<C>[];
  /** How many rows were filled. */
  filled: number;
  /** How many found no room. */
  left: number;
}

/** Whether the first row of a paste names the columns. */
function isHeading(row: readonly string[], titles: readonly string[]): boolean {
  const known = new Set(titles.map((title) => title.toLowerCase()));
  return row.filter((cell) => known.has(cell.toLowerCase())).length >= Math.min(2, titles.length);
}

/** Puts a pasted table into the rows from the caret on, as spreadsheets do. */
export function pasteInto<C extends string>(text: string, target: PasteTarget<C>): Pasted<C> {
  const { rows, at, column, columns, titles } = target;
  const parsed = parseTable(text);
  const table = isHeading(parsed[0] ?? [], titles) ? parsed.slice(1) : parsed;
  const room = table.slice(0, maxRows - at);
  const first = columns.indexOf(column);
  const filled = room.map((cells, index): GridRow<C> => {
    const old = rows[at + index] ?? blankRow<C>();
    const typed = cells.flatMap((cell, offset) => {
      const name = columns[first + offset];
      return name === undefined ? [] : [[name, cell] as const];
    });
    // What stood in an untouched row was only offered; the paste is what was meant.
    const kept = old.touched || first > 0 ? old.cells : {};
    const given = Object.fromEntries(typed) as Partial<Record<C, string>>;
    return { id: old.id, cells: { ...kept, ...given }, touched: true, checked: true };
  });
  return {
    rows: [...rows.slice(0, at), ...filled, ...rows.slice(at + filled.length)],
    filled: filled.length,
    left: table.length - room.length,
  };
}
