import {
  AppstoreOutlined,
  BarsOutlined,
  CalendarOutlined,
  CloseOutlined,
  PlusOutlined,
} from '@ant-design/icons';
import { countOrders, OrderScope } from '@yingda/contract';
import { Button } from 'antd';
import type { InputRef } from 'antd';
import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '../../../lib/query.ts';
import { useRights } from '../../../lib/me.ts';
import { useShortcuts } from '../../../lib/use-shortcuts.ts';
import { SearchField } from '../../../ui/search-field.tsx';
import {
  say,
  useCategories,
  useDepartments,
  usePublishedFlows,
  usualFlow,
} from '../data/orders.ts';
import { isNarrowed, orderViews } from '../model/search.ts';
import type { OrderShape, OrdersSearch, Scope } from '../model/search.ts';

export interface Changing {
  search: OrdersSearch;
  onChange: (next: Partial<OrdersSearch>) => void;
}

const shapeIcons: Record<OrderShape, ReactNode> = {
  list: <BarsOutlined />,
  board: <AppstoreOutlined />,
  calendar: <CalendarOutlined />,
};
const finished = new Set<Scope>(['closed', 'all']);

function ScopeTabs({ search, scope, onChange }: Changing & { scope: Scope }): ReactNode {
  const { t } = useTranslation('orders');
  const counts: Partial<Record<Scope, number>> =
    useCall(countOrders, undefined, { staleTime: 15_000 }).data ?? {};
  const mayWrite = useRights().may('order.write');
  const nav = useRef<HTMLElement>(null);
  useEffect(() => {
    // On a phone the chosen one may lie beyond the edge.
    const chosen = nav.current?.querySelector<HTMLElement>('[aria-current]');
    const row = nav.current;
    if (!chosen || !row) return;
    row.scrollLeft = chosen.offsetLeft - (row.clientWidth - chosen.offsetWidth) / 2;
  }, [scope]);
  // A board and a calendar show what is to be done; who records nothing has recorded nothing.
  const scopes = OrderScope.options.filter(
    (one) =>
      (search.as === undefined || !finished.has(one)) &&
      (mayWrite || one !== 'recorded' || one === scope),
  );
  return (
    <nav ref={nav} className="yd-order-scopes" aria-label={t('scope.title')}>
      {scopes.map((one) => {
        const count = counts[one] ?? 0;
        return (
          <button
            key={one}
            type="button"
            aria-current={one === scope ? 'page' : undefined}
            onClick={() => onChange({ scope: one })}
          >
            {t(`scope.${one}`)}
            {count > 0 && (
              <span className={`yd-order-count yd-figures ${one === 'late' ? 'is-late' : ''}`}>
                {count}
              </span>
            )}
          </button>
        );
      })}
    </nav>
  );
}

function ShapeSwitch({ search, onChange }: Changing): ReactNode {
  const { t } = useTranslation('orders');
  const shown = search.as ?? 'list';
  return (
    <div className="yd-order-shapes" role="group" aria-label={t('as.title')}>
      {orderViews.map((shape) => (
        <button
          key={shape}
          type="button"
          aria-pressed={shape === shown}
          title={t(`as.${shape}`)}
          onClick={() => onChange({ as: shape === 'list' ? undefined : shape })}
        >
          {shapeIcons[shape]}
          <span>{t(`as.${shape}`)}</span>
        </button>
      ))}
    </div>
  );
}

/** The words reach the address once somebody pauses. */
function Search({ search, onChange }: Changing): ReactNode {
  const { t } = useTranslation('orders');
  const field = useRef<InputRef>(null);
  useShortcuts([
    { keys: '/', label: 'orders:search', group: 'orders:title', run: () => field.current?.focus() },
  ]);
  return (
    <SearchField
      label={t('search')}
      hint={t('searchHint')}
      initial={search.q}
      field={field}
      onSearch={(words) => onChange({ q: words === '' ? undefined : words })}
    />
  );
}

