import { RegisterSettings } from '@yingda/contract';
import type { RegisterKey } from '@yingda/contract';
import { may, requireRight } from '../../../kernel/actor.ts';
import { Problem } from '../../../kernel/problem.ts';
import type { Ctx } from '../../../platform/ctx.ts';
import { transact } from '../../../platform/ctx.ts';
import { audit } from '../../identity/index.ts';
import { orderSight } from '../../orders/index.ts';
import { conversationSight } from '../policy.ts';
import { saveSettings, selectSettings } from '../store/lines.ts';
import type { Scope } from '../store/sources.ts';

const DAY_MS = 86_400_000;
const MOST_DAYS = 400;

/** Throws `register.period_too_long` for one that is, or that ends before it begins. */
export function requirePeriod({ from, to }: { from: string; to: string }): void {
  const days = (Date.parse(to) - Date.parse(from)) / DAY_MS + 1;
  if (days < 1 || days > MOST_DAYS) throw new Problem('register.period_too_long');
}

export async function registerSettings(ctx: Ctx): Promise<RegisterSettings> {
  return RegisterSettings.parse((await selectSettings(ctx.db)) ?? {});
}

export async function changeSettings(
  ctx: Ctx,
  settings: RegisterSettings,
): Promise<RegisterSettings> {
  requireRight(ctx.actor, 'order.design');
  await transact(ctx, async (tx) => {
    await saveSettings(tx.db, settings);
    const entry = { action: 'register-settings.changed', subjectKind: 'order-settings' };
    await audit(tx, { ...entry, details: settings });
  });
  return settings;
}

/** What the actor sees of a register. */
export async function scopeOf(
  ctx: Ctx,
  register: RegisterKey,
  { teamId = null }: { teamId?: string | null | undefined } = {},
): Promise<Scope> {
  const { purchaseTags, dealTags } = await registerSettings(ctx);
  return {
    register,
    locale: ctx.locale,
    teamId,
    tags: register === 'deals' ? dealTags : purchaseTags,
    sight: {
      ...(await orderSight(ctx)),
      ...conversationSight(ctx.actor),
      mayReadCustomers: may(ctx.actor, 'customer.read'),
    },
  };
}
