import { render } from 'preact';
import { createChat, unreadOf } from './chat/chat.ts';
import type { Chat } from './chat/chat.ts';
import type { Identity, VisitorMessage } from './chat/types.ts';
import { localeOf, translator } from './lib/locale.ts';
import type { Translate } from './lib/locale.ts';
import { chime } from './lib/sound.ts';
import { createPageApi } from './page-api.ts';
import type { PageApi } from './page-api.ts';
import { dress } from './ui/style.ts';
import { App } from './ui/app.tsx';
import type { Ui } from './ui/ui.ts';
import { isPhone } from './ui/ui.ts';

/** The tag that loaded this script: `<script async src="…/widget.js" data-key="wk_…" data-lang="zh-CN">`. */
function ownTag(): HTMLScriptElement | null {
  const current = document.currentScript;
  if (current instanceof HTMLScriptElement && current.dataset.key) return current;
  return document.querySelector<HTMLScriptElement>('script[data-key][src*="widget.js"]');
}

function sayText({ author, parts }: VisitorMessage, t: Translate): string {
  const text = parts
    .map((part) => (part.type === 'text' ? part.text : t('messages.sentFile')))
    .join(' ');
  return t('messages.said', { name: author.name, text: text.slice(0, 300) });
}

/** The number of unread messages before the page's title while the page is not looked at. */
function watchTitle(chat: Chat, t: Translate): void {
  let own = '';
  const show = (): void => {
    const count = document.hidden ? unreadOf(chat.state.get()).length : 0;
    const wanted = count > 0 ? t('page.newMessage', { n: count }) : '';
    if (wanted === own) return;
    if (own === '') pageTitle = document.title;
    // A page that changed its title meanwhile keeps it.
    if (wanted !== '' || document.title === own) document.title = wanted || pageTitle;
    own = wanted;
  };
  let pageTitle = document.title;
  chat.state.watch(show);
  document.addEventListener('visibilitychange', show);
}

const openMark = 'yingda.open';

function remembered(): boolean {
  try {
    return sessionStorage.getItem(openMark) === '1' && !isPhone();
  } catch {
    return false;
  }
}

function remember(isOpen: boolean): void {
  try {
    sessionStorage.setItem(openMark, isOpen ? '1' : '');
  } catch {
    // Then the next page begins with the chat closed.
  }
}

function mount(ui: Ui, nonce: string): void {
  const host = document.createElement('div');
  host.id = 'yingda-widget';
  const root = host.attachShadow({ mode: 'open' });
  const place = document.createElement('div');
  root.append(place);
  dress(root, ui.chat.state, nonce);
  document.body.append(host);
  render(<App ui={ui} />, place);
}

function begin(tag: HTMLScriptElement, widgetKey: string): void {
  const locale = localeOf([
    tag.dataset.lang,
    document.documentElement.lang,
    ...navigator.languages,
  ]);
  const t = translator(locale);
  const base = new URL(tag.src).origin;
  const sound = {
    on: () => localMute.get() !== '1',
    set: (on: boolean) => localMute.set(on ? '' : '1'),
  };
  const onMessage = (message: VisitorMessage): void => {
    api.emit('message', { text: sayText(message, t) });
    chat.state.set({ announcement: sayText(message, t) });
    const isSeen = chat.state.get().open && !document.hidden && document.hasFocus();
    if (!isSeen && sound.on()) chime();
  };
  const chat = createChat({ widgetKey, base, locale, onMessage });
  const setOpen = (open: boolean): void => {
    if (chat.state.get().open === open) return;
    chat.setOpen(open);
    remember(open);
    api.emit(open ? 'open' : 'close', null);
  };
  const api = createPageApi({
    setOpen,
    identify: (identity: Identity) => chat.identify(identity),
    logout: () => chat.logout(),
  });
  let unread = 0;
  chat.state.watch((state) => {
    const now = unreadOf(state).length;
    if (now !== unread) api.emit('unread', { count: now });
    unread = now;
  });
  watchTitle(chat, t);
  mount({ chat, t, locale, base, setOpen, sound }, tag.nonce ?? '');
  // First, so that a visit begins with the identity the page gave.
  api.takeOver();
  chat.start();
  if (remembered()) setOpen(true);
}

const localMute = {
  get: (): string => {
    try {
      return localStorage.getItem('yingda.mute') ?? '';
    } catch {
      return '';
    }
  },
  set: (value: string): void => {
    try {
      localStorage.setItem('yingda.mute', value);
    } catch {
      // Then the choice lasts as long as nothing is asked again.
    }
  },
};

declare global {
  interface Window {
    /** Before the script came, an array of calls such as `['identify', {…}]`; the widget makes them up. */
    yingda?: PageApi | [string, ...unknown[]][];
  }
}

const tag = ownTag();
const key = tag?.dataset.key;
const isFirst = window.yingda === undefined || Array.isArray(window.yingda);
if (tag && key && isFirst) {
  if (document.body) begin(tag, key);
  else document.addEventListener('DOMContentLoaded', () => begin(tag, key));
}
