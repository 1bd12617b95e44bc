import { DownOutlined } from '@ant-design/icons';
import type { CustomerView } from '@yingda/contract';
import { Tier } from '@yingda/contract';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Avatar } from '../../ui/avatar.tsx';
import { InlineEdit } from '../../ui/inline-edit.tsx';
import { TierBadge, VerifiedMark } from '../../ui/marks.tsx';
import { Picker } from '../../ui/picker.tsx';
import { TimeAgo } from '../../ui/time.tsx';
import type { CustomerChange } from './use-customer.ts';

interface ProfileProps {
  customer: CustomerView;
  mayChange: boolean;
  change: (change: CustomerChange) => void;
}

/** The tier, chosen from a list. */
function TierChoice({ customer, mayChange, change }: ProfileProps): ReactNode {
  const { t } = useTranslation(['customers', 'marks']);
  const [anchor, setAnchor] = useState<Element | null>(null);
  const { tier } = customer;
  if (!mayChange) return <TierBadge tier={tier} />;
  return (
    <>
      <button
        type="button"
        className="yd-tier-choice"
        title={t('card.tier')}
        aria-label={`${t('card.tier')}: ${t(`marks:tier.${tier}`)}`}
        aria-haspopup="dialog"
        onClick={(event) => setAnchor(event.currentTarget)}
      >
        {tier === 'standard' ? (
          <span className="yd-tier is-silver">{t('marks:tier.standard')}</span>
        ) : (
          <TierBadge tier={tier} />
        )}
        <DownOutlined aria-hidden />
      </button>
      {anchor && (
        <Picker
          title={t('card.tier')}
          placeholder={t('card.tier')}
          anchor={anchor}
          options={Tier.options.map((option) => ({
            id: option,
            label: t(`marks:tier.${option}`),
            checked: option === tier,
          }))}
          onPick={(id) => change({ tier: Tier.parse(id) })}
          onClose={() => setAnchor(null)}
        />
      )}
    </>
  );
}

/** Who the customer is: name, tier, company, since when. */
export function Profile(props: ProfileProps): ReactNode {
  const { customer, mayChange, change } = props;
  const { t } = useTranslation('customers');
  return (
    <div className="yd-profile">
      <Avatar name={customer.name} px={44} />
      <div className="yd-profile-text">
        <div className="yd-profile-name">
          <InlineEdit
            value={customer.name}
            label={t('card.name')}
            placeholder={t('card.name')}
            maxLength={120}
            disabled={!mayChange}
            onSave={(name) => name !== '' && change({ name })}
          />
          {customer.verified && <VerifiedMark />}
          <TierChoice {...props} />
        </div>
        <InlineEdit
          className="yd-profile-company"
          value={customer.company ?? ''}
          label={t('card.company')}
          placeholder={t('card.noCompany')}
          maxLength={120}
          disabled={!mayChange}
          onSave={(company) => change({ company: company === '' ? null : company })}
        />
        <div className="yd-profile-since">
          {t('lastSeen')} {customer.lastSeenAt ? <TimeAgo at={customer.lastSeenAt} /> : t('never')}
        </div>
      </div>
    </div>
  );
}
