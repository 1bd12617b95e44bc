import { resolve } from 'node:path';
import type { z } from 'zod';
import { errorCode } from '../error-code.ts';
import { readEnvFile } from './env-file.ts';
import { ConfigError } from './fault.ts';
import type { ConfigFault } from './fault.ts';
import { configKeys, isConfigKey } from './keys.ts';
import type { ConfigKey, RawConfig } from './keys.ts';
import { warnAboutNames } from './names.ts';
import { installationSecret } from './secret-file.ts';

export { ConfigError } from './fault.ts';
export type { ConfigFault } from './fault.ts';
export { configKeys } from './keys.ts';

export type S3Config = {
  endpoint: string;
  bucket: string;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
};
export type OidcConfig = { issuer: string; clientId: string; clientSecret: string; name: string };

/** Everything the operator decides, checked and complete. */
export type Config = {
  port: number;
  host: string;
  /** Absolute path. */
  dataDir: string;
  /** Origin without a trailing slash. */
  baseUrl: string;
  databaseUrl?: string;
  busUrl?: string;
  s3?: S3Config;
  mail?: { smtpUrl: string; from: string };
  log: { level: NonNullable<RawConfig['LOG_LEVEL']>; format: 'json' | 'pretty' };
  maxUploadBytes: number;
  /** Absolute paths of folders whose logs may be followed. */
  importDirs: string[];
  /** Hosts (or `host:port`) of the inner network that webhooks may call; `*` for all. */
  webhookPrivateHosts: string[];
  rateLimit: boolean;
  /** As Fastify takes it: all, none, a number of hops, or a list of addresses. */
  trustProxy: boolean | number | string;
  organisationName?: string;
  oidc?: OidcConfig;
  authSecret: string;
  /** Doubtful settings, in words; log them at start. */
  warnings: string[];
};

type Environment = Record<string, string | undefined>;

function faultOf(name: ConfigKey, value: string, error: z.ZodError): ConfigFault {
  const { example, secret } = configKeys[name];
  const problem = error.issues[0]?.message ?? 'is not valid';
  return {
    name,
    problem: secret ? problem : `${problem} (${JSON.stringify(value.slice(0, 80))})`,
    remedy: `For example: ${example}`,
  };
}

/** Reads each setting by itself; an empty one counts as left out, as container tools pass them. */
function readValues(environment: Environment): { raw: RawConfig; faults: ConfigFault[] } {
  const raw: Record<string, unknown> = {};
  const faults: ConfigFault[] = [];
  for (const [name, text] of Object.entries(environment)) {
    const value = text?.trim();
    if (!isConfigKey(name) || !value) continue;
    const result = configKeys[name].schema.safeParse(value);
    if (result.success) raw[name] = result.data;
    else faults.push(faultOf(name, value, result.error));
  }
  return { raw: raw as RawConfig, faults };
}

const TOGETHER: readonly (readonly ConfigKey[])[] = [
  ['S3_ENDPOINT', 'S3_BUCKET', 'S3_REGION', 'S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'],
  ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET', 'OIDC_NAME'],
];

function findGaps(environment: Environment): ConfigFault[] {
  const isSet = (name: ConfigKey): boolean => Boolean(environment[name]?.trim());
  const gaps = TOGETHER.flatMap((names) => {
    const set = names.filter(isSet);
    const missing = set.length === 0 ? [] : names.filter((name) => !isSet(name));
    return missing.map((name) => ({
      name,
      problem: `is missing beside ${set.join(', ')}`,
      remedy: `Set it, for example: ${configKeys[name].example}`,
    }));
  });
  if (isSet('SMTP_URL') && !isSet('MAIL_FROM')) {
    gaps.push({
      name: 'MAIL_FROM',
      problem: 'is missing beside SMTP_URL',
      remedy: `Set it, for example: ${configKeys.MAIL_FROM.example}`,
    });
  }
  return gaps;
}

const LOOPBACK = /^(?:localhost|127\.[\d.]+|::1)$/;

