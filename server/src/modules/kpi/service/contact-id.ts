import { hash } from 'node:crypto';

const hexOf = (text: string): string => hash('sha1', text, 'hex');

/**
 * The id of a contact of another system: a uuid of version 7 made of its arrival (epoch milliseconds) and a hash of
 * the log and the contact's key in it, so that the same contact always gets the same id, and ids sort by arrival.
 */
export function countedContactId(log: string, key: string, arrivedAtMs: number): string {
  const time = Math.max(0, Math.floor(arrivedAtMs)).toString(16).padStart(12, '0').slice(-12);
  const random = hexOf(`${log}\u0000${key}`);
  const variant = (8 | (parseInt(random.slice(3, 4), 16) & 3)).toString(16);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${random.slice(0, 3)}-${variant}${random.slice(4, 7)}-${random.slice(7, 19)}`;
}

/** A whole number of 48 bits for who called, never 0; the same text gives the same number. 0 for an empty text. */
export function customerNumber(text: string): number {
  return text === '' ? 0 : parseInt(hexOf(text).slice(0, 12), 16) || 1;
}
