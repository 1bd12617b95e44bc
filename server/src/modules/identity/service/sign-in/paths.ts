/** What of the sign-in library is open; everything else answers `request.not_found`. */
const open: Record<string, 'GET' | 'POST'> = {
  '/sign-in/email': 'POST',
  '/sign-in/social': 'POST',
  '/callback/oidc': 'GET',
  '/sign-out': 'POST',
  '/change-password': 'POST',
  '/request-password-reset': 'POST',
  '/reset-password': 'POST',
  '/two-factor/enable': 'POST',
  '/two-factor/disable': 'POST',
  '/two-factor/get-totp-uri': 'POST',
  '/two-factor/verify-totp': 'POST',
  '/two-factor/verify-backup-code': 'POST',
  '/two-factor/generate-backup-codes': 'POST',
  '/passkey/generate-register-options': 'GET',
  '/passkey/verify-registration': 'POST',
  '/passkey/generate-authenticate-options': 'GET',
  '/passkey/verify-authentication': 'POST',
  '/passkey/list-user-passkeys': 'GET',
  '/passkey/delete-passkey': 'POST',
  '/passkey/update-passkey': 'POST',
};

export function isOpen(path: string, method: string): boolean {
  return Object.hasOwn(open, path) && open[path] === method;
}

/** Paths that talk to the single sign-on provider. */
export function needsSingleSignOn(path: string): boolean {
  return path === '/sign-in/social' || path === '/callback/oidc';
}

/** Paths with which somebody not yet signed in proves who they are, and how. */
export const proofs: Record<string, string> = {
  '/sign-in/email': 'password',
  '/two-factor/verify-totp': 'totp',
  '/two-factor/verify-backup-code': 'backup_code',
  '/passkey/verify-authentication': 'passkey',
  '/callback/oidc': 'oidc',
};

/** Paths that change how a signed-in person proves who they are, and what the audit log calls it. */
export const changes: Record<string, string> = {
  '/change-password': 'password.changed',
  '/two-factor/disable': 'two_factor.disabled',
  '/two-factor/generate-backup-codes': 'two_factor.codes_renewed',
  '/passkey/verify-registration': 'passkey.added',
  '/passkey/delete-passkey': 'passkey.removed',
  '/passkey/update-passkey': 'passkey.renamed',
};
