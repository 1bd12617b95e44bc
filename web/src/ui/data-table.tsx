import type { ReactNode } from 'react';
import './data-table.css';

export interface Column<T> {
  key: string;
  title: string;
  render: (row: T) => ReactNode;
  width?: number | string;
  align?: 'right';
  /** On a phone: left out, or below the first column instead of beside it. */
  narrow?: 'hide' | 'below';
}

export interface DataTableProps<T> {
  /** What the table holds, for screen readers. */
  label: string;
  columns: readonly Column<T>[];
  rows: readonly T[];
  /** Opens a row; the first column becomes a button so that the keyboard can do it too. */
  onOpen?: (row: T) => void;
  isDim?: (row: T) => boolean;
}

/** A dense table of plain HTML: some hundred rows cost nothing, and on a phone it folds. */
export function DataTable<T extends { id: string }>({
  label,
  columns,
  rows,
  onOpen,
  isDim,
}: DataTableProps<T>): ReactNode {
  const cell = (column: Column<T>, row: T): ReactNode => {
    const content = column.render(row);
    if (!onOpen || column !== columns[0]) return content;
    return (
      <button type="button" className="yd-row-open" onClick={() => onOpen(row)}>
        {content}
      </button>
    );
  };
  return (
    <div className="yd-table-box">
      <table className="yd-table" aria-label={label}>
        <thead>
          <tr>
            {columns.map(({ key, title, width, align, narrow }) => (
              <th key={key} scope="col" data-narrow={narrow} style={{ width, textAlign: align }}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr
              key={row.id}
              data-open={onOpen ? true : undefined}
              data-dim={isDim?.(row) ? true : undefined}
            >
              {columns.map((column) => (
                <td
                  key={column.key}
                  data-narrow={column.narrow}
                  style={{ textAlign: column.align }}
                >
                  {cell(column, row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** A short mark on a row: a state, a kind. Colour never stands alone, the text says it. */
export function Tag({
  tone = 'grey',
  children,
}: {
  tone?: 'grey' | 'green' | 'amber' | 'red' | 'blue' | 'accent';
  children: ReactNode;
}): ReactNode {
  return <span className={`yd-badge yd-badge-${tone}`}>{children}</span>;
}
