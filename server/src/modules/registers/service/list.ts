import type { RegisterFilter, RegisterKey, RegisterRow, RegisterSummary } from '@yingda/contract';
import { registerColumns } from '@yingda/contract';
import { z } from 'zod';
import { Problem } from '../../../kernel/problem.ts';
import type { Ctx } from '../../../platform/ctx.ts';
import { organisation } from '../../identity/index.ts';
import { kpiSettings } from '../../kpi/index.ts';
import { presentRow } from '../present.ts';
import { countRows, selectRows } from '../store/rows.ts';
import type { Asked, RowRow } from '../store/rows.ts';
import { requirePeriod, scopeOf } from './scope.ts';

type Place = { place: string; id: string };
const Stored = z.tuple([z.string().regex(/^[\d :.+-]{10,40}$/), z.uuid()]);

export function decode(cursor: string | undefined): Place | null {
  if (cursor === undefined) return null;
  try {
    const text = Buffer.from(cursor, 'base64url').toString('utf8');
    const [place, id] = Stored.parse(JSON.parse(text));
    return { place, id };
  } catch (cause) {
    throw new Problem('request.malformed', { cause });
  }
}

export const encode = ({ place, id }: Place): string =>
  Buffer.from(JSON.stringify([place, id])).toString('base64url');

/** What is asked of a register, with the rights of the actor. */
export async function askedOf(
  ctx: Ctx,
  register: RegisterKey,
  { from, to, q, teamId }: RegisterFilter,
): Promise<Asked> {
  requirePeriod({ from, to });
  const { timeZone } = await organisation(ctx);
  const scope = await scopeOf(ctx, register, { teamId });
  return { scope, period: { from, to, timeZone }, q: q?.trim() || null };
}

/** One page of a register, newest first. Throws `register.period_too_long`, `request.malformed` for a strange cursor. */
export async function listRegister(
  ctx: Ctx,
  register: RegisterKey,
  { cursor, limit, ...filter }: RegisterFilter & { cursor?: string | undefined; limit: number },
): Promise<{ items: RegisterRow[]; nextCursor: string | null }> {
  const asked = await askedOf(ctx, register, filter);
  const rows = await selectRows(ctx.db, asked, { after: decode(cursor), limit: limit + 1 });
  const last: RowRow | undefined = rows.length > limit ? rows[limit - 1] : undefined;
  return {
    items: rows.slice(0, limit).map((row) => presentRow(row, register, ctx.actor)),
    nextCursor: last ? encode(last) : null,
  };
}

/** By which columns each register is counted. */
const telling: Record<RegisterKey, string[]> = {
  problems: ['category', 'department', 'status', 'recorder'],
  enquiries: ['channel', 'recorder', 'state'],
  callbacks: ['outcome', 'reason', 'satisfaction', 'recorder'],
  purchases: ['product', 'region', 'channel', 'recorder'],
  members: ['tier', 'channel', 'region'],
  deals: ['product', 'salesperson', 'channel'],
};
const MOST_VALUES = 12;

export const moneyColumn = (register: RegisterKey): string | null =>
  registerColumns[register].find(({ kind }) => kind === 'money')?.key ?? null;

/** How many lines there are, how much money, on which days and of what. */
export async function summariseRegister(
  ctx: Ctx,
  register: RegisterKey,
  filter: RegisterFilter,
): Promise<RegisterSummary> {
  const asked = await askedOf(ctx, register, filter);
  const money = moneyColumn(register);
  const columns = telling[register];
  const counted = await countRows(ctx.db, asked, { columns, money });
  const of = (column: string) => counted.filter((one) => one.column === column);
  const [whole] = of('');
  const amountOf = (amount: number | null | undefined): number | null =>
    money === null ? null : (amount ?? 0);
  return {
    count: whole?.count ?? 0,
    amount: amountOf(whole?.amount),
    currency: (await kpiSettings(ctx)).currency,
    days: of('day')
      .map(({ value: date, count }) => ({ date, count }))
      .toSorted((a, b) => (a.date < b.date ? -1 : 1)),
    groups: columns.map((column) => ({
      column,
      items: of(column)
        .slice(0, MOST_VALUES)
        .map(({ value, count, amount }) => ({ value, count, amount: amountOf(amount) })),
    })),
  };
}
