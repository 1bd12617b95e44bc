import type { ComponentChildren } from 'preact';

const address = /https?:\/\/[^\s<>"'，。；！？、）】》]+/g;
const trailing = /[.,;:!?)\]]+$/;

/** Text with its web addresses made links; everything else stays plain text. */
export function linkified(text: string): ComponentChildren[] {
  const pieces: ComponentChildren[] = [];
  let at = 0;
  for (const match of text.matchAll(address)) {
    const url = match[0].replace(trailing, '');
    pieces.push(text.slice(at, match.index));
    pieces.push(
      <a href={url} target="_blank" rel="noopener noreferrer nofollow">
        {url}
      </a>,
    );
    at = match.index + url.length;
  }
  pieces.push(text.slice(at));
  return pieces;
}
