import { PhoneOutlined, PlusOutlined } from '@ant-design/icons';
import { countCallbacks } from '@yingda/contract';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '../../lib/query.ts';
import { SearchField } from '../../ui/search-field.tsx';
import { scopes } from './model/search.ts';
import type { Scope } from './model/search.ts';

function Tabs({ scope, onScope }: { scope: Scope; onScope: (scope: Scope) => void }): ReactNode {
  const { t } = useTranslation('callbacks');
  const { data } = useCall(countCallbacks, undefined, { staleTime: 15_000 });
  const counts: Partial<Record<Scope, number>> = data ?? {};
  return (
    <nav aria-label={t('scope.title')}>
      {scopes.map((one) => {
        const count = counts[one] ?? 0;
        return (
          <button
            key={one}
            type="button"
            aria-current={one === scope ? 'page' : undefined}
            onClick={() => onScope(one)}
          >
            {t(`scope.${one}`)}
            {count > 0 && <span className={`yd-callback-count yd-figures is-${one}`}>{count}</span>}
          </button>
        );
      })}
    </nav>
  );
}

/** How much waits for us, in one line. */
function Sums(): ReactNode {
  const { t } = useTranslation('callbacks');
  const { data } = useCall(countCallbacks, undefined, { staleTime: 15_000 });
  if (!data) return null;
  const { late, soon, mine, quota } = data;
  return (
    <p className="yd-callbacks-sums yd-figures">
      {late > 0 && <span className="is-late">{t('late', { count: late })}</span>}
      {soon > 0 && <span>{t('soon', { count: soon })}</span>}
      <span className={mine >= quota ? 'is-full' : ''} title={t('quotaHint', { quota })}>
        {t('quota', { mine, quota })}
      </span>
    </p>
  );
}

/** Which callbacks, how many, and the way to the next one. */
export function CallbacksHead({
  scope,
  q,
  onScope,
  onSearch,
  deeds,
}: {
  scope: Scope;
  q: string;
  onScope: (scope: Scope) => void;
  onSearch: (q: string) => void;
  /** Null: the person may look but not call. */
  deeds: { next: () => void; isBusy: boolean; create: () => void } | null;
}): ReactNode {
  const { t } = useTranslation('callbacks');
  return (
    <header className="yd-callbacks-head">
      <div className="yd-callbacks-line">
        <h1>{t('title')}</h1>
        <Tabs scope={scope} onScope={onScope} />
        {deeds && (
          <>
            <Button
              icon={<PlusOutlined />}
              aria-label={t('create.title')}
              title={t('create.title')}
              onClick={deeds.create}
            />
            <Button
              type="primary"
              icon={<PhoneOutlined />}
              title={`${t('nextHint')} (N)`}
              loading={deeds.isBusy}
              onClick={deeds.next}
            >
              {t('next')}
            </Button>
          </>
        )}
      </div>
      <div className="yd-callbacks-line is-second">
        <SearchField label={t('search')} initial={q} onSearch={onSearch} />
        <Sums />
      </div>
    </header>
  );
}
