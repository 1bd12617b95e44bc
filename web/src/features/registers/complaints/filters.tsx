import { ComplaintSplit } from '@yingda/contract';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { say } from '../../../lib/wording.ts';
import type { ComplaintSearch, Dates } from '../model/search.ts';
import { useCategories, useDepartments } from './data.ts';

export interface ComplaintsProps {
  search: ComplaintSearch;
  dates: Dates;
  onSearch: (change: ComplaintSearch) => void;
}

function Narrow({
  label,
  all,
  choices,
  value,
  onChange,
}: {
  label: string;
  all: string;
  choices: readonly { id: string; name: string }[];
  value: string | undefined;
  onChange: (id: string | undefined) => void;
}): ReactNode {
  return (
    <select
      className={`yd-plain-select ${value === undefined ? '' : 'is-on'}`}
      aria-label={label}
      value={value ?? ''}
      onChange={(event) => onChange(event.target.value || undefined)}
    >
      <option value="">{all}</option>
      {choices.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </select>
  );
}

/** Which complaints, over which time, split by what. */
export function ComplaintFilters({
  search,
  dates,
  onSearch,
  products,
}: ComplaintsProps & { products: readonly string[] }): ReactNode {
  const { t } = useTranslation('registers');
  const categories = useCategories().map(({ id, name }) => ({ id, name: say(name) }));
  const by = search.by ?? 'cause';
  return (
    <>
      <div className="yd-register-filters">
        {dates.picker}
        <Narrow
          label={t('complaints.department')}
          all={t('complaints.allDepartments')}
          choices={useDepartments()}
          value={search.departmentId}
          onChange={(departmentId) => onSearch({ departmentId })}
        />
        <Narrow
          label={t('complaints.product')}
          all={t('complaints.allProducts')}
          choices={products.map((name) => ({ id: name, name }))}
          value={search.product}
          onChange={(product) => onSearch({ product })}
        />
        <Narrow
          label={t('complaints.category')}
          all={t('complaints.allCategories')}
          choices={categories}
          value={search.categoryId}
          onChange={(categoryId) => onSearch({ categoryId })}
        />
        <label className="yd-field-check">
          <input
            type="checkbox"
            checked={search.all !== true}
            onChange={(event) => onSearch({ all: event.target.checked ? undefined : true })}
          />
          {t('complaints.only')}
        </label>
      </div>
      <div className="yd-split" role="group" aria-label={t('complaints.by.title')}>
        {ComplaintSplit.options.map((one) => (
          <button
            key={one}
            type="button"
            aria-pressed={one === by}
            onClick={() => onSearch({ by: one === 'cause' ? undefined : one })}
          >
            {t(`complaints.by.${one}`)}
          </button>
        ))}
      </div>
    </>
  );
}