function defaultBaseUrl(host: string, port: number): string {
  if (host === '0.0.0.0' || host === '::') return `http://localhost:${port}`;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

function s3Of(raw: RawConfig): S3Config | undefined {
  const { S3_ENDPOINT: endpoint, S3_BUCKET: bucket, S3_REGION: region } = raw;
  const { S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey } = raw;
  if (!endpoint || !bucket || !region || !accessKeyId || !secretAccessKey) return undefined;
  return { endpoint, bucket, region, accessKeyId, secretAccessKey };
}

function oidcOf(raw: RawConfig): OidcConfig | undefined {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_NAME: name } = raw;
  const { OIDC_CLIENT_SECRET: clientSecret } = raw;
  return issuer && clientId && clientSecret && name
    ? { issuer, clientId, clientSecret, name }
    : undefined;
}

function mailOf(raw: RawConfig): Config['mail'] {
  return raw.SMTP_URL && raw.MAIL_FROM ? { smtpUrl: raw.SMTP_URL, from: raw.MAIL_FROM } : undefined;
}

function logOf({ LOG_LEVEL: level = 'info', LOG_FORMAT: format }: RawConfig): Config['log'] {
  return { level, format: format ?? (process.stdout.isTTY ? 'pretty' : 'json') };
}

function complete(raw: RawConfig, cwd: string): Omit<Config, 'authSecret' | 'warnings'> {
  const { PORT: port = 3000, HOST: host = '127.0.0.1', MAX_UPLOAD_MB: maxUploadMb = 25 } = raw;
  return {
    port,
    host,
    dataDir: resolve(cwd, raw.DATA_DIR ?? './data'),
    baseUrl: raw.BASE_URL ?? defaultBaseUrl(host, port),
    databaseUrl: raw.DATABASE_URL,
    busUrl: raw.BUS_URL,
    s3: s3Of(raw),
    mail: mailOf(raw),
    log: logOf(raw),
    maxUploadBytes: maxUploadMb * 1024 * 1024,
    importDirs: raw.IMPORT_DIRS?.map((folder) => resolve(cwd, folder)) ?? [],
    webhookPrivateHosts: raw.WEBHOOK_PRIVATE_HOSTS ?? [],
    rateLimit: raw.RATE_LIMIT ?? true,
    trustProxy: raw.TRUST_PROXY ?? false,
    organisationName: raw.ORGANISATION_NAME,
    oidc: oidcOf(raw),
  };
}

function secretOf(raw: RawConfig, dataDir: string): string {
  if (raw.AUTH_SECRET) return raw.AUTH_SECRET;
  let secret: string;
  try {
    secret = installationSecret(dataDir);
  } catch (error) {
    const problem = `${dataDir} cannot be used (${errorCode(error) ?? String(error)})`;
    throw new ConfigError([
      {
        name: 'DATA_DIR',
        problem,
        remedy: 'Name a folder that this user may write, on a disk with room.',
      },
    ]);
  }
  if (secret.length >= 32) return secret;
  throw new ConfigError([
    {
      name: 'AUTH_SECRET',
      problem: `in ${resolve(dataDir, 'secret')} is damaged`,
      remedy: 'Restore that file, or delete it: everybody then signs in anew.',
    },
  ]);
}

function warningsOf(raw: RawConfig, host: string): string[] {
  if (raw.BASE_URL || LOOPBACK.test(host)) return [];
  return [
    'BASE_URL is not set: links in mails and the widget tag will name an address that others may not reach.',
  ];
}

/**
 * Reads the configuration from the environment over the `.env` file in `cwd`, and makes the installation's secret when
 * none was given. Throws one `ConfigError` that lists all faults; no fault repeats a password.
 */
export function readConfig(env: Environment = process.env, cwd: string = process.cwd()): Config {
  const file = readEnvFile(cwd);
  const environment = { ...file.values, ...env };
  const { raw, faults } = readValues(environment);
  const all = [...(file.fault ? [file.fault] : []), ...faults, ...findGaps(environment)];
  if (all.length > 0) throw new ConfigError(all);

  const config = complete(raw, cwd);
  return {
    ...config,
    authSecret: secretOf(raw, config.dataDir),
    warnings: [...warnAboutNames(env, file.values), ...warningsOf(raw, config.host)],
  };
}
