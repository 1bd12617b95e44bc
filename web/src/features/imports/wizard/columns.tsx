import { DurationUnit, timeFormats } from '@yingda/contract';
import type { ColumnRole, ImportMapping, InspectedColumn, InspectionView } from '@yingda/contract';
import { Select } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { sayText } from '../sentence.ts';
import { columnOf, needsFormat, needsUnit, roleGroups, setReading, setRole } from './mapping.ts';

interface ColumnProps {
  inspected: InspectedColumn;
  mapping: ImportMapping;
  onChange: (mapping: ImportMapping) => void;
}

function RoleSelect({ inspected, mapping, onChange }: ColumnProps): ReactNode {
  const { t } = useTranslation('imports');
  const { role } = columnOf(mapping, inspected.column, inspected.header);
  return (
    <Select<ColumnRole>
      aria-label={t('columns.roleOf', { header: inspected.header })}
      showSearch={{ optionFilterProp: 'label' }}
      popupMatchSelectWidth={240}
      value={role}
      options={Object.entries(roleGroups).map(([group, roles]) => ({
        label: t(`roleGroups.${group}`),
        options: roles.map((value) => ({ value: value as ColumnRole, label: t(`roles.${value}`) })),
      }))}
      onChange={(next) => onChange(setRole(mapping, inspected, next))}
    />
  );
}

/** How the column writes times or lengths; asked for where two readings fit. */
function Reading({ inspected, mapping, onChange }: ColumnProps): ReactNode {
  const { t } = useTranslation('imports');
  const { role, format, unit } = columnOf(mapping, inspected.column, inspected.header);
  if (needsFormat(role)) {
    const possible = inspected.possibleFormats.length > 0 ? inspected.possibleFormats : timeFormats;
    return (
      <>
        <Select
          aria-label={t('columns.formatOf', { header: inspected.header })}
          popupMatchSelectWidth={280}
          status={format === null ? 'error' : ''}
          placeholder={t('columns.chooseFormat')}
          value={format}
          options={[...possible, ...timeFormats.filter((one) => !possible.includes(one))].map(
            (value) => ({ value, label: t(`formats.${value}`) }),
          )}
          onChange={(next) => next && onChange(setReading(mapping, inspected, { format: next }))}
        />
        {inspected.formatReason && <small>{sayText(inspected.formatReason)}</small>}
      </>
    );
  }
  if (!needsUnit(role)) return null;
  return (
    <>
      <Select
        aria-label={t('columns.unitOf', { header: inspected.header })}
        value={unit}
        options={DurationUnit.options.map((value) => ({ value, label: t(`durations.${value}`) }))}
        onChange={(next) => next && onChange(setReading(mapping, inspected, { unit: next }))}
      />
      {inspected.unitReason && <small>{sayText(inspected.unitReason)}</small>}
    </>
  );
}

/** Values of the column beside what is made of them, while the reading is the one they were read by. */
function Examples({ inspected, mapping }: Omit<ColumnProps, 'onChange'>): ReactNode {
  const { t } = useTranslation('imports');
  const { role, format, unit } = columnOf(mapping, inspected.column, inspected.header);
  const isAsRead =
    role === inspected.role && format === inspected.format && unit === inspected.unit;
  return (
    <ul className="yd-examples">
      {inspected.examples.slice(0, 3).map(({ value, understood }) => (
        <li key={value}>
          <code>{value === '' ? t('columns.blank') : value}</code>
          {isAsRead && role !== 'ignore' && understood !== value && (
            <span className={understood === null ? 'yd-example-wrong' : 'yd-soft'}>
              {' → '}
              {understood ?? t('columns.notUnderstood')}
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}

/** A mapping that fits is named above; saying it of every column would only be noise. */
const hasReason = ({ role, reason }: InspectedColumn): boolean =>
  role !== 'ignore' && reason.code !== 'role_by_mapping';

/** The columns that are used, in one look. */
export function ColumnChips({
  inspection,
  mapping,
}: {
  inspection: InspectionView;
  mapping: ImportMapping;
}): ReactNode {
  const { t } = useTranslation('imports');
  const used = mapping.columns.filter(({ role }) => role !== 'ignore');
  return (
    <ul className="yd-column-chips">
      {used.map(({ column, role }) => (
        <li key={column}>
          {inspection.header[column] || t('columns.unnamed', { number: column + 1 })}
          <span className="yd-soft"> → {t(`roles.${role}`)}</span>
        </li>
      ))}
    </ul>
  );
}

/** The columns of a table, what each tells, and how its values are read. */
export function Columns({
  inspection,
  mapping,
  onChange,
}: {
  inspection: InspectionView;
  mapping: ImportMapping;
  onChange: (mapping: ImportMapping) => void;
}): ReactNode {
  const { t } = useTranslation('imports');
  return (
    <div className="yd-table-box">
      <table className="yd-table yd-columns" aria-label={t('columns.title')}>
        <thead>
          <tr>
            <th scope="col">{t('columns.column')}</th>
            <th scope="col">{t('columns.values')}</th>
            <th scope="col">{t('columns.role')}</th>
            <th scope="col">{t('columns.reading')}</th>
          </tr>
        </thead>
        <tbody>
          {inspection.columns.map((inspected) => {
            const { role } = columnOf(mapping, inspected.column, inspected.header);
            const parts = { inspected, mapping, onChange };
            return (
              <tr key={inspected.column} data-ignored={role === 'ignore' || undefined}>
                <td>
                  <strong>
                    {inspected.header || t('columns.unnamed', { number: inspected.column + 1 })}
                  </strong>
                </td>
                <td>
                  <Examples inspected={inspected} mapping={mapping} />
                </td>
                <td>
                  <RoleSelect {...parts} />
                  {role === inspected.role && hasReason(inspected) && (
                    <small>{sayText(inspected.reason)}</small>
                  )}
                </td>
                <td>
                  <Reading {...parts} />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
