import { getRandomValues } from 'node:crypto';

const pool = new Uint8Array(16 * 256);
let used = pool.length;

/** A new uuid of version 7 (RFC 9562): its first 48 bits are the time, so that ids sort by birth. */
export function newId(now: number = Date.now()): string {
  if (used === pool.length) {
    getRandomValues(pool);
    used = 0;
  }
  const bytes = Buffer.from(pool.subarray(used, used + 16));
  used += 16;
  bytes.writeUIntBE(now, 0, 6);
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** The least id that could be born at this time or later: with it, what is new is found by its id. */
export function firstIdAt(now: number): string {
  const hex = Math.max(0, Math.floor(now)).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7000-8000-000000000000`;
}
