import {
  CloseOutlined,
  GlobalOutlined,
  IdcardOutlined,
  MailOutlined,
  PhoneOutlined,
  PlusOutlined,
  SafetyCertificateFilled,
  WechatOutlined,
} from '@ant-design/icons';
import type { CustomerIdentity, CustomerView } from '@yingda/contract';
import { Button } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CustomerChange } from './use-customer.ts';

const icons: Record<CustomerIdentity['kind'], ReactNode> = {
  phone: <PhoneOutlined />,
  email: <MailOutlined />,
  webchat: <GlobalOutlined />,
  external: <IdcardOutlined />,
  wechat: <WechatOutlined />,
};
const addable = ['phone', 'email', 'external'] as const;
type Addable = (typeof addable)[number];

/** A marker of the browser says nothing to a person: its end is enough to tell two apart. */
function shownValue({ kind, value }: CustomerIdentity): string {
  return kind === 'webchat' || kind === 'wechat' ? `…${value.slice(-8)}` : value;
}

function Value({ identity }: { identity: CustomerIdentity }): ReactNode {
  const { kind, value } = identity;
  if (kind === 'email') return <a href={`mailto:${value}`}>{value}</a>;
  if (kind === 'phone') return <a href={`tel:${value}`}>{value}</a>;
  return <span title={value}>{shownValue(identity)}</span>;
}

function Add({
  onAdd,
  onClose,
}: {
  onAdd: (kind: Addable, value: string) => void;
  onClose: () => void;
}): ReactNode {
  const { t } = useTranslation('customers');
  const [kind, setKind] = useState<Addable>('phone');
  const [value, setValue] = useState('');
  return (
    <form
      className="yd-add-identity"
      onSubmit={(event) => {
        event.preventDefault();
        if (value.trim() === '') return;
        onAdd(kind, value.trim());
        onClose();
      }}
    >
      <select
        aria-label={t('identities.kind')}
        value={kind}
        onChange={(event) => setKind(addable.find((one) => one === event.target.value) ?? 'phone')}
      >
        {addable.map((one) => (
          <option key={one} value={one}>
            {t(`identities.${one}`)}
          </option>
        ))}
      </select>
      <input
        type={kind === 'email' ? 'email' : kind === 'phone' ? 'tel' : 'text'}
        aria-label={t('identities.value')}
        placeholder={t('identities.value')}
        // Whoever asked to add one wants to type.
        // oxlint-disable-next-line jsx-a11y/no-autofocus
        autoFocus
        maxLength={200}
        value={value}
        onChange={(event) => setValue(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') onClose();
        }}
      />
      <Button size="small" type="primary" htmlType="submit" disabled={value.trim() === ''}>
        {t('common:add')}
      </Button>
    </form>
  );
}

/** What the customer is recognised by. */
export function Identities({
  customer,
  mayChange,
  change,
}: {
  customer: CustomerView;
  mayChange: boolean;
  change: (change: CustomerChange) => void;
}): ReactNode {
  const { t } = useTranslation('customers');
  const [isAdding, setAdding] = useState(false);
  const entered = customer.identities.flatMap(({ id, kind, value }) => {
    const known = addable.find((one) => one === kind);
    return known ? [{ id, kind: known, value }] : [];
  });
  /** They are sent as a whole: what is left out is taken away. */
  const send = (list: readonly { kind: Addable; value: string }[]): void =>
    change({ identities: list.map(({ kind, value }) => ({ kind, value })) });
  return (
    <div className="yd-identities">
      <ul>
        {customer.identities.map((identity) => (
          <li key={identity.id}>
            <span
              role="img"
              aria-label={t(`identities.${identity.kind}`)}
              title={t(`identities.${identity.kind}`)}
            >
              {icons[identity.kind]}
            </span>
            <Value identity={identity} />
            {identity.verified && (
              <span
                className="yd-verified"
                role="img"
                aria-label={t('identities.verified')}
                title={t('identities.verified')}
              >
                <SafetyCertificateFilled />
              </span>
            )}
            {mayChange && entered.some(({ id }) => id === identity.id) && (
              <button
                type="button"
                className="yd-identity-off"
                aria-label={t('identities.remove', { value: identity.value })}
                title={t('identities.remove', { value: identity.value })}
                onClick={() => send(entered.filter(({ id }) => id !== identity.id))}
              >
                <CloseOutlined />
              </button>
            )}
          </li>
        ))}
      </ul>
      {isAdding ? (
        <Add
          onAdd={(kind, value) => send([...entered, { kind, value }])}
          onClose={() => setAdding(false)}
        />
      ) : (
        mayChange && (
          <button type="button" className="yd-tag is-add" onClick={() => setAdding(true)}>
            <PlusOutlined aria-hidden /> {t('identities.add')}
          </button>
        )
      )}
    </div>
  );
}
