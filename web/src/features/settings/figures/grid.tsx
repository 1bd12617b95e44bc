import { CloseOutlined, PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { memo, useEffect, useId, useRef } from 'react';
import type { ClipboardEvent, KeyboardEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CellFault, CellName, Faults } from './entry.ts';
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

interface GridProps {
  label: string;
  columns: readonly GridColumn[];
  rows: readonly Row[];
  /** What is wrong with each row that is looked at, by its id. */
  faults: ReadonlyMap<number, Faults>;
  /** Cells a new row takes from the one before it. */
  repeated: readonly CellName[];
  start: Row['cells'];
  onChange: (rows: Row[]) => void;
  /** More rows were pasted than fit. */
  onCut: (left: number) => void;
}

function useFaultText(): (fault: CellFault) => string {
  const { t } = useTranslation('measures');
  return (fault) => t(`figures.faults.${fault}`);
}

const GridLine = memo(function GridLine({
  row,
  number,
  columns,
  faults,
  listId,
  onType,
  onRemove,
}: {
  row: Row;
  number: number;
  columns: readonly GridColumn[];
  faults: Faults | undefined;
  listId: string;
  onType: (id: number, cell: CellName, text: string) => void;
  onRemove: (id: number) => void;
}): ReactNode {
  const { t } = useTranslation('measures');
  const faultText = useFaultText();
  const wrong = columns.filter(({ name }) => faults?.[name] !== undefined);
  const faultId = `${listId}-${row.id}`;
  return (
    <>
      <tr data-row={row.id} data-wrong={wrong.length > 0 ? true : undefined}>
        <th scope="row" className="yd-figures">
          {number}
        </th>
        {columns.map(({ name, title, options, placeholder, align }) => (
          <td key={name}>
            <input
              data-cell={name}
              aria-label={t('figures.cellOf', { title, number })}
              aria-invalid={faults?.[name] !== undefined}
              aria-describedby={faults?.[name] ? faultId : undefined}
              list={options && `${listId}-${name}`}
              placeholder={placeholder}
              style={{ textAlign: align }}
              autoComplete="off"
              value={row.cells[name] ?? ''}
              onChange={(event) => onType(row.id, name, event.target.value)}
            />
          </td>
        ))}
        <td className="yd-grid-remove">
          <Button
            type="text"
            size="small"
            tabIndex={-1}
            icon={<CloseOutlined />}
            aria-label={t('figures.removeRow', { number })}
            onClick={() => onRemove(row.id)}
          />
        </td>
      </tr>
      {wrong.length > 0 && (
        <tr className="yd-grid-fault">
          <td />
          <td colSpan={columns.length + 1} id={faultId}>
            {wrong
              .map(({ name, title }) => {
                const fault = faults?.[name];
                return fault && t('figures.faultOf', { title, fault: faultText(fault) });
              })
              .join(t('semicolon'))}
          </td>
        </tr>
      )}
    </>
  );
});

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

/** Puts the caret into a cell once it is drawn. */
function useCaret(): {
  box: React.RefObject<HTMLTableElement | null>;
  go: (id: number, column: string) => void;
} {
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

/**
 * A table to type figures into as in a spreadsheet: Enter and arrows go up and down, a copied table is pasted from the
 * caret on. What is wrong with a row is told below it.
 */
export function Grid(props: GridProps): ReactNode {
  const { label, columns, rows, faults, repeated, start, onChange, onCut } = props;
  const { t } = useTranslation('measures');
  const listId = useId();
  const { box, go } = useCaret();
  const latest = useRef({ rows, onChange });
  useEffect(() => {
    latest.current = { rows, onChange };
  });
  const change = (id: number, make: (row: Row) => Row): void =>
    latest.current.onChange(latest.current.rows.map((row) => (row.id === id ? make(row) : row)));
  const { current: stable } = useRef({
    type: (id: number, cell: CellName, text: string): void =>
      change(id, (row) => ({ ...row, touched: true, cells: { ...row.cells, [cell]: text } })),
    remove: (id: number): void =>
      latest.current.onChange(latest.current.rows.filter((row) => row.id !== id)),
  });
  const add = (column: CellName): void => {
    if (rows.length >= maxRows) return onCut(1);
    const row = nextRow(rows.at(-1), repeated, start);
    onChange([...rows, row]);
    go(row.id, column);
  };
  const press = (event: KeyboardEvent): void => {
    const place = placeOf(event.target, rows);
    if (!place || event.nativeEvent.isComposing || event.altKey || event.ctrlKey) return;
    const step = { Enter: event.shiftKey ? -1 : 1, ArrowDown: 1, ArrowUp: -1 }[event.key];
    // The arrows belong to the list of names where one is offered.
    const isListed = columns.find(({ name }) => name === place.column)?.options !== undefined;
    if (step === undefined || (isListed && event.key !== 'Enter')) return;
    event.preventDefault();
    const next = rows[place.at + step];
    if (next) go(next.id, place.column);
    else if (event.key === 'Enter' && step === 1) add(columns[0]?.name ?? place.column);
  };
  const paste = (event: ClipboardEvent): void => {
    const text = event.clipboardData.getData('text/plain');
    const place = placeOf(event.target, rows);
    if (!place || !/[\t\n\r]/.test(text.trim())) return;
    event.preventDefault();
    const pasted = pasteInto(text.slice(0, 2_000_000), {
      ...place,
      rows,
      columns: columns.map(({ name }) => name),
      titles: columns.map(({ title }) => title),
    });
    onChange(pasted.rows);
    if (pasted.left > 0) onCut(pasted.left);
  };
  const leave = (target: EventTarget, to: EventTarget | null): void => {
    const row = target instanceof HTMLElement ? target.closest('tr') : null;
    if (!row || (to instanceof Node && row.contains(to))) return;
    const id = Number(row.dataset['row']);
    if (rows.some((one) => one.id === id && one.touched && !one.checked)) {
      change(id, (one) => ({ ...one, checked: true }));
    }
  };
  return (
    <div className="yd-grid-box">
      <table
        ref={box}
        className="yd-grid"
        aria-label={label}
        onKeyDown={press}
        onPaste={paste}
        onBlur={({ target, relatedTarget }) => leave(target, relatedTarget)}
      >
        <thead>
          <tr>
            <th scope="col" className="yd-grid-number">
              <span className="yd-hidden">{t('figures.rowNumber')}</span>
            </th>
            {columns.map(({ name, title, width, align, isOptional }) => (
              <th key={name} scope="col" style={{ minWidth: width, textAlign: align }}>
                {title}
                {isOptional && <span className="yd-grid-optional">{t('common:optional')}</span>}
              </th>
            ))}
            <th className="yd-grid-number">
              <span className="yd-hidden">{t('common:remove')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <GridLine
              key={row.id}
              row={row}
              number={index + 1}
              columns={columns}
              faults={row.touched && row.checked ? faults.get(row.id) : undefined}
              listId={listId}
              onType={stable.type}
              onRemove={stable.remove}
            />
          ))}
        </tbody>
      </table>
      {columns.map(
        ({ name, options }) =>
          options && (
            <datalist key={name} id={`${listId}-${name}`}>
              {options.map((option) => (
                <option key={option} value={option} />
              ))}
            </datalist>
          ),
      )}
      <Button
        type="text"
        size="small"
        icon={<PlusOutlined />}
        onClick={() => add(columns[0]?.name ?? 'value')}
      >
        {t('figures.addRow')}
      </Button>
    </div>
  );
}
