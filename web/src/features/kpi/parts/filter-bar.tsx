import { CloseOutlined, FilterOutlined } from '@ant-design/icons';
import { Channel, listMembers, listSources, listTeams, Tier } from '@yingda/contract';
import { Button } from 'antd';
import { useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '../../../lib/query.ts';
import { Menu } from '../../../ui/menu.tsx';
import { Picker } from '../../../ui/picker.tsx';
import type { Option } from '../../../ui/picker.tsx';
import { idsOf, listFrom, memberKinds } from '../model/search.ts';
import type { FilterSearch } from '../model/search.ts';

const dimensions = [
  'queues',
  'agents',
  'topics',
  'types',
  'channel',
  'tier',
  'teamId',
  'sources',
] as const satisfies readonly (keyof FilterSearch)[];
type Dimension = (typeof dimensions)[number];
type Choice = { id: string; label: string };

const rarely = { staleTime: 5 * 60_000 };
const isMember = (dimension: Dimension): dimension is keyof typeof memberKinds =>
  dimension in memberKinds;
const isList = (dimension: Dimension): boolean => isMember(dimension) || dimension === 'sources';

/** What one can choose in a dimension, by id; undefined while it is being fetched. */
function useChoices(dimension: Dimension): Choice[] | undefined {
  const { t } = useTranslation(['marks', 'kpi']);
  const members = useCall(
    listMembers,
    { query: isMember(dimension) ? { kind: memberKinds[dimension] } : {} },
    { ...rarely, enabled: isMember(dimension) },
  ).data?.items;
  const sources = useCall(listSources, undefined, {
    ...rarely,
    enabled: dimension === 'sources',
  }).data?.items;
  const teams = useCall(listTeams, undefined, { ...rarely, enabled: dimension === 'teamId' }).data
    ?.items;
  if (isMember(dimension)) return members?.map(({ id, name }) => ({ id: String(id), label: name }));
  if (dimension === 'sources')
    return sources?.map(({ id, name }) => ({
      id: String(id),
      label: name === '' ? t('kpi:by.own') : name,
    }));
  if (dimension === 'teamId') return teams?.map(({ id, name }) => ({ id, label: name }));
  if (dimension === 'channel')
    return Channel.options.map((id) => ({ id, label: t(`channel.${id}`) }));
  return Tier.options.map((id) => ({ id, label: t(`tier.${id}`) }));
}

const chosenIn = (filter: FilterSearch, dimension: Dimension): string[] => {
  const value = filter[dimension];
  if (value === undefined) return [];
  return isList(dimension) ? idsOf(value).map(String) : [value];
};

/** The filter with one more or one less chosen in a dimension. */
function toggled(filter: FilterSearch, dimension: Dimension, id: string): FilterSearch {
  if (!isList(dimension)) {
    return { ...filter, [dimension]: filter[dimension] === id ? undefined : id };
  }
  const ids = idsOf(filter[dimension]);
  const wanted = Number(id);
  const next = ids.includes(wanted) ? ids.filter((one) => one !== wanted) : [...ids, wanted];
  return { ...filter, [dimension]: listFrom(next) };
}

function DimensionPicker({
  dimension,
  anchor,
  filter,
  onChange,
  onClose,
}: {
  dimension: Dimension;
  anchor: Element | null;
  filter: FilterSearch;
  onChange: (filter: FilterSearch) => void;
  onClose: () => void;
}): ReactNode {
  const { t } = useTranslation('kpi');
  const choices = useChoices(dimension);
  const chosen = new Set(chosenIn(filter, dimension));
  const options: Option[] = (choices ?? []).map((choice) => ({
    ...choice,
    checked: chosen.has(choice.id),
  }));
  return (
    <Picker
      title={t(`filter.${dimension}`)}
      placeholder={t('filter.find')}
      options={options}
      anchor={anchor}
      several={isList(dimension)}
      onPick={(id) => onChange(toggled(filter, dimension, id))}
      onClose={onClose}
    />
  );
}

/** One dimension that is filtered, with the names of what was chosen. */
function Chip({
  dimension,
  filter,
  onOpen,
  onClear,
}: {
  dimension: Dimension;
  filter: FilterSearch;
  onOpen: () => void;
  onClear: () => void;
}): ReactNode {
  const { t } = useTranslation('kpi');
  const choices = useChoices(dimension);
  const chosen = chosenIn(filter, dimension);
  const names = chosen.map((id) => choices?.find((choice) => choice.id === id)?.label ?? '…');
  const name = t(`filter.${dimension}`);
  return (
    <span className="yd-kpi-chip">
      <button type="button" onClick={onOpen}>
        <span className="yd-kpi-chip-name">{name}</span>
        <span className="yd-ellipsis">
          {names.length > 2
            ? t('filter.several', { first: names[0] ?? '', count: names.length })
            : names.join(t('filter.comma'))}
        </span>
      </button>
      <button type="button" aria-label={t('filter.clear', { name })} onClick={onClear}>
        <CloseOutlined aria-hidden />
      </button>
    </span>
  );
}

/** What the figures are narrowed to; each filter is shown as long as it holds. */
export function FilterBar({
  filter,
  onChange,
}: {
  filter: FilterSearch;
  onChange: (filter: FilterSearch) => void;
}): ReactNode {
  const { t } = useTranslation('kpi');
  const [open, setOpen] = useState<Dimension | null>(null);
  const box = useRef<HTMLDivElement>(null);
  const active = dimensions.filter((dimension) => filter[dimension] !== undefined);
  const none = Object.fromEntries(dimensions.map((dimension) => [dimension, undefined]));
  return (
    <div ref={box} className="yd-kpi-filters">
      <Menu
        items={dimensions.map((key) => ({ key, label: t(`filter.${key}`) }))}
        onChoose={setOpen}
      >
        <Button icon={<FilterOutlined />}>{t('filter.title')}</Button>
      </Menu>
      {active.map((dimension) => (
        <Chip
          key={dimension}
          dimension={dimension}
          filter={filter}
          onOpen={() => setOpen(dimension)}
          onClear={() => onChange({ ...filter, [dimension]: undefined })}
        />
      ))}
      {active.length > 1 && (
        <Button type="text" size="small" onClick={() => onChange(none)}>
          {t('filter.clearAll')}
        </Button>
      )}
      {open && (
        <DimensionPicker
          dimension={open}
          anchor={box.current}
          filter={filter}
          onChange={onChange}
          onClose={() => setOpen(null)}
        />
      )}
    </div>
  );
}
