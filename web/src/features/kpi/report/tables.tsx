import type { Cell, Comparison, ReportRow, ReportView, StandardKey } from '@yingda/contract';
import { standardUnits } from '@yingda/contract';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '../../../lib/format.ts';
import { changeOf, formatAmount } from '../model/values.ts';
import { useStandardTexts, writerOf } from '../parts/texts.ts';
import { Heat } from './heat.tsx';
import { hasContacts, standing, valueIn } from './trend.ts';
import type { bandOfPeriod } from './trend.ts';

type Band = ReturnType<typeof bandOfPeriod>;
const countColumns = ['contacts', 'answered', 'abandoned'] as const;

/** The number of a cell, as a button that opens the contacts behind it. */
function Figure({
  label,
  text,
  onOpen,
  children,
}: {
  /** What the number is of. */
  label: string;
  text: string;
  onOpen: (() => void) | undefined;
  children?: ReactNode;
}): ReactNode {
  if (!onOpen) {
    return (
      <span className="yd-kpi-figure">
        {children}
        {text}
      </span>
    );
  }
  return (
    <button type="button" className="yd-kpi-figure" title={label} onClick={onOpen}>
      {children}
      {text}
    </button>
  );
}

export interface CellRow {
  id: string;
  name: ReactNode;
  /** What the row is, in words, for the names of its buttons. */
  label: string;
  cell: Cell | undefined;
  earlier: { kind: Comparison['kind']; cell: Cell | undefined }[];
  bandOf: (key: StandardKey) => Band;
  /** Null: nobody can look behind it. */
  onOpen: ((key: StandardKey) => void) | null;
}

function ValueCells({
  row,
  of,
  view,
}: {
  row: CellRow;
  of: StandardKey;
  view: ReportView;
}): ReactNode {
  const { t } = useTranslation('kpi');
  const texts = useStandardTexts();
  const write = writerOf(of, view.settings);
  const value = row.cell ? valueIn(row.cell, of) : null;
  const open = value !== null && hasContacts(of) ? row.onOpen : null;
  const stand = standing(value, row.bandOf(of));
  return (
    <>
      <td className={stand ? `is-${stand}` : undefined}>
        <Figure
          label={`${t('report.drill', { what: `${texts.name(of)} · ${row.label}` })}\n${texts.formula(of)}`}
          text={write(value)}
          onOpen={open ? () => open(of) : undefined}
        >
          <Heat standing={stand} />
        </Figure>
      </td>
      {row.earlier.map(({ kind, cell }) => {
        const before = valueIn(cell, of);
        const change = changeOf(value, before, standardUnits[of]);
        const sign = change?.direction === 'down' ? '−' : change?.direction === 'up' ? '+' : '';
        return (
          <td key={kind} className="is-earlier">
            {write(before)}
            {change && (
              <span className="yd-kpi-delta">
                {sign}
                {t(change.by === 'points' ? 'report.deltaPoints' : 'report.deltaPercent', {
                  amount: formatAmount(change.amount),
                })}
              </span>
            )}
          </td>
        );
      })}
    </>
  );
}

/** One row: its name, the counts, then each standard with its earlier values. */
export function Row({
  row,
  view,
  isTotal = false,
  isCurrent = false,
}: {
  row: CellRow;
  view: ReportView;
  isTotal?: boolean;
  isCurrent?: boolean;
}): ReactNode {
  const { t } = useTranslation('kpi');
  const open = row.onOpen;
  return (
    <tr className={isTotal ? 'is-total' : undefined} aria-current={isCurrent || undefined}>
      <th scope="row">{row.name}</th>
      {countColumns.map((key) => {
        const count = row.cell?.counts[key] ?? 0;
        return (
          <td key={key}>
            <Figure
              label={t('report.drill', { what: `${t(`counts.${key}`)} · ${row.label}` })}
              text={formatNumber(count)}
              onOpen={
                open && count > 0 && key === 'contacts' ? () => open('total_contacts') : undefined
              }
            />
          </td>
        );
      })}
      {view.standards.map((key) => (
        <ValueCells key={key} row={row} of={key} view={view} />
      ))}
    </tr>
  );
}

