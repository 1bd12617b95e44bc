import type { Services, Tx } from '../../../platform/ctx.ts';

const wakers = new WeakMap<Services, () => void>();

/** Says what starts a pass of the router in this process; null: nothing any more. */
export function setWaker(services: Services, wake: (() => void) | null): void {
  if (wake) wakers.set(services, wake);
  else wakers.delete(services);
}

/** Starts a pass of the router once this transaction is committed, as it may have made an assignment possible. */
export function kick(tx: Tx): void {
  tx.afterCommit(() => wakers.get(tx.services)?.());
}
