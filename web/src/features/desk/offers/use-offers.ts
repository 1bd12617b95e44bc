import type { OfferView } from '@yingda/contract';
import {
  acceptOffer,
  countConversations,
  declineOffer,
  getMyPresence,
  listMyOffers,
} from '@yingda/contract';
import { useCallback, useState } from 'react';
import { call, isProblem } from '../../../lib/api.ts';
import { useRights } from '../../../lib/me.ts';
import { keyOf, queryClient, refresh, useCall } from '../../../lib/query.ts';
import { useLiveEvent } from '../../../lib/use-live.ts';
import { toast } from '../../../ui/toast.tsx';

type Offers = { items: OfferView[] };
const key = keyOf(listMyOffers);

function update(change: (items: OfferView[]) => OfferView[]): void {
  queryClient.setQueryData<Offers>(key, (data) => ({ items: change(data?.items ?? []) }));
}
const without = (id: string) => (items: OfferView[]) => items.filter((offer) => offer.id !== id);

export interface MyOffers {
  offers: OfferView[];
  busy: boolean;
  accept: (offer: OfferView) => void;
  decline: (offer: OfferView) => void;
}

/** What rings at me, live. */
export function useOffers(onAccepted: (conversationId: string) => void): MyOffers {
  const mayWork = useRights().may('routing.work');
  const { data } = useCall(listMyOffers, undefined, { enabled: mayWork, staleTime: Infinity });
  const [busy, setBusy] = useState(false);
  useLiveEvent('offer.made', ({ offer }) =>
    update((items) => [...without(offer.id)(items), offer]),
  );
  useLiveEvent('offer.ended', ({ offerId, outcome }) => {
    update(without(offerId));
    if (outcome === 'no_answer') void refresh(getMyPresence);
  });
  const answer = useCallback(async (offer: OfferView, work: () => Promise<void>) => {
    setBusy(true);
    try {
      await work();
      update(without(offer.id));
      void refresh(countConversations);
    } catch (error) {
      // Too late: somebody else has it, or it rang out. The card goes, and the reason is said.
      if (isProblem(error, 'offer.ended') || isProblem(error, 'offer.not_found'))
        update(without(offer.id));
      toast.problem(error);
    } finally {
      setBusy(false);
    }
  }, []);
  const params = (offer: OfferView) => ({ params: { id: offer.id } });
  return {
    offers: data?.items ?? [],
    busy,
    accept: (offer) =>
      void answer(offer, async () => {
        const { conversationId } = await call(acceptOffer, params(offer));
        onAccepted(conversationId);
      }),
    decline: (offer) =>
      void answer(offer, async () => {
        await call(declineOffer, params(offer));
      }),
  };
}
