import { callRaw, problemFrom, ProblemError } from './api.ts';

const fieldOf = (body: unknown, name: string): unknown =>
  typeof body === 'object' && body !== null ? Reflect.get(body, name) : undefined;

/**
 * Calls the sign-in service. An undefined body reads, else it sends.
 * @throws {ProblemError}
 */
export async function callAuth(path: string, body?: unknown): Promise<unknown> {
  const answer = await callRaw(`/api/auth${path}`, body);
  if (!answer.ok) throw problemFrom(answer.status, answer.body);
  return answer.body;
}

/** Signs in; `second` says that a code of the authenticator app is still asked for. */
export async function signIn(
  email: string,
  password: string,
): Promise<'signed_in' | 'second_step'> {
  const answer = await callAuth('/sign-in/email', { email, password, rememberMe: true });
  return fieldOf(answer, 'twoFactorRedirect') === true ? 'second_step' : 'signed_in';
}

/** The second step: a code of the app, or one of the backup codes. */
export async function confirmSignIn(
  kind: 'totp' | 'backup',
  code: string,
  trustDevice: boolean,
): Promise<void> {
  const path = kind === 'totp' ? '/two-factor/verify-totp' : '/two-factor/verify-backup-code';
  await callAuth(path, { code: code.replace(/\s/g, ''), trustDevice });
}

/** Leads to the configured single sign-on provider and back to `then`. */
export async function signInElsewhere(then: string): Promise<void> {
  const answer = await callAuth('/sign-in/social', {
    provider: 'oidc',
    callbackURL: then,
    errorCallbackURL: '/sign-in',
    disableRedirect: true,
  });
  const url = fieldOf(answer, 'url');
  if (typeof url !== 'string') throw new ProblemError('sign_in.provider_not_found', 409);
  location.assign(url);
}

/** Sends a link for a new password; says nothing about whether the address is known. */
export async function requestPasswordReset(email: string): Promise<void> {
  await callAuth('/request-password-reset', { email, redirectTo: '/reset-password' });
}

/** Sets a new password by the token of a link. */
export async function resetPassword(token: string, newPassword: string): Promise<void> {
  await callAuth('/reset-password', { token, newPassword });
}

/** Changes my password and signs my other browsers out. */
export async function changePassword(currentPassword: string, newPassword: string): Promise<void> {
  await callAuth('/change-password', { currentPassword, newPassword, revokeOtherSessions: true });
}

/** Begins the set-up of an authenticator app: the address for its QR code, and codes for emergencies. */
export async function beginTwoFactor(
  password: string,
): Promise<{ totpURI: string; backupCodes: string[] }> {
  return (await callAuth('/two-factor/enable', { password })) as {
    totpURI: string;
    backupCodes: string[];
  };
}

/** Ends the set-up: from now on the code is asked for. */
export async function confirmTwoFactor(code: string): Promise<void> {
  await callAuth('/two-factor/verify-totp', { code: code.replace(/\s/g, '') });
}

export async function disableTwoFactor(password: string): Promise<void> {
  await callAuth('/two-factor/disable', { password });
}

/** Makes new backup codes; the old ones stop working. */
export async function renewBackupCodes(password: string): Promise<string[]> {
  const answer = await callAuth('/two-factor/generate-backup-codes', { password });
  const codes = fieldOf(answer, 'backupCodes');
  return Array.isArray(codes) ? codes.map(String) : [];
}

/** Ends the session of this browser. */
export async function signOut(): Promise<void> {
  await callAuth('/sign-out', {});
}
