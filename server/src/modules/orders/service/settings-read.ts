import { OrderSettings } from '@yingda/contract';
import type { Ctx } from '../../../platform/ctx.ts';
import { selectSettings } from '../store/settings.ts';

/** Numbers, windows and tries of orders, as set or as shipped. */
export async function orderSettings(ctx: Ctx): Promise<OrderSettings> {
  return OrderSettings.parse((await selectSettings(ctx.db)) ?? {});
}
