import type { ReactNode } from 'react';
import { useDeskLive } from './data/use-desk-live.ts';
import { OfferHost } from './offers/offer-host.tsx';
import { useNews } from './offers/use-news.ts';
import { useSearchCommands } from './search/use-search-commands.tsx';

/**
 * The part of the desk that works on every page: lists stay up to date, offers ring, news is told. The frame around
 * the pages mounts it once for people who may read conversations.
 */
export function DeskBackground(): ReactNode {
  useDeskLive();
  useNews();
  useSearchCommands();
  return <OfferHost />;
}
