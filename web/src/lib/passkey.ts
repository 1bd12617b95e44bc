import {
  browserSupportsWebAuthn,
  startAuthentication,
  startRegistration,
  WebAuthnError,
} from '@simplewebauthn/browser';
import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/browser';
import { ProblemError } from './api.ts';
import { callAuth } from './auth.ts';

/** Whether this browser knows passkeys at all. */
export const passkeysSupported = browserSupportsWebAuthn;

/** The person closed the browser's dialog, or something in it failed: told apart by our own code. */
function readable(error: unknown): Error {
  if (
    error instanceof WebAuthnError &&
    error.code === 'ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED'
  ) {
    return new ProblemError('sign_in.previously_registered', 0);
  }
  if (error instanceof WebAuthnError || error instanceof DOMException) {
    return new ProblemError('sign_in.passkey_cancelled', 0);
  }
  return error instanceof Error ? error : new Error(String(error));
}

async function ceremony<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    throw readable(error);
  }
}

/** Signs in with a passkey of this device. */
export async function signInWithPasskey(): Promise<void> {
  const options = await callAuth('/passkey/generate-authenticate-options');
  const response = await ceremony(() =>
    startAuthentication({ optionsJSON: options as PublicKeyCredentialRequestOptionsJSON }),
  );
  await callAuth('/passkey/verify-authentication', { response });
}

/** Makes a passkey on this device and registers it under a name. */
export async function addPasskey(name: string): Promise<void> {
  const query = new URLSearchParams({ name });
  const options = await callAuth(`/passkey/generate-register-options?${query}`);
  const response = await ceremony(() =>
    startRegistration({ optionsJSON: options as PublicKeyCredentialCreationOptionsJSON }),
  );
  await callAuth('/passkey/verify-registration', { response, name });
}

export interface Passkey {
  id: string;
  name?: string | null;
  createdAt?: string | null;
  deviceType?: string;
}

/** My passkeys. */
export async function listPasskeys(): Promise<Passkey[]> {
  return (await callAuth('/passkey/list-user-passkeys')) as Passkey[];
}

/** Takes a passkey away; the device may keep it, but it opens nothing any more. */
export async function removePasskey(id: string): Promise<void> {
  await callAuth('/passkey/delete-passkey', { id });
}
