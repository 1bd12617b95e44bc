import type { FileView, Locale, OrderPortalView, SentOf, writeOrderPortal } from '@yingda/contract';
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { call } from './lib/http.ts';
import type { Translate } from './lib/words.ts';

export type Deed = SentOf<typeof writeOrderPortal, 'body'>;

export const MOST_FILES = 10;

/** What the parts of the page share. */
export interface Page {
  token: string;
  locale: Locale;
  t: Translate;
  view: OrderPortalView;
  /** Shows how the order stands now. */
  show: (view: OrderPortalView) => void;
  /** Asks the server how it stands. */
  refresh: () => void;
}

const PageContext = createContext<Page | null>(null);
export const PageProvider = PageContext.Provider;

export function usePage(): Page {
  const page = useContext(PageContext);
  if (!page) throw new Error('outside the page');
  return page;
}

const addressOf = (token: string): string => `/api/order-portal/${encodeURIComponent(token)}`;

export function readOrder(token: string): Promise<OrderPortalView> {
  return call({ method: 'GET', path: addressOf(token) });
}

export function writeOrder(token: string, deed: Deed): Promise<OrderPortalView> {
  return call({ method: 'POST', path: addressOf(token), body: deed });
}

export function uploadFile(
  token: string,
  file: File,
  onProgress: (share: number) => void,
): Promise<FileView> {
  const form = new FormData();
  form.append('file', file, file.name);
  return call({ method: 'POST', path: `${addressOf(token)}/files`, body: form, onProgress });
}
