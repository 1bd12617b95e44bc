import { CheckOutlined, CloseOutlined } from '@ant-design/icons';
import type { OfferView } from '@yingda/contract';
import { useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../../lib/me.ts';
import { useShortcuts } from '../../../lib/use-shortcuts.ts';
import { announce } from '../../../ui/announce.tsx';
import { useCommands } from '../../../ui/commands.ts';
import { notify } from './notify.ts';
import { OfferCard } from './offer-card.tsx';
import { ring } from './sound.ts';
import { setTitleAlarm } from './tab-title.ts';
import { useOffers } from './use-offers.ts';

const ringEveryMs = 3500;

/** Rings, blinks and notifies while something is offered. */
function useAlarm(offer: OfferView | undefined, accept: () => void): void {
  const { t } = useTranslation('desk');
  const { preferences } = useMe();
  const mayNotify = preferences.desktopNotifications === true;
  const maySound = preferences.sound !== false;
  const id = offer?.id;
  useEffect(() => {
    if (id === undefined || !maySound) return undefined;
    ring();
    const timer = setInterval(ring, ringEveryMs);
    return () => clearInterval(timer);
  }, [id, maySound]);
  useEffect(() => {
    if (!offer) return undefined;
    const words = { name: offer.customerName, queue: offer.queueName };
    announce(t('offer.announce', words), 'assertive');
    setTitleAlarm(t('offer.tabTitle', words));
    const close = notify(
      {
        title: t('offer.notifyTitle', words),
        body: offer.subject || offer.preview,
        tag: 'offer',
        onClick: accept,
      },
      mayNotify,
    );
    return () => {
      setTitleAlarm(null);
      close?.();
    };
    // One alarm an offer: a redrawn page must not ring again.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [id]);
}

/** The card of what rings, on whatever page the agent is. */
export function OfferHost(): ReactNode {
  const { t } = useTranslation('desk');
  const navigate = useNavigate();
  const { offers, busy, accept, decline } = useOffers(
    (conversationId) =>
      void navigate({
        to: '/desk/$conversationId',
        params: { conversationId },
        search: { view: 'mine' },
      }),
  );
  const [first] = offers;
  const take = (): void => {
    if (first && !busy) accept(first);
  };
  const refuse = (): void => {
    if (first && !busy) decline(first);
  };
  useAlarm(first, take);
  useShortcuts(
    [
      {
        keys: 'alt+a',
        label: 'desk:offer.accept',
        group: 'desk:keys.offers',
        run: take,
        inFields: true,
      },
      {
        keys: 'alt+d',
        label: 'desk:offer.decline',
        group: 'desk:keys.offers',
        run: refuse,
        inFields: true,
      },
    ],
    first !== undefined,
  );
  useCommands(
    first
      ? [
          {
            id: 'offer.accept',
            label: t('offer.accept'),
            group: t('keys.offers'),
            icon: <CheckOutlined />,
            keys: 'alt+a',
            run: take,
          },
          {
            id: 'offer.decline',
            label: t('offer.decline'),
            group: t('keys.offers'),
            icon: <CloseOutlined />,
            keys: 'alt+d',
            run: refuse,
          },
        ]
      : [],
  );
  if (!first) return null;
  return (
    <OfferCard
      offer={first}
      more={offers.length - 1}
      busy={busy}
      onAccept={take}
      onDecline={refuse}
    />
  );
}
