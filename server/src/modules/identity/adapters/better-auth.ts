import { passkey } from '@better-auth/passkey';
import { betterAuth } from 'better-auth';
import type { BetterAuthOptions } from 'better-auth';
import { APIError } from 'better-auth/api';
import { hashPassword as hash, makeSignature } from 'better-auth/crypto';
import { genericOAuth } from 'better-auth/plugins/generic-oauth';
import { twoFactor } from 'better-auth/plugins/two-factor';
import { newId } from '../../../kernel/ids.ts';
import type { Config, OidcConfig } from '../../../platform/config/index.ts';
import type { Services } from '../../../platform/ctx.ts';
import { randomKey } from '../../../platform/secrets/index.ts';
import { passwordLength } from '../domain/password.ts';

export const authPath = '/api/auth';
export const singleSignOnProvider = 'oidc';
/** Carries the client's address as our server sees it; whatever a client sends under this name is dropped. */
export const addressHeader = 'x-yingda-client';
export const languageHeader = 'accept-language';

const DAY_S = 24 * 60 * 60;
const resetPrefix = 'reset-password:';

/** What sign-in needs to know of, and tell, the rest of the module. */
export type SignInEvents = {
  isActive(userId: string): Promise<boolean>;
  /** Somebody asked for a link with which to set a new password. */
  linkWanted(user: { id: string }, token: string, language: string | null): Promise<void>;
  passwordReset(user: { id: string }): Promise<void>;
};

/** Our names for the library's tables and columns. */
const tables = {
  user: {
    modelName: 'app_user',
    fields: { emailVerified: 'email_verified', createdAt: 'created_at', updatedAt: 'updated_at' },
  },
  session: {
    modelName: 'auth_session',
    fields: {
      userId: 'user_id',
      expiresAt: 'expires_at',
      ipAddress: 'ip_address',
      userAgent: 'user_agent',
      createdAt: 'created_at',
      updatedAt: 'updated_at',
    },
  },
  account: {
    modelName: 'auth_account',
    fields: {
      userId: 'user_id',
      accountId: 'account_id',
      providerId: 'provider_id',
      accessToken: 'access_token',
      refreshToken: 'refresh_token',
      idToken: 'id_token',
      accessTokenExpiresAt: 'access_token_expires_at',
      refreshTokenExpiresAt: 'refresh_token_expires_at',
      createdAt: 'created_at',
      updatedAt: 'updated_at',
    },
  },
  verification: {
    modelName: 'auth_verification',
    fields: { expiresAt: 'expires_at', createdAt: 'created_at', updatedAt: 'updated_at' },
  },
  twoFactor: {
    user: { fields: { twoFactorEnabled: 'two_factor_enabled' } },
    twoFactor: {
      modelName: 'auth_two_factor',
      fields: {
        userId: 'user_id',
        backupCodes: 'backup_codes',
        failedVerificationCount: 'failed_verification_count',
        lockedUntil: 'locked_until',
      },
    },
  },
  passkey: {
    passkey: {
      modelName: 'auth_passkey',
      fields: {
        userId: 'user_id',
        publicKey: 'public_key',
        credentialID: 'credential_id',
        deviceType: 'device_type',
        backedUp: 'backed_up',
        createdAt: 'created_at',
      },
    },
  },
} as const;

/** Browsers give passkeys to names, never to bare addresses: on this machine that name is localhost. */
function passkeyPlace({ baseUrl }: Config): { rpID: string; origin: string[] } {
  const { hostname, port, protocol } = new URL(baseUrl);
  const isLoopback = /^(?:127\.|\[::1\]$|localhost$)/.test(hostname);
  if (!isLoopback) return { rpID: hostname, origin: [baseUrl] };
  return {
    rpID: 'localhost',
    origin: [baseUrl, `${protocol}//localhost${port === '' ? '' : `:${port}`}`],
  };
}

