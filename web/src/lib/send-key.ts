import { useState } from 'react';

export interface SendKey {
  /** The key to send this content with. */
  of: (content: unknown) => string;
  /** It is done: the same content once more is meant to be there twice. */
  done: () => void;
}

/** Random, also where a page came without TLS and the browser makes no UUIDs. */
const randomKey = (): string =>
  [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');

/**
 * Keys under which a form is sent: the same as long as the same is sent, so that what arrived and was not answered is
 * not there twice. What was changed before it is sent again gets another one, as the server would drop the change.
 */
export function sendKey(): SendKey {
  let last: { content: string; key: string } | null = null;
  return {
    of: (content) => {
      const told = JSON.stringify(content);
      if (last?.content !== told) last = { content: told, key: randomKey() };
      return last.key;
    },
    done: () => {
      last = null;
    },
  };
}

/** The keys of a form that is on the screen. */
export const useSendKey = (): SendKey => useState(sendKey)[0];