export interface SortBy {
  key: string;
  isDown: boolean;
}

/** The head of a table; with `onSort` its columns are buttons. */
export function Head({
  first,
  view,
  earlier,
  sort,
  onSort,
}: {
  first: string;
  view: ReportView;
  earlier: readonly Comparison['kind'][];
  sort?: SortBy;
  onSort?: (key: string) => void;
}): ReactNode {
  const { t } = useTranslation('kpi');
  const texts = useStandardTexts();
  const column = (key: string, title: string): ReactNode => {
    const isSorted = sort?.key === key;
    return (
      <th
        key={key}
        scope="col"
        aria-sort={isSorted ? (sort.isDown ? 'descending' : 'ascending') : undefined}
      >
        {onSort ? (
          <button type="button" onClick={() => onSort(key)}>
            {title}
            {isSorted && <span aria-hidden>{sort.isDown ? ' ↓' : ' ↑'}</span>}
          </button>
        ) : (
          title
        )}
      </th>
    );
  };
  return (
    <thead>
      <tr>
        {column('name', first)}
        {countColumns.map((key) => column(key, t(`counts.${key}`)))}
        {view.standards.flatMap((key) => [
          column(key, texts.name(key)),
          ...earlier.map((kind) => (
            <th key={`${key}.${kind}`} scope="col" className="is-earlier">
              {t(`report.${kind}`)}
            </th>
          )),
        ])}
      </tr>
    </thead>
  );
}

const rowHeight = 36;
/** Up to here all rows are drawn, so that searching in the page finds them. */
const drawnAtOnce = 120;

/** Rows of a table of which, when they are many, only those on the screen are drawn. */
export function FigureTable({
  label,
  head,
  total,
  rows,
  draw,
}: {
  label: string;
  head: ReactNode;
  total: ReactNode;
  rows: readonly CellRow[];
  draw: (row: CellRow) => ReactNode;
}): ReactNode {
  const scroller = useRef<HTMLDivElement>(null);
  const isLong = rows.length > drawnAtOnce;
  // The virtualiser's functions change with every scroll; nothing here memoises them.
  // oxlint-disable-next-line react/incompatible-library
  const virtual = useVirtualizer({
    count: isLong ? rows.length : 0,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  });
  const items = virtual.getVirtualItems();
  const shown = isLong ? items.flatMap(({ index }) => rows[index] ?? []) : rows;
  const above = isLong ? (items[0]?.start ?? 0) : 0;
  const below = isLong ? virtual.getTotalSize() - (items.at(-1)?.end ?? 0) : 0;
  return (
    // Scrollable by keyboard.
    <div ref={scroller} className="yd-kpi-table-box" tabIndex={0} role="region" aria-label={label}>
      <table className="yd-kpi-table yd-figures" aria-label={label} aria-rowcount={rows.length + 2}>
        {head}
        <tbody>
          {total}
          {above > 0 && <tr aria-hidden style={{ height: above }} />}
          {shown.map(draw)}
          {below > 0 && <tr aria-hidden style={{ height: below }} />}
        </tbody>
      </table>
    </div>
  );
}

/** The rows of a report in an order. */
export function sortedRows(rows: readonly ReportRow[], { key, isDown }: SortBy): ReportRow[] {
  const valueOf = (row: ReportRow): number | string | null => {
    if (key === 'name') return row.name;
    const count = countColumns.find((one) => one === key);
    return count ? row.total.counts[count] : (row.total.values[key as StandardKey] ?? null);
  };
  return rows.toSorted((a, b) => {
    const [left, right] = [valueOf(a), valueOf(b)];
    // What has no value stands last, whichever way the rest is sorted.
    if (left === null || right === null) return Number(left === null) - Number(right === null);
    const order =
      typeof left === 'string' && typeof right === 'string'
        ? left.localeCompare(right)
        : Number(left) - Number(right);
    return isDown ? -order : order;
  });
}
