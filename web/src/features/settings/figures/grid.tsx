import { CloseOutlined, PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { memo, useId } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CellFault, CellName, Faults } from './entry.ts';
import { useGrid } from './use-grid.ts';
import type { GridColumn, GridInput, Row } from './use-grid.ts';

interface GridProps extends GridInput {
  label: string;
  /** What is wrong with each row that is looked at, by its id. */
  faults: ReadonlyMap<number, Faults>;
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
          <td colSpan={columns.length + 2} id={faultId}>
            <div>
              {wrong
                .map(({ name, title }) => {
                  const fault = faults?.[name];
                  return fault && t('figures.faultOf', { title, fault: faultText(fault) });
                })
                .join(t('semicolon'))}
            </div>
          </td>
        </tr>
      )}
    </>
  );
});

/**
 * A table to type figures into as in a spreadsheet: Enter and arrows go up and down, a copied table is pasted from the
 * caret on. What is wrong with a row is told below it.
 */
export function Grid(props: GridProps): ReactNode {
  const { label, columns, rows, faults } = props;
  const { t } = useTranslation('measures');
  const listId = useId();
  const { box, type, remove, add, press, paste, leave } = useGrid(props);
  return (
    <div className="yd-grid-box">
      {/* Keys and pastes are heard for all fields of the table at once. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <table
        ref={box}
        className="yd-grid"
        aria-label={label}
        onKeyDown={press}
        onPaste={paste}
        onBlur={leave}
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
              onType={type}
              onRemove={remove}
            />
          ))}
        </tbody>
      </table>
      {columns.map(
        ({ name, options }) =>
          options && (
            <datalist key={name} id={`${listId}-${name}`}>
              {options.map((option) => (
                <option key={option} value={option}>
                  {option}
                </option>
              ))}
            </datalist>
          ),
      )}
      <Button type="text" size="small" icon={<PlusOutlined />} onClick={add}>
        {t('figures.addRow')}
      </Button>
    </div>
  );
}
