/** A piece of a message: text, or an address to open. */
export interface TextPiece {
  text: string;
  href: string | null;
}

const address =
  /\b(?:https?:\/\/|www\.)[^\s<>"'`\u3000-\u303f\uff00-\uffef\u4e00-\u9fff]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+/giu;
const closing: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

/** Punctuation at the end of a sentence is not part of the address before it; a bracket is when it was opened inside. */
function trimmed(found: string): string {
  let end = found.length;
  for (; end > 0; end--) {
    const sign = found.charAt(end - 1);
    const opener = closing[sign];
    const inside = found.slice(0, end - 1);
    const isOpened =
      opener !== undefined && inside.split(opener).length > inside.split(sign).length;
    if (isOpened || !/[.,;:!?)\]}*_~]/.test(sign)) break;
  }
  return found.slice(0, end);
}

/** Only http, https and mailto: anything else a customer writes stays text. */
function hrefOf(found: string): string | null {
  if (/^https?:\/\//i.test(found)) return URL.canParse(found) ? found : null;
  if (/^www\./i.test(found)) return URL.canParse(`https://${found}`) ? `https://${found}` : null;
  return found.includes('@') ? `mailto:${found}` : null;
}

/** A text cut into plain pieces and addresses that are safe to open. */
export function piecesOf(text: string): TextPiece[] {
  const pieces: TextPiece[] = [];
  let at = 0;
  for (const match of text.matchAll(address)) {
    const found = trimmed(match[0]);
    const href = hrefOf(found);
    if (href === null) continue;
    if (match.index > at) pieces.push({ text: text.slice(at, match.index), href: null });
    pieces.push({ text: found, href });
    at = match.index + found.length;
  }
  if (at < text.length) pieces.push({ text: text.slice(at), href: null });
  return pieces;
}

/** A text cut where the words looked for stand in it, upper and lower case alike. */
export function highlighted(text: string, query: string): { text: string; hit: boolean }[] {
  const words = query
    .split(/\s+/)
    .filter((word) => word !== '')
    .toSorted((a, b) => b.length - a.length)
    .map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  if (words.length === 0) return [{ text, hit: false }];
  return text
    .split(new RegExp(`(${words.join('|')})`, 'giu'))
    .map((piece, index) => ({ text: piece, hit: index % 2 === 1 }))
    .filter((piece) => piece.text !== '');
}
