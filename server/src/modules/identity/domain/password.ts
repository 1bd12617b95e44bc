import type { Fault } from '@yingda/contract';

export const passwordLength = { least: 10, most: 200 } as const;

/** Ten characters or more that everybody tries first; shorter ones fall to the length already. */
const COMMON = new Set([
  '1234567890',
  '0123456789',
  '9876543210',
  '0987654321',
  '1q2w3e4r5t',
  '1qaz2wsx3edc',
  'q1w2e3r4t5',
  'qwertyuiop',
  'asdfghjkl;',
  'password123',
  'password1234',
  'password12345',
  'passw0rd123',
  'iloveyou123',
  'woaini1314',
  'woaini520',
  'administrator',
  'admin12345',
  'admin123456',
  'abc1234567',
  'abcd123456',
  'qwerty12345',
  'qwerty123456',
  'a123456789',
  'aa123456789',
]);

const LEAST_DIFFERENT = 5;

/**
 * What is wrong with a new password: too short or long, among the first an attacker tries, few different characters,
 * or the person's own address. An empty list: good. Length beats rules about kinds of characters (NIST SP 800-63B).
 */
export function passwordFaults(password: string, email: string): Fault[] {
  const fault = (kind: string, params?: Fault['params']): Fault[] => [
    { path: 'password', kind, ...(params ? { params } : {}) },
  ];
  const { least, most } = passwordLength;
  if (password.length < least) return fault('password_short', { min: least });
  if (password.length > most) return fault('too_big', { max: most });
  const plain = password.toLowerCase();
  const [mailbox = ''] = email.toLowerCase().split('@');
  const isOwnAddress = plain === email.toLowerCase() || (mailbox.length > 0 && plain === mailbox);
  const isPlain = new Set(plain).size < LEAST_DIFFERENT;
  return COMMON.has(plain) || isOwnAddress || isPlain ? fault('password_guessable') : [];
}
