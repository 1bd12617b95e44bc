import { PhoneOutlined } from '@ant-design/icons';
import type { CallbackView } from '@yingda/contract';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../lib/me.ts';
import type { Pages } from '../../lib/query.ts';
import { Bones, EmptyState, ErrorState } from '../../ui/states.tsx';
import { Moment } from './moment.tsx';
import type { Scope } from './model/search.ts';

/** Who calls, or how it ended. */
function Whose({ callback }: { callback: CallbackView }): ReactNode {
  const { t } = useTranslation('callbacks');
  const me = useMe();
  const { holderId, holderName, state, result } = callback;
  if (state !== 'open') return result === null ? null : t(`result.${result}`);
  if (holderId === null) return t('holder.none');
  return holderId === me.id ? t('holder.me') : holderName;
}

function Row({
  callback,
  isOpen,
  onOpen,
}: {
  callback: CallbackView;
  isOpen: boolean;
  onOpen: (id: string) => void;
}): ReactNode {
  const { t } = useTranslation('callbacks');
  const { id, customerName, phones, reason, orderSubject, tries, maxTries } = callback;
  return (
    <li>
      <button
        type="button"
        className="yd-callback-row"
        aria-current={isOpen ? 'true' : undefined}
        onClick={() => onOpen(id)}
      >
        <span>
          <strong className="yd-ellipsis">{customerName || t('noName')}</strong>
          <Moment callback={callback} />
        </span>
        <span>
          <span className="yd-ellipsis">
            {t(`reason.${reason}`)}
            {orderSubject !== null && ` · ${orderSubject}`}
          </span>
        </span>
        <span className="yd-soft">
          <span className="yd-figures yd-ellipsis">
            {phones[0] ?? t('noPhone')}
            {tries > 0 && ` · ${t('tries', { count: tries, max: maxTries })}`}
          </span>
          <span className="yd-ellipsis">
            <Whose callback={callback} />
          </span>
        </span>
      </button>
    </li>
  );
}

/** The callbacks of a scope, the next to make first. */
export function CallbackList({
  pages,
  scope,
  isSearch,
  openId,
  onOpen,
}: {
  pages: Pages<CallbackView>;
  scope: Scope;
  isSearch: boolean;
  openId: string | null;
  onOpen: (id: string) => void;
}): ReactNode {
  const { t } = useTranslation('callbacks');
  const { items, error, hasMore, loadingMore, more, retry } = pages;
  if (!items) return error ? <ErrorState error={error} retry={retry} /> : <Bones rows={9} />;
  if (items.length === 0) {
    return (
      <EmptyState
        icon={<PhoneOutlined />}
        title={isSearch ? t('nothingFound') : t(`empty.${scope}`)}
        hint={isSearch ? t('nothingFoundHint') : t(`empty.${scope}Hint`)}
      />
    );
  }
  return (
    <>
      <ul className="yd-callback-rows" aria-label={t('list')}>
        {items.map((callback) => (
          <Row
            key={callback.id}
            callback={callback}
            isOpen={callback.id === openId}
            onOpen={onOpen}
          />
        ))}
      </ul>
      {hasMore && (
        <div className="yd-more">
          <Button loading={loadingMore} onClick={more}>
            {t('common:more')}
          </Button>
        </div>
      )}
    </>
  );
}
