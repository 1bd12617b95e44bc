import { randomUUID } from 'node:crypto';
import { systemCtx, transact } from '../../platform/ctx.ts';
import type { Ctx } from '../../platform/ctx.ts';
import { findOrCreateCustomer } from '../customers/index.ts';
import { postCustomerMessage } from './service/start.ts';
import type { CustomerMessage, CustomerMessageResult } from './service/start.ts';

/** A customer at an address of a channel, writing to a queue. */
export type Writer = {
  sourceId: string;
  customerId: string;
  write: (text: string, more?: Partial<CustomerMessage>) => Promise<CustomerMessageResult>;
};

/** Somebody new who can write to this queue. */
export async function newWriter(ctx: Ctx, queueId: string, name = '王小明'): Promise<Writer> {
  const sourceId = randomUUID();
  const system = systemCtx(ctx.services, 'test');
  const { id: customerId } = await transact(system, (tx) =>
    findOrCreateCustomer(tx, { name, identities: [{ kind: 'webchat', value: sourceId }] }),
  );
  return {
    sourceId,
    customerId,
    write: (text, more = {}) =>
      postCustomerMessage(system, {
        channel: 'webchat',
        sourceId,
        customerId,
        customerName: name,
        queueId,
        clientKey: randomUUID(),
        parts: [{ type: 'text', text }],
        ...more,
      }),
  };
}
