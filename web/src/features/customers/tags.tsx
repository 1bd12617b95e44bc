import { CloseOutlined, PlusOutlined, TagOutlined } from '@ant-design/icons';
import { listTags } from '@yingda/contract';
import type { CustomerView } from '@yingda/contract';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useRights } from '../../lib/me.ts';
import { useCall } from '../../lib/query.ts';
import { Picker } from '../../ui/picker.tsx';
import type { CustomerChange } from './use-customer.ts';

const longest = 60;

/** Labels on the customer, added by finding or making one. */
export function Tags({
  customer,
  mayChange,
  change,
}: {
  customer: CustomerView;
  mayChange: boolean;
  change: (change: CustomerChange) => void;
}): ReactNode {
  const { t } = useTranslation('customers');
  const { tags } = customer;
  const [anchor, setAnchor] = useState<Element | null>(null);
  const enabled = useRights().may('conversation.read') && anchor !== null;
  const known = useCall(listTags, { query: {} }, { staleTime: 60_000, enabled }).data?.items ?? [];
  const all = [...new Set([...tags, ...known.map(({ tag }) => tag)])];
  const toggle = (tag: string): void =>
    change({ tags: tags.includes(tag) ? tags.filter((own) => own !== tag) : [...tags, tag] });
  return (
    <div className="yd-customer-tags">
      {tags.map((tag) => (
        <span key={tag} className="yd-tag">
          {tag}
          {mayChange && (
            <button
              type="button"
              aria-label={t('tags.remove', { name: tag })}
              title={t('tags.remove', { name: tag })}
              onClick={() => toggle(tag)}
            >
              <CloseOutlined />
            </button>
          )}
        </span>
      ))}
      {mayChange && (
        <button
          type="button"
          className="yd-tag is-add"
          aria-haspopup="dialog"
          onClick={(event) => setAnchor(event.currentTarget)}
        >
          <PlusOutlined aria-hidden /> {t('tags.add')}
        </button>
      )}
      {anchor && (
        <Picker
          several
          title={t('tags.title')}
          placeholder={t('tags.placeholder')}
          anchor={anchor}
          options={all.map((tag) => ({
            id: tag,
            label: tag,
            icon: <TagOutlined />,
            checked: tags.includes(tag),
          }))}
          create={(name) =>
            all.includes(name) || name.length > longest
              ? null
              : { id: name, label: t('tags.create', { name }), icon: <PlusOutlined /> }
          }
          onPick={toggle}
          onClose={() => setAnchor(null)}
        />
      )}
    </div>
  );
}
