import { mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { ConfigError, configKeys, readConfig } from './index.ts';

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'config-'));
});

function faultsOf(env: Record<string, string>): string[] {
  try {
    readConfig(env, cwd);
  } catch (error) {
    if (error instanceof ConfigError)
      return error.faults.map((fault) => `${fault.name} ${fault.problem}`);
    throw error;
  }
  return [];
}

test('an empty environment gives a product that runs by itself', () => {
  const config = readConfig({}, cwd);
  expect(config).toMatchObject({
    port: 3000,
    host: '127.0.0.1',
    dataDir: join(cwd, 'data'),
    baseUrl: 'http://127.0.0.1:3000',
    log: { level: 'info' },
    maxUploadBytes: 26_214_400,
    rateLimit: true,
    trustProxy: false,
    warnings: [],
  });
  expect([config.databaseUrl, config.s3, config.mail, config.oidc]).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});

test('the environment wins over the file, and an empty value counts as left out', () => {
  writeFileSync(join(cwd, '.env'), '\uFEFFPORT=4000\nHOST="0.0.0.0" # all\nSMTP_URL=\n');
  const config = readConfig({ PORT: '5000', S3_BUCKET: ' ' }, cwd);
  expect([config.port, config.host, config.baseUrl]).toEqual([
    5000,
    '0.0.0.0',
    'http://localhost:5000',
  ]);
  expect(config.warnings).toHaveLength(1);
});

test('all faults are listed at once, without passwords', () => {
  const faults = faultsOf({
    PORT: 'abc',
    BASE_URL: 'https://example.com/desk',
    DATABASE_URL: 'mysql://me:hunter2@db/x',
    S3_BUCKET: 'files',
    SMTP_URL: 'smtp://mail.example.com',
    LOG_LEVEL: 'loud',
    AUTH_SECRET: 'short',
    TRUST_PROXY: 'maybe',
  });
  expect(faults.map((fault) => fault.split(' ')[0])).toEqual([
    'PORT',
    'BASE_URL',
    'DATABASE_URL',
    'LOG_LEVEL',
    'AUTH_SECRET',
    'TRUST_PROXY',
    'S3_ENDPOINT',
    'S3_REGION',
    'S3_ACCESS_KEY_ID',
    'S3_SECRET_ACCESS_KEY',
    'MAIL_FROM',
  ]);
  expect(faults.join()).not.toMatch(/hunter2|short\b/);
  expect(faults[0]).toBe('PORT is not a whole number from 0 to 65535 ("abc")');
});

test('the message of the error names every fault and what to do', () => {
  expect(() => readConfig({ PORT: '70000', RATE_LIMIT: 'yes' }, cwd)).toThrow(
    /PORT .* For example: 3000\n.*RATE_LIMIT/,
  );
});

test('complete settings are read', () => {
  const config = readConfig(
    {
      BASE_URL: 'https://desk.example.com/',
      S3_ENDPOINT: 'https://s3.example.com',
      S3_BUCKET: 'b',
      S3_REGION: 'r',
      S3_ACCESS_KEY_ID: 'k',
      S3_SECRET_ACCESS_KEY: 's',
      SMTP_URL: 'smtp://u:p@mail.example.com:587',
      MAIL_FROM: '客服 <service@example.com>',
      BUS_URL: 'nats://a:4222, nats://b:4222',
      TRUST_PROXY: '10.0.0.0/8, ::1',
      MAX_UPLOAD_MB: '1',
      RATE_LIMIT: 'off',
      AUTH_SECRET: 'x'.repeat(32),
    },
    cwd,
  );
  expect(config).toMatchObject({
    baseUrl: 'https://desk.example.com',
    s3: { bucket: 'b', accessKeyId: 'k' },
    mail: { from: '客服 <service@example.com>' },
    trustProxy: '10.0.0.0/8,::1',
    maxUploadBytes: 1_048_576,
    rateLimit: false,
    authSecret: 'x'.repeat(32),
  });
  expect(readConfig({ TRUST_PROXY: '1' }, cwd).trustProxy).toBe(1);
  expect(readConfig({ TRUST_PROXY: 'on' }, cwd).trustProxy).toBe(true);
});

test('every example in the table of settings is accepted', () => {
  for (const [name, { schema, example }] of Object.entries(configKeys)) {
    expect([name, schema.safeParse(example).success]).toEqual([name, true]);
  }
});

test('a misspelt name is warned about, a stranger is not', () => {
  writeFileSync(join(cwd, '.env'), 'COLOUR=red\nTZ=Asia/Shanghai\n');
  const { warnings } = readConfig(
    { SMTP_URI: 'x', DATABSE_URL: 'x', YINGDA_PORT: '1', S3_KEY: 'x', PATH: '/bin', HOME: '/root' },
    cwd,
  );
  expect(warnings).toEqual([
    'COLOUR is no setting and is ignored.',
    'SMTP_URI is no setting and is ignored. Did you mean SMTP_URL?',
    'DATABSE_URL is no setting and is ignored. Did you mean DATABASE_URL?',
    'YINGDA_PORT is no setting and is ignored. Did you mean PORT?',
    'S3_KEY is no setting and is ignored.',
  ]);
});

test('the secret is made once, for its owner alone', () => {
  const first = readConfig({}, cwd).authSecret;
  expect(first.length).toBeGreaterThanOrEqual(48);
  expect(readConfig({}, cwd).authSecret).toBe(first);
  expect(readFileSync(join(cwd, 'data', 'secret'), 'utf8').trim()).toBe(first);
  expect(readdirSync(join(cwd, 'data'))).toEqual(['secret']);
  expect(statSync(join(cwd, 'data', 'secret')).mode & 0o777).toBe(0o600);
});

test('a damaged secret, a data folder that is a file and an unreadable .env are told', () => {
  writeFileSync(join(cwd, 'data'), '');
  expect(faultsOf({})[0]).toContain('DATA_DIR');
  readConfig({ DATA_DIR: 'other' }, cwd);
  writeFileSync(join(cwd, 'other', 'secret'), 'x');
  expect(faultsOf({ DATA_DIR: 'other' })[0]).toContain('AUTH_SECRET');
  expect(() => readConfig({}, join(cwd, 'data'))).toThrow(/\.env .*ENOTDIR/);
});