function singleSignOn({ issuer, clientId, clientSecret, name }: OidcConfig) {
  return genericOAuth({
    config: [
      {
        providerId: singleSignOnProvider,
        name,
        discoveryUrl: `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
        clientId,
        clientSecret,
        scopes: ['openid', 'email', 'profile'],
        // Only people who are here already: the provider says who somebody is, not whether they work here.
        disableSignUp: true,
        disableImplicitSignUp: true,
        // Many company providers leave the claim out; one that says "not verified" is believed.
        mapProfileToUser: ({ email_verified: verified, emailVerified }) => ({
          emailVerified: verified === undefined ? true : emailVerified === true,
        }),
      },
    ],
  });
}

function pluginsOf(config: Config, withSingleSignOn: boolean) {
  return [
    twoFactor({ issuer: 'Yingda', allowPasswordless: true, schema: tables.twoFactor }),
    passkey({ rpName: 'Yingda', ...passkeyPlace(config), schema: tables.passkey }),
    ...(withSingleSignOn && config.oidc ? [singleSignOn(config.oidc)] : []),
  ];
}

function optionsOf(
  { config, database, log }: Services,
  events: SignInEvents,
  withSingleSignOn: boolean,
): BetterAuthOptions {
  return {
    appName: 'Yingda',
    baseURL: config.baseUrl,
    basePath: authPath,
    secret: config.authSecret,
    database: { db: database.kysely, type: 'postgres', transaction: true },
    telemetry: { enabled: false },
    trustedOrigins: [config.baseUrl],
    // Ours counts per account too and over all processes: see sign-in-limits.
    rateLimit: { enabled: false },
    logger: {
      level: 'error',
      // What it calls errors are refusals; those of ours come out of the answer.
      log: (_level, message) => log.debug({ part: 'sign-in' }, message),
    },
    onAPIError: { throw: true, errorURL: `${config.baseUrl}/sign-in` },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: passwordLength.least,
      maxPasswordLength: passwordLength.most,
      revokeSessionsOnPasswordReset: true,
      resetPasswordTokenExpiresIn: 60 * 60,
      ...(config.mail && {
        sendResetPassword: ({ user, token }, request) =>
          events.linkWanted(user, token, request?.headers.get(languageHeader) ?? null),
      }),
      onPasswordReset: ({ user }) => events.passwordReset(user),
    },
    user: tables.user,
    session: {
      ...tables.session,
      expiresIn: 14 * DAY_S,
      updateAge: DAY_S,
      freshAge: DAY_S,
    },
    account: {
      ...tables.account,
      encryptOAuthTokens: true,
      accountLinking: { enabled: true },
    },
    verification: { ...tables.verification, storeIdentifier: 'hashed' },
    databaseHooks: {
      session: {
        create: {
          before: async ({ userId }) => {
            if (await events.isActive(userId)) return;
            throw new APIError('FORBIDDEN', { code: 'ACCOUNT_DISABLED' });
          },
        },
      },
    },
    advanced: {
      cookiePrefix: 'yingda',
      useSecureCookies: config.baseUrl.startsWith('https:'),
      disableCSRFCheck: false,
      disableOriginCheck: false,
      ipAddress: { ipAddressHeaders: [addressHeader] },
      database: { generateId: () => newId() },
    },
    plugins: pluginsOf(config, withSingleSignOn),
  };
}

export type Auth = {
  /** Answers one request below `/api/auth`. */
  handle(request: Request): Promise<Response>;
  /** The id of the session that this cookie value proves; null when forged or over. */
  sessionIdOf(cookie: string): Promise<string | null>;
  /** The same for a whole Cookie header, with the cookies to set when the session was prolonged. */
  prolong(cookies: string): Promise<string[]>;
  /** Starts a session; the value of its cookie. */
  startSession(userId: string): Promise<string>;
  /** A one-time token with which the person may set a new password. */
  makeResetToken(userId: string, expiresAt: Date): Promise<string>;
};

/** The name of the cookie that holds the session. */
export function sessionCookieName({ baseUrl }: Pick<Config, 'baseUrl'>): string {
  return `${baseUrl.startsWith('https:') ? '__Secure-' : ''}yingda.session_token`;
}

/** A hash of the password (scrypt, with its own salt), as sign-in will compare it. Takes about 50 ms. */
export function hashPassword(password: string): Promise<string> {
  return hash(password);
}

/**
 * Builds the sign-in library for one process. With single sign-on it first asks the provider for its addresses, which
 * may take long: hence an instance of its own, so that nobody else waits for it.
 */
export function createAuth(
  services: Services,
  events: SignInEvents,
  { withSingleSignOn }: { withSingleSignOn: boolean },
): Auth {
  const auth = betterAuth(optionsOf(services, events, withSingleSignOn));
  const cookieName = sessionCookieName(services.config);
  return {
    handle: (request) => auth.handler(request),
    async sessionIdOf(cookie) {
      const headers = new Headers({ cookie: `${cookieName}=${cookie}` });
      try {
        const found = await auth.api.getSession({ headers, query: { disableRefresh: true } });
        return found?.session.id ?? null;
      } catch (error) {
        // The library hides why: a database out of reach must be told as such.
        throw error instanceof APIError && error.cause ? error.cause : error;
      }
    },
    async prolong(cookies) {
      const { headers } = await auth.api.getSession({
        headers: new Headers({ cookie: cookies }),
        returnHeaders: true,
      });
      return headers.getSetCookie();
    },
    async startSession(userId) {
      const { internalAdapter, secret } = await auth.$context;
      const { token } = await internalAdapter.createSession(userId);
      return encodeURIComponent(`${token}.${await makeSignature(token, secret)}`);
    },
    async makeResetToken(userId, expiresAt) {
      const { internalAdapter } = await auth.$context;
      const token = randomKey('yr');
      await internalAdapter.createVerificationValue({
        identifier: `${resetPrefix}${token}`,
        value: userId,
        expiresAt,
      });
      return token;
    },
  };
}
