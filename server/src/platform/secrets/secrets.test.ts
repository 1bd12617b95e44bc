import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hashKey, randomKey, readToken, sameText, seal, signToken, unseal } from './index.ts';

const secret = 'a secret of the installation, long';

test('a token gives back what was signed', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.string(), (payload, purpose) => {
      const token = signToken(secret, payload, { purpose });
      expect(token).toMatch(/^[\w-]+\.[\w-]+$/);
      // JSON knows no -0.
      expect(readToken(secret, token, { purpose })).toEqual(JSON.parse(JSON.stringify(payload)));
    }),
  );
});

test('a changed token, another purpose and another secret are refused', () => {
  const token = signToken(secret, { id: 1 }, { purpose: 'invite' });
  expect(readToken(secret, token, { purpose: 'reset' })).toBeNull();
  expect(readToken(`${secret}x`, token, { purpose: 'invite' })).toBeNull();
  fc.assert(
    fc.property(
      fc.nat(token.length - 1),
      fc.string({ minLength: 1, maxLength: 1 }),
      (at, letter) => {
        const changed = token.slice(0, at) + letter + token.slice(at + 1);
        // The last letter of base64 carries unused bits; the same bytes are the same signature.
        fc.pre(changed !== token && at < token.length - 1);
        expect(readToken(secret, changed, { purpose: 'invite' })).toBeNull();
      },
    ),
  );
});

test('any text that is no token is refused quietly', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(readToken(secret, text, { purpose: 'x' })).toBeNull();
    }),
  );
});

test('a token ends at its time', () => {
  const expiresAt = new Date('2030-01-01T00:00:00Z');
  const token = signToken(secret, 'x', { purpose: 'p', expiresAt });
  expect(
    readToken(secret, token, { purpose: 'p', now: new Date('2029-12-31T23:59:59.999Z') }),
  ).toBe('x');
  expect(readToken(secret, token, { purpose: 'p', now: expiresAt })).toBeNull();
});

test('keys are long, new each time, and stored hashed', () => {
  const key = randomKey('yd');
  expect(key).toMatch(/^yd_[\w-]{43}$/);
  expect(randomKey('yd')).not.toBe(key);
  expect(hashKey(key)).toMatch(/^[\w-]{43}$/);
  expect(hashKey(key)).toBe(hashKey(key));
});

test('texts are compared whole', () => {
  expect(sameText('a', 'a')).toBe(true);
  expect(sameText('a', 'ab')).toBe(false);
});

test('what is sealed opens with the same secret, for the same purpose, unchanged', () => {
  fc.assert(
    fc.property(fc.string(), fc.nat(), (text, at) => {
      const sealed = seal(secret, text, 'hook');
      expect(unseal(secret, sealed, 'hook')).toBe(Buffer.from(text).toString());
      expect(seal(secret, text, 'hook')).not.toBe(sealed);
      expect(unseal(`${secret}x`, sealed, 'hook')).toBeNull();
      expect(unseal(secret, sealed, 'other')).toBeNull();
      const bytes = Buffer.from(sealed, 'base64url');
      bytes[at % bytes.length] = (bytes[at % bytes.length] ?? 0) ^ 1;
      expect(unseal(secret, bytes.toString('base64url'), 'hook')).toBeNull();
    }),
    { numRuns: 30 },
  );
  expect(unseal(secret, 'short', 'hook')).toBeNull();
});
