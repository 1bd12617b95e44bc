const BEFORE = 30;
const LENGTH = 120;

/** The stretch of a text around the first word that was searched for. */
export function excerptOf(text: string, words: string[]): string {
  const flat = text.replaceAll(/\s+/g, ' ').trim();
  const lower = flat.toLowerCase();
  const places = words.map((word) => lower.indexOf(word)).filter((place) => place >= 0);
  const first = places.length > 0 ? Math.min(...places) : 0;
  const start = Math.max(0, first - BEFORE);
  const cut = flat.slice(start, start + LENGTH).toWellFormed();
  return `${start > 0 ? '…' : ''}${cut}${start + LENGTH < flat.length ? '…' : ''}`;
}
