import { createContext } from 'preact';
import { useContext, useEffect, useState } from 'preact/hooks';
import type { Chat } from '../chat/chat.ts';
import type { ChatState } from '../chat/state.ts';
import type { Locale } from '../chat/types.ts';
import type { Translate } from '../lib/locale.ts';

/** What every component works with. */
export interface Ui {
  chat: Chat;
  t: Translate;
  locale: Locale;
  /** Origin of the server, before addresses of files. */
  base: string;
  setOpen: (open: boolean) => void;
  sound: { on: () => boolean; set: (on: boolean) => void };
}

export const UiContext = createContext<Ui | null>(null);

export function useUi(): Ui {
  const ui = useContext(UiContext);
  if (!ui) throw new Error('outside the widget');
  return ui;
}

/** The state of the chat; the component is drawn anew when it changes. */
export function useChat(chat: Chat): ChatState {
  const [state, setState] = useState(chat.state.get());
  useEffect(() => {
    setState(chat.state.get());
    return chat.state.watch(setState);
  }, [chat]);
  return state;
}

/** `1.2 MB` in the visitor's language. */
export function sizeText(bytes: number, locale: Locale): string {
  const [unit, value] =
    bytes < 1_000_000
      ? (['kilobyte', bytes / 1000] as const)
      : (['megabyte', bytes / 1e6] as const);
  const options = {
    style: 'unit',
    unit,
    unitDisplay: 'short',
    maximumFractionDigits: value < 10 ? 1 : 0,
  } as const;
  return new Intl.NumberFormat(locale, options).format(Math.max(value, 0.1));
}

export function isPhone(): boolean {
  return matchMedia('(max-width: 480px)').matches;
}
