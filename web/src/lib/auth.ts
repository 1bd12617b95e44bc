import type { ClientProblemCode } from './api.ts';
import { callRaw, problemFrom, ProblemError } from './api.ts';

/** Why the sign-in service refused; `code` is the key of its text below `problems:`. */
export class AuthError extends Error {
  readonly code: string;
  constructor(code: string) {
    super(code);
    this.name = 'AuthError';
    this.code = code;
  }
}

/** Codes of the sign-in service that have a text of their own, in words of this product. */
const known: Record<string, ClientProblemCode> = {
  INVALID_EMAIL_OR_PASSWORD: 'auth.wrong_credentials',
  BANNED_USER: 'auth.account_disabled',
  PASSWORD_TOO_SHORT: 'auth.password_weak',
};

const fieldOf = (body: unknown, name: string): unknown =>
  typeof body === 'object' && body !== null ? Reflect.get(body, name) : undefined;

/**
 * Calls the sign-in service. An undefined body reads, else it sends.
 * @throws {AuthError | ProblemError}
 */
export async function callAuth(path: string, body?: unknown): Promise<unknown> {
  const answer = await callRaw(`/api/auth${path}`, body);
  if (answer.ok) return answer.body;
  const code = fieldOf(answer.body, 'code');
  const ours = typeof code === 'string' ? known[code] : undefined;
  if (ours) throw new ProblemError(ours, answer.status);
  if (typeof code === 'string' && /^[A-Z_]+$/.test(code)) throw new AuthError(code.toLowerCase());
  throw problemFrom(answer.status, answer.body);
}

/** Ends the session of this browser. */
export async function signOut(): Promise<void> {
  await callAuth('/sign-out', {});
}
