import { BellFilled } from '@ant-design/icons';
import type { OfferView } from '@yingda/contract';
import { Button } from 'antd';
import { useLayoutEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Avatar } from '../../../ui/avatar.tsx';
import { Keys } from '../../../ui/keys.tsx';
import { useNow } from '../../../ui/time.tsx';
import { Waiting } from '../../../ui/marks.tsx';
import './offer-card.css';

interface OfferCardProps {
  offer: OfferView;
  more: number;
  busy: boolean;
  onAccept: () => void;
  onDecline: () => void;
}

/** What rings: who it is, how long they have waited, and how long it still rings. */
export function OfferCard({ offer, more, busy, onAccept, onDecline }: OfferCardProps): ReactNode {
  const { t } = useTranslation('desk');
  const now = useNow();
  const whole = Date.parse(offer.expiresAt) - Date.parse(offer.offeredAt);
  // The page's clock ticks once a second, so it may lag behind the offer's first moment.
  const left = Math.min(whole, Math.max(0, Date.parse(offer.expiresAt) - now));
  const seconds = Math.ceil(left / 1000);
  const card = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    const { style } = document.documentElement;
    style.setProperty('--yd-corner', `${(card.current?.offsetHeight ?? 0) + 8}px`);
    return () => void style.removeProperty('--yd-corner');
  }, []);
  return (
    <section ref={card} className="yd-offer" aria-label={t('offer.title')}>
      <div className="yd-offer-head">
        <BellFilled className="yd-offer-bell" aria-hidden />
        <span>{t('offer.title')}</span>
        <span className="yd-soft yd-ellipsis">{offer.queueName}</span>
        <span className="yd-offer-left yd-figures" role="timer" aria-live="off">
          {t('offer.left', { count: seconds })}
        </span>
      </div>
      <progress
        className="yd-offer-bar"
        max={Math.max(1, whole)}
        value={left}
        aria-label={t('offer.left', { count: seconds })}
      />
      <div className="yd-offer-body">
        <Avatar name={offer.customerName} px={36} />
        <div className="yd-offer-text">
          <div className="yd-offer-name">
            <strong className="yd-ellipsis">{offer.customerName}</strong>
            <Waiting since={offer.waitingSince} />
          </div>
          <p className="yd-offer-preview">{offer.subject || offer.preview}</p>
        </div>
      </div>
      <div className="yd-offer-deeds">
        {more > 0 && <span className="yd-soft">{t('offer.more', { count: more })}</span>}
        <Button onClick={onDecline} disabled={busy}>
          {t('offer.decline')} <Keys keys="alt+d" />
        </Button>
        <Button type="primary" onClick={onAccept} loading={busy}>
          {t('offer.accept')} <Keys keys="alt+a" />
        </Button>
      </div>
    </section>
  );
}
