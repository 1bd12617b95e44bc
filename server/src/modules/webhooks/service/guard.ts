import type { Tx } from '../../../platform/ctx.ts';

/** Asked before a webhook is deleted; true: somebody still sends to it. */
export type WebhookUse = (tx: Tx, webhookId: string) => Promise<boolean>;
const uses: WebhookUse[] = [];

/** Lets a module above say that a webhook is in use, so that deleting it is refused. Call once, when loaded. */
export function guardWebhook(isInUse: WebhookUse): void {
  uses.push(isInUse);
}

export async function isInUse(tx: Tx, webhookId: string): Promise<boolean> {
  for (const isUsed of uses) if (await isUsed(tx, webhookId)) return true;
  return false;
}
