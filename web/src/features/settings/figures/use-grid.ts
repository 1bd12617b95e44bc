import { useEffect, useRef } from 'react';
import type { ClipboardEvent, FocusEvent, KeyboardEvent, RefObject } from 'react';
import type { CellName } from './entry.ts';
import { maxRows, nextRow, pasteInto } from './grid-state.ts';
import type { GridRow } from './grid-state.ts';

export interface GridColumn {
  name: CellName;
  title: string;
  /** Names offered while typing. */
  options?: readonly string[];
  placeholder?: string;
  width: number;
  align?: 'right';
  isOptional?: boolean;
}
export type Row = GridRow<CellName>;

export interface GridInput {
  columns: readonly GridColumn[];
  rows: readonly Row[];
  /** Cells a new row takes from the one before it. */
  repeated: readonly CellName[];
  start: Row['cells'];
  onChange: (rows: Row[]) => void;
  /** More rows were pasted than fit. */
  onCut: (left: number) => void;
}

/** Characters of a paste that are looked at; a thousand rows are far fewer. */
const longestPaste = 2_000_000;

interface Place {
  at: number;
  column: CellName;
}

/** The row and the column an event of a cell comes from. */
function placeOf(target: EventTarget, rows: readonly Row[]): Place | null {
  if (!(target instanceof HTMLInputElement)) return null;
  const id = Number(target.closest('tr')?.dataset['row']);
  const at = rows.findIndex((row) => row.id === id);
  return at === -1 ? null : { at, column: target.dataset['cell'] as CellName };
}

interface Caret {
  box: RefObject<HTMLTableElement | null>;
  go: (id: number, column: string) => void;
}

/** Puts the caret into a cell once it is drawn. */
function useCaret(): Caret {
  const box = useRef<HTMLTableElement>(null);
  const wanted = useRef<string | null>(null);
  const focus = (): void => {
    if (wanted.current === null) return;
    const cell = box.current?.querySelector<HTMLInputElement>(wanted.current);
    if (!cell) return;
    wanted.current = null;
    cell.focus();
    cell.select();
  };
  useEffect(focus);
  return {
    box,
    go: (id, column) => {
      wanted.current = `[data-row="${id}"] [data-cell="${column}"]`;
      focus();
    },
  };
}

/** Changes to single rows by functions that stay the same, so that typing draws one row and not a thousand. */
function useRowChanges(rows: readonly Row[], onChange: (rows: Row[]) => void) {
  const latest = useRef({ rows, onChange });
  useEffect(() => {
    latest.current = { rows, onChange };
  });
  const change = (id: number, make: (row: Row) => Row): void =>
    latest.current.onChange(latest.current.rows.map((row) => (row.id === id ? make(row) : row)));
  const { current } = useRef({
    type: (id: number, cell: CellName, text: string): void =>
      change(id, (row) => ({ ...row, touched: true, cells: { ...row.cells, [cell]: text } })),
    remove: (id: number): void =>
      latest.current.onChange(latest.current.rows.filter((row) => row.id !== id)),
    check: (id: number): void => change(id, (row) => ({ ...row, checked: true })),
  });
  return current;
}

const down = (event: KeyboardEvent): number | undefined => {
  if (event.nativeEvent.isComposing || event.altKey || event.ctrlKey) return undefined;
  if (event.key === 'Enter') return event.shiftKey ? -1 : 1;
  return { ArrowDown: 1, ArrowUp: -1 }[event.key];
};

/** What keys, clipboard and leaving a row do in a table people type into. */
export function useGrid({ columns, rows, repeated, start, onChange, onCut }: GridInput) {
  const { box, go } = useCaret();
  const { type, remove, check } = useRowChanges(rows, onChange);
  const first = columns[0]?.name ?? 'value';
  const add = (): void => {
    if (rows.length >= maxRows) return onCut(1);
    const row = nextRow(rows.at(-1), repeated, start);
    onChange([...rows, row]);
    return go(row.id, first);
  };
  const press = (event: KeyboardEvent): void => {
    const place = placeOf(event.target, rows);
    const step = down(event);
    if (!place || step === undefined) return;
    // The arrows belong to the list of names where one is offered.
    const isListed = columns.find(({ name }) => name === place.column)?.options !== undefined;
    if (isListed && event.key !== 'Enter') return;
    event.preventDefault();
    const next = rows[place.at + step];
    if (next) go(next.id, place.column);
    else if (event.key === 'Enter' && step === 1) add();
  };
  const paste = (event: ClipboardEvent): void => {
    const text = event.clipboardData.getData('text/plain');
    const place = placeOf(event.target, rows);
    if (!place || !/[\t\n\r]/.test(text.trim())) return;
    event.preventDefault();
    const pasted = pasteInto(text.slice(0, longestPaste), {
      ...place,
      rows,
      columns: columns.map(({ name }) => name),
      titles: columns.map(({ title }) => title),
    });
    onChange(pasted.rows);
    if (pasted.left > 0) onCut(pasted.left);
  };
  const leave = ({ target, relatedTarget }: FocusEvent): void => {
    const row = target.closest('tr');
    if (!row || (relatedTarget instanceof Node && row.contains(relatedTarget))) return;
    const id = Number(row.dataset['row']);
    if (rows.some((one) => one.id === id && one.touched && !one.checked)) check(id);
  };
  return { box, type, remove, add, press, paste, leave };
}
