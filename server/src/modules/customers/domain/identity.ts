import type { CustomerIdentity } from '@yingda/contract';
import { z } from 'zod';

export type IdentityKind = CustomerIdentity['kind'];
/** Something a customer may be known by, as given. `verified`: proved by a signature. */
export type IdentityInput = { kind: IdentityKind; value: string; verified?: boolean | undefined };
/** The same in the one form in which it is stored and compared. */
export type Identity = { kind: IdentityKind; value: string; verified: boolean };

const MAX_LENGTH = 200;
const Email = z.email();

function phoneOf(text: string): string | null {
  // What people write between and around the digits, an extension included, is no part of the number's identity.
  if (!/^[+\d\s().\-/‐-―]+$/u.test(text)) return null;
  const digits = text.replaceAll(/\D/g, '');
  const number = text.startsWith('+') ? `+${digits}` : digits.replace(/^00(?=[1-9]\d{6})/, '+');
  return /^\+?\d{3,20}$/.test(number) ? number : null;
}

function plainOf(text: string): string | null {
  // oxlint-disable-next-line no-control-regex -- control characters are what is refused here
  return text === '' || /[\u0000-\u001f]/.test(text) ? null : text;
}

/** The value in its one stored form, or null when it is no such thing. */
export function normalValue(kind: IdentityKind, value: string): string | null {
  if (value.length > 10 * MAX_LENGTH) return null;
  const text = value.normalize('NFKC').trim().toWellFormed();
  if (text.length > MAX_LENGTH) return null;
  if (kind === 'phone') return phoneOf(text);
  if (kind !== 'email') return plainOf(text);
  const email = text.toLowerCase();
  return Email.safeParse(email).success ? email : null;
}

/** Each identity once in its stored form, in the order given; what is none is left out. */
export function normalIdentities(inputs: readonly IdentityInput[]): Identity[] {
  const found = new Map<string, Identity>();
  for (const { kind, value, verified = false } of inputs) {
    const normal = normalValue(kind, value);
    if (normal === null) continue;
    const key = `${kind} ${normal}`;
    found.set(key, {
      kind,
      value: normal,
      verified: verified || (found.get(key)?.verified ?? false),
    });
  }
  return [...found.values()];
}

export function isSame(
  a: { kind: string; value: string },
  b: { kind: string; value: string },
): boolean {
  return a.kind === b.kind && a.value === b.value;
}

/** Kinds by which people search; the others are codes that no person knows. */
export function isSearchable(kind: IdentityKind): boolean {
  return kind === 'phone' || kind === 'email' || kind === 'external';
}
