/** `npm run admin -- …`: what an operator does without a browser; the product may be running. */
import { randomInt } from 'node:crypto';
import { userInfo } from 'node:os';
import { parseArgs } from 'node:util';
import { Locale, permissions } from '@yingda/contract';
import type { Permission } from '@yingda/contract';
import { z } from 'zod';
import { runProgram, UsageError } from './app/command-line.ts';
import type { Said } from './app/command-line.ts';
import { runCommand } from './app/command.ts';
import { Problem } from './kernel/problem.ts';
import {
  createAdministrator,
  createKey,
  findPerson,
  firstAdministrator,
  resetPassword,
} from './modules/identity/index.ts';
import type { AuditAuthor } from './modules/identity/index.ts';
import { readConfig } from './platform/config/index.ts';
import type { Ctx } from './platform/ctx.ts';

const help = `Use: npm run admin -- COMMAND OPTIONS        用法:npm run admin -- 命令 选项

  create            Create an administrator                     创建管理员
    --email ADDRESS --name NAME
    [--password PASSWORD]   one is made and printed when left out / 省略时自动生成并显示
    [--language zh-CN|en]

  reset-password    Set a new password, end all sessions        重设密码并退出所有登录
    --email ADDRESS
    [--password PASSWORD]
    [--remove-two-factor]   for a lost authenticator app / 验证器丢失时

  create-key        Create an API key                           创建 API 密钥
    --name NAME
    --scopes SCOPE,SCOPE    or all / 或 all
    [--owner ADDRESS]       the key may do what this person may; the first administrator when left out
                            密钥的权限不超过此人;省略时为第一位管理员
    [--days NUMBER]         valid for so many days; for good when left out / 有效天数,省略为长期

  --json            print one line of JSON                      以一行 JSON 输出

Scopes 权限: ${permissions.join(' ')}
`;

const options = {
  email: { type: 'string' },
  name: { type: 'string' },
  password: { type: 'string' },
  language: { type: 'string' },
  owner: { type: 'string' },
  scopes: { type: 'string' },
  days: { type: 'string' },
  'remove-two-factor': { type: 'boolean' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;
type Values = ReturnType<typeof parseArgs<{ options: typeof options }>>['values'];
/** What came of it: each printed line is a label in both languages and its value. */
type Result = Record<string, string | null>;
/** What remains once the options are understood. */
type Work = (ctx: Ctx) => Promise<Result>;

function required(values: Values, name: 'email' | 'name' | 'scopes'): string {
  const value = values[name]?.trim();
  if (!value) throw new UsageError(`--${name} is missing. 缺少 --${name}。`);
  return value;
}

function emailOf(text: string): string {
  const email = z.email().max(200).safeParse(text);
  if (!email.success) throw new UsageError(`${text} is no e-mail address. ${text} 不是邮箱地址。`);
  return email.data.toLowerCase();
}

const letters = 'abcdefghijkmnpqrstuvwxyz23456789';

/** Twenty characters that are not mixed up when read aloud (100 bits), in groups of five. */
function newPassword(): string {
  const groups = Array.from({ length: 4 }, () =>
    Array.from({ length: 5 }, () => letters[randomInt(letters.length)]).join(''),
  );
  return groups.join('-');
}

function operator(): AuditAuthor {
  let name = 'operator';
  try {
    name = userInfo().username;
  } catch {
    // A user without a name, as in some containers.
  }
  return { kind: 'command', id: null, name, ip: null };
}

function create(values: Values): Work {
  const email = emailOf(required(values, 'email'));
  const name = required(values, 'name').slice(0, 80);
  const password = values.password ?? newPassword();
  const locale = values.language === undefined ? {} : { locale: languageOf(values.language) };
  return async (ctx) => {
    await createAdministrator(ctx, { email, name, password, ...locale }, operator());
    return { email, password: values.password === undefined ? password : null };
  };
}

function languageOf(text: string): Locale {
  const language = Locale.safeParse(text);
  if (!language.success)
    throw new UsageError('--language is zh-CN or en. --language 为 zh-CN 或 en。');
  return language.data;
}

function reset(values: Values): Work {
  const email = emailOf(required(values, 'email'));
  const password = values.password ?? newPassword();
  const withoutTwoFactor = values['remove-two-factor'] === true;
  return async (ctx) => {
    const { active } = await resetPassword(ctx, { email, password, withoutTwoFactor }, operator());
    return {
      email,
      password: values.password === undefined ? password : null,
      note: active ? null : 'This person is deactivated. 该人员已停用。',
    };
  };
}

function scopesOf(text: string): Permission[] {
  if (text === 'all') return [...permissions];
  const names = text.split(',').map((name) => name.trim());
  return names.map((name) => {
    const known = permissions.find((permission) => permission === name);
    if (!known) throw new UsageError(`Unknown scope: ${name}. 未知权限:${name}。`);
    return known;
  });
}

function expiryOf(days: string | undefined): Date | null {
  if (days === undefined) return null;
  if (!/^[1-9]\d{0,4}$/.test(days))
    throw new UsageError('--days is a whole number. --days 为整数。');
  return new Date(Date.now() + Number(days) * 24 * 60 * 60_000);
}

function makeKey(values: Values): Work {
  const name = required(values, 'name').slice(0, 80);
  const scopes = scopesOf(required(values, 'scopes'));
  const expiresAt = expiryOf(values.days);
  const owner = values.owner === undefined ? null : emailOf(values.owner);
  return async (ctx) => {
    const ownerId = await (owner === null ? firstAdministrator(ctx) : findPerson(ctx, owner));
    if (ownerId === null) {
      throw new Problem(owner === null ? 'auth.setup_needed' : 'person.not_found');
    }
    const { secret } = await createKey(ctx, { name, scopes, expiresAt, ownerId }, operator());
    return { name, secret, expiresAt: expiresAt?.toISOString() ?? null };
  };
}

const labels: Record<string, string> = {
  email: 'E-mail 邮箱',
  password: 'Password (shown only now) 密码(仅显示一次)',
  name: 'Name 名称',
  secret: 'API key (shown only now) 密钥(仅显示一次)',
  expiresAt: 'Valid until 有效期至',
  note: 'Note 注意',
};

function saidOf(result: Result): Said {
  const entries = Object.entries(result).filter(([, value]) => value !== null);
  return {
    data: Object.fromEntries(entries),
    lines: entries.map(([key, value]) => `${labels[key] ?? key}: ${value}`),
  };
}

/** A command of one word: what is asked is understood before the database is opened. */
const command =
  (read: (values: Values) => Work) =>
  async (values: Values, [stray]: string[]): Promise<Said> => {
    if (stray !== undefined) throw new UsageError(`What is ${stray}? 无法识别。`);
    return saidOf(await runCommand(readConfig(), read(values)));
  };

runProgram({
  help,
  parse: () => parseArgs({ options, allowPositionals: true }),
  commands: {
    create: command(create),
    'reset-password': command(reset),
    'create-key': command(makeKey),
  },
});
