export { seal, unseal } from './seal.ts';
import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** What a token is good for: a token signed for one purpose is refused for every other. */
export type TokenUse = { purpose: string; expiresAt?: Date };

function sign(secret: string, purpose: string, body: string): Buffer {
  // The length parts purpose from body, so that no other pair gives the same signed text.
  return createHmac('sha256', secret).update(`${purpose.length}:${purpose}:${body}`).digest();
}

/**
 * A compact signed token (`body.signature`, safe in an address) that carries `payload` as JSON: readable by anyone,
 * made only by who has the secret.
 */
export function signToken(secret: string, payload: unknown, use: TokenUse): string {
  const content = use.expiresAt ? { p: payload, e: use.expiresAt.getTime() } : { p: payload };
  const body = Buffer.from(JSON.stringify(content)).toString('base64url');
  return `${body}.${sign(secret, use.purpose, body).toString('base64url')}`;
}

function isContent(value: unknown): value is { p: unknown; e?: number } {
  if (typeof value !== 'object' || value === null || !('p' in value)) return false;
  return !('e' in value) || typeof value.e === 'number';
}

/**
 * The payload of a token signed for this purpose, still to be validated by its schema; null when the token is
 * malformed, forged, for another purpose or expired.
 */
export function readToken(
  secret: string,
  token: string,
  use: { purpose: string; now?: Date },
): unknown {
  const [body, signature, ...rest] = token.split('.');
  if (!body || !signature || rest.length > 0) return null;
  const given = Buffer.from(signature, 'base64url');
  const wanted = sign(secret, use.purpose, body);
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return null;

  const content: unknown = JSON.parse(Buffer.from(body, 'base64url').toString('utf8'));
  if (!isContent(content)) return null;
  const now = use.now ?? new Date();
  return content.e !== undefined && content.e <= now.getTime() ? null : content.p;
}

/**
 * The form in which a random key is stored (SHA-256, base64url): enough for keys of 256 random bits, which cannot be
 * guessed from a list; never for passwords.
 */
export function hashKey(key: string): string {
  return createHash('sha256').update(key).digest('base64url');
}

/** A new key of 256 random bits behind a prefix that tells people and scanners what it is: `yd_…`. */
export function randomKey(prefix: string): string {
  return `${prefix}_${randomBytes(32).toString('base64url')}`;
}

/** Whether two texts are the same, in a time that tells nothing about where they differ. */
export function sameText(a: string, b: string): boolean {
  return timingSafeEqual(
    createHash('sha256').update(a).digest(),
    createHash('sha256').update(b).digest(),
  );
}
