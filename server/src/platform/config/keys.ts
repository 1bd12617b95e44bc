import { isIP } from 'node:net';
import { z } from 'zod';

/** One setting: what it accepts, and the sentences shown in a fault and in the documentation. */
type Key<Schema extends z.ZodType> = {
  schema: Schema;
  /** What the setting is for, with its default. */
  about: string;
  /** A value to copy, shown as the way out of a fault. */
  example: string;
  /** Its value is never repeated in a fault. */
  secret?: boolean;
};

function key<Schema extends z.ZodType>(definition: Key<Schema>): Key<Schema> {
  return definition;
}

function wholeNumber(min: number, max: number) {
  const message = `is not a whole number from ${min} to ${max}`;
  return z
    .string()
    .regex(/^\d{1,9}$/, message)
    .transform(Number)
    .refine((value) => value >= min && value <= max, message);
}

function address(protocols: readonly string[]) {
  const message = `is not an address beginning with ${protocols.map((name) => `${name}//`).join(' or ')}`;
  return z.string().refine((value) => {
    const url = URL.parse(value);
    return url !== null && protocols.includes(url.protocol) && url.hostname !== '';
  }, message);
}

function list(value: string): string[] {
  return value
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

const origin = address(['http:', 'https:'])
  .refine((value) => {
    const url = URL.parse(value);
    return url !== null && url.pathname === '/' && url.search === '' && url.hash === '';
  }, 'has a path, but the product lives at the root of its address')
  .transform((value) => new URL(value).origin);

const busAddress = address(['nats:', 'tls:', 'ws:', 'wss:']);
const bus = z
  .string()
  .refine(
    (value) =>
      list(value).length > 0 && list(value).every((one) => busAddress.safeParse(one).success),
    'is not one or more addresses beginning with nats:// or tls://, parted by commas',
  );

const mailbox = z
  .string()
  .regex(/^(?:[^<>@\r\n]*<[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/, 'is not a mail address');

const PROXY_NAMES = ['loopback', 'linklocal', 'uniquelocal'];

function isProxy(part: string): boolean {
  const [ip = '', bits, ...rest] = part.split('/');
  if (PROXY_NAMES.includes(part)) return true;
  return isIP(ip) > 0 && rest.length === 0 && (bits === undefined || /^\d{1,3}$/.test(bits));
}

const proxies = z
  .string()
  .refine(
    (value) =>
      /^(?:on|off|[1-9])$/.test(value) || (list(value).length > 0 && list(value).every(isProxy)),
    'is neither on, off, a number of proxies (1 to 9) nor a list of their addresses',
  )
  .transform((value): boolean | number | string => {
    if (value === 'on' || value === 'off') return value === 'on';
    return /^\d$/.test(value) ? Number(value) : list(value).join(',');
  });

const text = z.string().trim().min(1);
const switched = z
  .enum(['on', 'off'], 'is neither on nor off')
  .transform((value) => value === 'on');
const levels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

/** Every setting of the product, in the order of the documentation. */
export const configKeys = {
  PORT: key({
    schema: wholeNumber(0, 65_535),
    about: 'Port of the web server; 0 picks a free one. Default 3000.',
    example: '3000',
  }),
  HOST: key({
    schema: text,
    about: 'Address the web server listens on; 0.0.0.0 for all. Default 127.0.0.1.',
    example: '127.0.0.1',
  }),
  DATA_DIR: key({
    schema: text,
    about: 'Folder for the database, files and secret. Default ./data.',
    example: './data',
  }),
  BASE_URL: key({
    schema: origin,
    about: 'Address people reach the product at. Default http://HOST:PORT.',
    example: 'https://desk.example.com',
  }),
  DATABASE_URL: key({
    schema: address(['postgres:', 'postgresql:']),
    about: 'PostgreSQL server (15 or later). Default: one is started in DATA_DIR.',
    example: 'postgres://user:password@db.example.com:5432/yingda',
    secret: true,
  }),
  BUS_URL: key({
    schema: bus,
    about: 'NATS servers for live updates between processes. Default: the database.',
    example: 'nats://bus.example.com:4222',
    secret: true,
  }),
  S3_ENDPOINT: key({
    schema: address(['http:', 'https:']),
    about: 'S3-compatible store for files. Default: DATA_DIR/files.',
    example: 'https://s3.example.com',
  }),
  S3_BUCKET: key({ schema: text, about: 'Bucket in that store.', example: 'yingda' }),
  S3_REGION: key({ schema: text, about: 'Region of the bucket.', example: 'us-east-1' }),
  S3_ACCESS_KEY_ID: key({
    schema: text,
    about: 'Access key of the store.',
    example: 'the key id the store gave you',
    secret: true,
  }),
  S3_SECRET_ACCESS_KEY: key({
    schema: text,
    about: 'Secret to that key.',
    example: 'the secret the store gave you',
    secret: true,
  }),
  SMTP_URL: key({
    schema: address(['smtp:', 'smtps:']),
    about: 'Mail server for outgoing mail. Default: none, no mail is sent.',
    example: 'smtps://user:password@smtp.example.com:465',
    secret: true,
  }),
  MAIL_FROM: key({
    schema: mailbox,
    about: 'Sender of outgoing mail; needed with SMTP_URL.',
    example: 'Service <service@example.com>',
  }),
  LOG_LEVEL: key({
    schema: z.enum(levels, `is none of ${levels.join(', ')}`),
    about: 'Least weight of logged lines. Default info.',
    example: 'info',
  }),
  LOG_FORMAT: key({
    schema: z.enum(['json', 'pretty'], 'is neither json nor pretty'),
    about: 'json for machines, pretty for people. Default: pretty in a terminal.',
    example: 'json',
  }),
  MAX_UPLOAD_MB: key({
    schema: wholeNumber(1, 5_000),
    about: 'Largest file people may send, in megabytes. Default 25.',
    example: '25',
  }),
  IMPORT_DIRS: key({
    schema: text.transform(list),
    about:
      'Folders on this machine whose logs may be followed as they grow, parted by commas. Default: none.',
    example: '/var/log/asterisk',
  }),
  WEBHOOK_PRIVATE_HOSTS: key({
    schema: text.transform(list),
    about:
      'Hosts of the inner network that webhooks may call, as host or host:port, parted by commas; * for all. Default: none.',
    example: 'erp.internal:8080',
  }),
  RATE_LIMIT: key({
    schema: switched,
    about: 'Whether requests are limited per address: on or off. Default on.',
    example: 'on',
  }),
  TRUST_PROXY: key({
    schema: proxies,
    about:
      'Proxies whose X-Forwarded-* is believed: on, off, how many, or their addresses. Default off.',
    example: '1',
  }),
  ORGANISATION_NAME: key({
    schema: text,
    about: 'Name given to the organisation at the first start.',
    example: 'Example Trading Ltd',
  }),
  OIDC_ISSUER: key({
    schema: address(['http:', 'https:']),
    about: 'OpenID Connect provider for sign-in.',
    example: 'https://login.example.com',
  }),
  OIDC_CLIENT_ID: key({
    schema: text,
    about: 'Client id registered with the provider.',
    example: 'yingda',
  }),
  OIDC_CLIENT_SECRET: key({
    schema: text,
    about: 'Client secret registered with the provider.',
    example: 'the secret the provider gave you',
    secret: true,
  }),
  OIDC_NAME: key({
    schema: text,
    about: 'Name of the provider on the sign-in button.',
    example: 'Company account',
  }),
  AUTH_SECRET: key({
    schema: z.string().min(32, 'is shorter than 32 characters'),
    about:
      'Key of sessions and tokens; the same on every host. Default: made once, kept in DATA_DIR/secret.',
    example: '48 random characters, from `openssl rand -base64 36`',
    secret: true,
  }),
};

export type ConfigKey = keyof typeof configKeys;

/** The values as read, before defaults; a setting left out is absent. */
export type RawConfig = { [Name in ConfigKey]?: z.output<(typeof configKeys)[Name]['schema']> };

export function isConfigKey(name: string): name is ConfigKey {
  return Object.hasOwn(configKeys, name);
}