interface Choice {
  id: string;
  name: string;
}
function Select({
  label,
  choices,
  value,
  all,
  onChange,
}: {
  label: string;
  choices: readonly Choice[];
  value: string | undefined;
  /** What no choice is called; null: one must be chosen. */
  all: string | null;
  onChange: (id: string | undefined) => void;
}): ReactNode {
  return (
    <select
      className={`yd-order-select ${value === undefined || all === null ? '' : 'is-on'}`}
      aria-label={label}
      title={label}
      value={value ?? ''}
      onChange={(event) => onChange(event.target.value === '' ? undefined : event.target.value)}
    >
      {all !== null && <option value="">{all}</option>}
      {choices.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </select>
  );
}

/** Steps of the published flows, each name once. */
function useSteps(): Choice[] {
  const flows = usePublishedFlows();
  const steps = new Map<string, string>();
  for (const { definition } of flows) {
    for (const { key, name } of definition.steps) if (!steps.has(key)) steps.set(key, say(name));
  }
  return [...steps].map(([id, name]) => ({ id, name }));
}

function Sorting({ search, onChange }: Changing): ReactNode {
  const { t } = useTranslation('orders');
  return (
    <Select
      label={t('sort.title')}
      choices={[
        { id: 'due', name: t('sort.due') },
        { id: 'newest', name: t('sort.newest') },
      ]}
      value={search.sort ?? 'due'}
      all={null}
      onChange={(sort) => onChange({ sort: sort === 'newest' ? 'newest' : undefined })}
    />
  );
}

function Filters({ search, scope, onChange }: Changing & { scope: Scope }): ReactNode {
  const { t } = useTranslation('orders');
  const categories = useCategories().map(({ id, name }) => ({ id, name: say(name) }));
  const departments = useDepartments();
  const published = usePublishedFlows();
  const flows = published.map(({ key, name }) => ({ id: key, name: say(name) }));
  const steps = useSteps();
  const isBoard = search.as === 'board';
  return (
    <div className="yd-order-filters">
      {isBoard && (
        <Select
          label={t('filter.flow')}
          choices={flows}
          value={search.flowKey ?? usualFlow(published)?.key}
          all={null}
          onChange={(flowKey) => onChange({ flowKey })}
        />
      )}
      <Select
        label={t('filter.category')}
        choices={categories}
        value={search.categoryId}
        all={t('filter.allCategories')}
        onChange={(categoryId) => onChange({ categoryId })}
      />
      <Select
        label={t('filter.department')}
        choices={departments}
        value={search.departmentId}
        all={t('filter.allDepartments')}
        onChange={(departmentId) => onChange({ departmentId })}
      />
      {!isBoard && (
        <Select
          label={t('filter.step')}
          choices={steps}
          value={search.stepKey}
          all={t('filter.allSteps')}
          onChange={(stepKey) => onChange({ stepKey })}
        />
      )}
      <label className="yd-order-check">
        <input
          type="checkbox"
          checked={search.complaints === true}
          onChange={(event) => onChange({ complaints: event.target.checked ? true : undefined })}
        />
        {t('filter.complaints')}
      </label>
      {/* What is closed is past its time: the newest stand on top. */}
      {search.as === undefined && !finished.has(scope) && <Sorting {...{ search, onChange }} />}
      {isNarrowed(search) && (
        <Button
          type="text"
          size="small"
          icon={<CloseOutlined />}
          onClick={() =>
            onChange({
              q: undefined,
              categoryId: undefined,
              departmentId: undefined,
              stepKey: undefined,
              complaints: undefined,
            })
          }
        >
          {t('filter.clear')}
        </Button>
      )}
    </div>
  );
}

/** Which orders, and how they are shown. */
export function OrdersHead({
  search,
  scope,
  onChange,
  onCreate,
}: Changing & { scope: Scope; onCreate: (() => void) | null }): ReactNode {
  const { t } = useTranslation('orders');
  return (
    <header className="yd-orders-head">
      <div className="yd-orders-line">
        <h1>{t('title')}</h1>
        <ScopeTabs {...{ search, scope, onChange }} />
        <ShapeSwitch {...{ search, onChange }} />
        {onCreate && (
          <Button
            type="primary"
            icon={<PlusOutlined />}
            title={`${t('create.title')} (C)`}
            aria-label={t('create.title')}
            onClick={onCreate}
          >
            <span className="yd-wide-only">{t('create.title')}</span>
          </Button>
        )}
      </div>
      <div className="yd-orders-line is-filters">
        <Search {...{ search, onChange }} />
        <Filters {...{ search, scope, onChange }} />
      </div>
    </header>
  );
}
