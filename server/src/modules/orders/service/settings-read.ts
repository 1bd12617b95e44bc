import { createHash } from 'node:crypto';
import { OrderSettings } from '@yingda/contract';
import type { Ctx } from '../../../platform/ctx.ts';
import { selectSettings } from '../store/settings.ts';

/** Names a state of settings; another state has another name. */
export const revisionOf = (content: unknown): string =>
  createHash('sha256').update(JSON.stringify(content)).digest('base64url').slice(0, 22);

/** Numbers, windows and tries of orders, as set or as shipped. */
export async function orderSettings(ctx: Ctx): Promise<OrderSettings> {
  return OrderSettings.parse((await selectSettings(ctx.db)) ?? {});
}
