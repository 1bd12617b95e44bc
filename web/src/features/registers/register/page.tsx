import { PlusOutlined, TableOutlined, TagsOutlined } from '@ant-design/icons';
import {
  enteredRegisters,
  exportRegister,
  listRegister,
  listTeams,
  RegisterFormat,
  summariseRegister,
} from '@yingda/contract';
import type { RegisterKey, RegisterRow, RegisterSummary } from '@yingda/contract';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { addressOf, call } from '../../../lib/api.ts';
import { useRights } from '../../../lib/me.ts';
import { useCall } from '../../../lib/query.ts';
import { DownloadMenu } from '../../../ui/download-menu.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { SearchField } from '../../../ui/search-field.tsx';
import { Bones, EmptyState, ErrorState } from '../../../ui/states.tsx';
import { useTitle } from '../../../ui/title.ts';
import type { Dates, RegisterSearch } from '../model/search.ts';
import { AddDialog } from './add-dialog.tsx';
import { LineDialog } from './line-dialog.tsx';
import { SummaryStrip } from './summary.tsx';
import { RegisterTable } from './table.tsx';
import { TagsDialog } from './tags-dialog.tsx';
import { useRegisterWords } from './words.ts';

interface PageProps {
  register: RegisterKey;
  search: RegisterSearch;
  dates: Dates;
  onSearch: (change: RegisterSearch) => void;
}

const pageSize = 100;

function filterOf({ search: { q, teamId }, dates: { period } }: PageProps) {
  return { ...period, ...(q ? { q } : {}), ...(teamId ? { teamId } : {}) };
}

function useLines(register: RegisterKey, filter: ReturnType<typeof filterOf>) {
  return useInfiniteQuery({
    queryKey: [listRegister.path, register, filter],
    queryFn: ({ pageParam, signal }) =>
      call(
        listRegister,
        { params: { register }, query: { ...filter, limit: pageSize, cursor: pageParam } },
        { signal },
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
  });
}

function Filters({ search, dates, onSearch }: PageProps): ReactNode {
  const { t } = useTranslation('registers');
  const teams = useCall(listTeams, undefined, { staleTime: 300_000 }).data?.items ?? [];
  return (
    <div className="yd-register-filters">
      {dates.picker}
      <SearchField
        label={t('search')}
        initial={search.q}
        onSearch={(q) => onSearch({ q: q || undefined })}
      />
      {teams.length > 1 && (
        <select
          className="yd-plain-select"
          aria-label={t('team')}
          value={search.teamId ?? ''}
          onChange={(event) => onSearch({ teamId: event.target.value || undefined })}
        >
          <option value="">{t('allTeams')}</option>
          {teams.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      )}
    </div>
  );
}

function Deeds({ onAdd, ...props }: PageProps & { onAdd: () => void }): ReactNode {
  const { t } = useTranslation('registers');
  const { may } = useRights();
  const { register } = props;
  const [isTagging, setTagging] = useState(false);
  const hasTags = register === 'purchases' || register === 'deals';
  return (
    <>
      {hasTags && may('order.design') && (
        <Button icon={<TagsOutlined />} onClick={() => setTagging(true)}>
          {t('tagSettings')}
        </Button>
      )}
      <DownloadMenu
        title={t('export.title')}
        busyText={t('export.busy')}
        formats={RegisterFormat.options.map((key) => ({ key, label: t(`export.${key}`) }))}
        addressOf={(format) =>
          addressOf(exportRegister, {
            params: { register },
            query: { ...filterOf(props), format },
          })
        }
      />
      {may('order.write') && enteredRegisters.includes(register) && (
        <Button type="primary" icon={<PlusOutlined />} onClick={onAdd}>
          {t('add')}
        </Button>
      )}
      {isTagging && <TagsDialog onClose={() => setTagging(false)} />}
    </>
  );
}

function Lines({
  lines,
  isSearch,
  children,
}: {
  lines: ReturnType<typeof useLines>;
  isSearch: boolean;
  children: (rows: RegisterRow[]) => ReactNode;
}): ReactNode {
  const { t } = useTranslation('registers');
  const rows = lines.data?.pages.flatMap(({ items }) => items);
  if (!rows) {
    return lines.error ? (
      <ErrorState error={lines.error} retry={() => void lines.refetch()} />
    ) : (
      <Bones rows={8} />
    );
  }
  if (rows.length === 0) {
    return (
      <EmptyState
        icon={<TableOutlined />}
        title={isSearch ? t('empty.search') : t('empty.title')}
        hint={t('empty.hint')}
      />
    );
  }
  return (
    <>
      {children(rows)}
      {lines.hasNextPage && (
        <div className="yd-more">
          <Button loading={lines.isFetchingNextPage} onClick={() => void lines.fetchNextPage()}>
            {t('common:more')}
          </Button>
        </div>
      )}
    </>
  );
}

const noSummary: RegisterSummary = {
  count: 0,
  amount: null,
  currency: 'CNY',
  days: [],
  groups: [],
};

/** One register over a period: its statistics, its lines, and what people add to them. */
export function RegisterPage(props: PageProps): ReactNode {
  const { register, search, dates } = props;
  const { t } = useTranslation(['registers', 'register-texts']);
  const name = t(`register-texts:titles.${register}`);
  useTitle(name);
  const filter = filterOf(props);
  const lines = useLines(register, filter);
  const summary = useCall(summariseRegister, { params: { register }, query: filter });
  const { words, title } = useRegisterWords(
    register,
    dates.zone,
    (summary.data ?? noSummary).currency,
  );
  const [opened, setOpened] = useState<RegisterRow | null>(null);
  const [isAdding, setAdding] = useState(false);
  return (
    <>
      <PageHeader title={name} hint={t(`registers:hint.${register}`)}>
        <Deeds {...props} onAdd={() => setAdding(true)} />
      </PageHeader>
      <Filters {...props} />
      {summary.data && <SummaryStrip register={register} summary={summary.data} words={words} />}
      <Lines lines={lines} isSearch={search.q !== undefined}>
        {(rows) => (
          <RegisterTable
            register={register}
            rows={rows}
            words={words}
            title={title}
            onOpen={setOpened}
          />
        )}
      </Lines>
      {opened && (
        <LineDialog
          register={register}
          row={opened}
          words={words}
          title={title}
          onClose={() => setOpened(null)}
        />
      )}
      {isAdding && (
        <AddDialog
          register={register}
          words={words}
          title={title}
          onClose={() => setAdding(false)}
        />
      )}
    </>
  );
}
