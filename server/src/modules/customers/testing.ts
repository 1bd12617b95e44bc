import { newId } from '../../kernel/ids.ts';
import type { Ctx } from '../../platform/ctx.ts';
import { transact } from '../../platform/ctx.ts';
import type { Arrival } from './service/recognise.ts';
import { findOrCreateCustomer } from './service/recognise.ts';

/** A customer with everything filled in that the test is not about; gives the id. */
export async function createCustomer(ctx: Ctx, arrival: Partial<Arrival> = {}): Promise<string> {
  const mark = newId();
  const { id } = await transact(ctx, (tx) =>
    findOrCreateCustomer(tx, {
      name: `Customer ${mark.slice(-6)}`,
      locale: 'zh-CN',
      identities: [{ kind: 'webchat', value: mark }],
      ...arrival,
    }),
  );
  return id;
}
