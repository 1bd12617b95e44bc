import type { RegisterColumn, RegisterKey, RegisterRow } from '@yingda/contract';
import { registerColumns } from '@yingda/contract';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { cellText } from '../model/cells.ts';
import type { CellWords } from '../model/cells.ts';

interface TableProps {
  register: RegisterKey;
  rows: readonly RegisterRow[];
  words: CellWords;
  title: (column: RegisterColumn) => string;
  onOpen: (row: RegisterRow) => void;
}

const isRight = ({ kind }: RegisterColumn): boolean => kind === 'money' || kind === 'number';
/** Numbers as they stand under each other. */
const figures = new Set(['time', 'number', 'money']);

/** A register as the form has it: every column, read sideways where the page is narrower. */
export function RegisterTable({ register, rows, words, title, onOpen }: TableProps): ReactNode {
  const { t } = useTranslation(['registers', 'register-texts']);
  const columns = registerColumns[register];
  const cell = (row: RegisterRow, column: RegisterColumn, index: number): ReactNode => {
    const text = cellText(column, row.values[column.key], words);
    if (index > 0) return text === '' ? <span className="yd-register-none">–</span> : text;
    return (
      <button type="button" className="yd-register-open" onClick={() => onOpen(row)}>
        {text === '' ? '–' : text}
      </button>
    );
  };
  return (
    // Scrollable content must be reachable by the keyboard.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div
      className="yd-register-box"
      tabIndex={0}
      role="region"
      aria-label={t(`register-texts:titles.${register}`)}
    >
      <table className="yd-register" aria-label={t(`register-texts:titles.${register}`)}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.key} scope="col" className={isRight(column) ? 'is-right' : ''}>
                {title(column)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              {columns.map((column, index) => (
                <td
                  key={column.key}
                  className={`is-${column.kind} ${isRight(column) ? 'is-right' : ''} ${figures.has(column.kind) ? 'yd-figures' : ''}`}
                >
                  <div>{cell(row, column, index)}</div>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
