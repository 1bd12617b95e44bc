import { ArrowLeftOutlined, CloseCircleFilled, SearchOutlined } from '@ant-design/icons';
import type { CustomerBrief, SearchHit } from '@yingda/contract';
import { search } from '@yingda/contract';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { useEffect, useState } from 'react';
import type { KeyboardEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../../lib/api.ts';
import { formatStamp } from '../../../lib/format.ts';
import { announce } from '../../../ui/announce.tsx';
import { Avatar } from '../../../ui/avatar.tsx';
import { Bones, EmptyState, ErrorState } from '../../../ui/states.tsx';
import { prefetchConversation } from '../data/prefetch.ts';
import { useGo } from '../data/place.ts';
import { highlighted } from '../model/text-pieces.ts';
import { StatusMark, TierBadge } from '../../../ui/marks.tsx';
import './search-pane.css';

const pauseMs = 180;

/** The words, once somebody has paused typing. */
function usePaused(words: string): string {
  const [paused, setPaused] = useState(words);
  useEffect(() => {
    const timer = setTimeout(() => setPaused(words), pauseMs);
    return () => clearTimeout(timer);
  }, [words]);
  return paused;
}

function Marked({ text, query }: { text: string; query: string }): ReactNode {
  return highlighted(text, query).map((piece, at) =>
    // The pieces of one text never change places.
    // oxlint-disable-next-line react/no-array-index-key
    piece.hit ? <mark key={at}>{piece.text}</mark> : piece.text,
  );
}

function Hit({
  hit,
  query,
  onOpen,
}: {
  hit: SearchHit;
  query: string;
  onOpen: () => void;
}): ReactNode {
  const { conversation } = hit;
  return (
    <li>
      <button
        type="button"
        className="yd-hit"
        onClick={onOpen}
        onMouseEnter={() => prefetchConversation(conversation.id)}
      >
        <span className="yd-row-line">
          <span className="yd-row-name yd-ellipsis">
            <Marked text={conversation.customer.name} query={query} />
          </span>
          <TierBadge tier={conversation.customer.tier} />
          <span className="yd-head-number yd-figures">#{conversation.number}</span>
          <span className="yd-row-gap" />
          <StatusMark status={conversation.status} />
          <time className="yd-row-time yd-figures" dateTime={hit.at}>
            {formatStamp(hit.at)}
          </time>
        </span>
        {conversation.subject !== '' && (
          <span className="yd-hit-subject yd-ellipsis">
            <Marked text={conversation.subject} query={query} />
          </span>
        )}
        <span className="yd-hit-excerpt">
          <Marked text={hit.excerpt} query={query} />
        </span>
      </button>
    </li>
  );
}

function walk(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const stops = [...event.currentTarget.querySelectorAll<HTMLElement>('input, .yd-hit')];
  const at = stops.findIndex((stop) => stop === document.activeElement);
  stops[at + (event.key === 'ArrowDown' ? 1 : -1)]?.focus();
  event.preventDefault();
}

function Customers({
  customers,
  words,
}: {
  customers: readonly CustomerBrief[];
  words: string;
}): ReactNode {
  const { t } = useTranslation('desk');
  const navigate = useNavigate();
  if (customers.length === 0) return null;
  const open = (customerId: string): void =>
    void navigate({ to: '/customers/$customerId', params: { customerId }, search: {} });
  return (
    <section aria-label={t('search.customers')}>
      <h2>{t('search.customers')}</h2>
      <ul>
        {customers.map((customer) => (
          <li key={customer.id}>
            <button type="button" className="yd-hit is-customer" onClick={() => open(customer.id)}>
              <Avatar name={customer.name} px={24} />
              <span className="yd-ellipsis">
                <Marked text={customer.name} query={words} />
              </span>
              <TierBadge tier={customer.tier} />
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function useFound(words: string) {
  const { t } = useTranslation('desk');
  const query = useQuery({
    queryKey: ['desk-search', words],
    queryFn: ({ signal }) => call(search, { query: { q: words, limit: 30 } }, { signal }),
    enabled: words !== '',
    staleTime: 10_000,
    placeholderData: (before) => before,
  });
  const { data } = query;
  const count = data ? data.hits.length + data.customers.length : null;
  useEffect(() => {
    if (count !== null && words !== '') announce(t('search.found', { count }));
  }, [count, words, t]);
  return { query, data, count };
}

function Results({
  words,
  onOpen,
}: {
  words: string;
  onOpen: (hit: SearchHit) => void;
}): ReactNode {
  const { t } = useTranslation('desk');
  const { query, data, count } = useFound(words);
  const icon = <SearchOutlined />;
  if (words === '')
    return <EmptyState icon={icon} title={t('search.title')} hint={t('search.hint')} />;
  if (query.error && !data) {
    return <ErrorState error={query.error} retry={() => void query.refetch()} />;
  }
  if (!data) return <Bones rows={6} />;
  if (count === 0) {
    return (
      <EmptyState icon={icon} title={t('search.none', { words })} hint={t('search.noneHint')} />
    );
  }
  return (
    <div className="yd-hits">
      <Customers customers={data.customers} words={words} />
      {data.hits.length > 0 && (
        <section aria-label={t('search.conversations')}>
          <h2>{t('search.conversations')}</h2>
          <ul>
            {data.hits.map((hit) => (
              <Hit
                key={`${hit.conversation.id} ${hit.seq ?? 0}`}
                hit={hit}
                query={words}
                onOpen={() => onOpen(hit)}
              />
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

/** Search over messages, subjects and customers, in the place of the list. */
export function SearchPane({ onClose }: { onClose: () => void }): ReactNode {
  const { t } = useTranslation('desk');
  const go = useGo();
  const [typed, setTyped] = useState('');
  const words = usePaused(typed.trim());
  return (
    // The arrows walk between field and results, Esc goes back to the list.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <section
      className="yd-list"
      aria-label={t('search.title')}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose();
        else walk(event);
      }}
    >
      <div className="yd-list-head" role="search">
        <Button
          type="text"
          size="small"
          icon={<ArrowLeftOutlined />}
          aria-label={t('search.close')}
          title={t('search.close')}
          onClick={onClose}
        />
        <input
          className="yd-search-field"
          type="search"
          // Whoever opened the search wants to type.
          // oxlint-disable-next-line jsx-a11y/no-autofocus
          autoFocus
          aria-label={t('search.placeholder')}
          placeholder={t('search.placeholder')}
          value={typed}
          maxLength={200}
          onChange={(event) => setTyped(event.target.value)}
        />
        {typed !== '' && (
          <Button
            type="text"
            size="small"
            icon={<CloseCircleFilled />}
            aria-label={t('search.clear')}
            onClick={() => setTyped('')}
          />
        )}
      </div>
      <Results
        words={words}
        onOpen={(hit) => go({ conversationId: hit.conversation.id, seq: hit.seq })}
      />
    </section>
  );
}
