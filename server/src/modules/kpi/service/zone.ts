import type { Ctx } from '../../../platform/ctx.ts';
import { organisation } from '../../identity/index.ts';
import type { Batch } from '../store/batches.ts';
import { setBatchZone } from '../store/batches.ts';

/** What contacts of a batch are counted by. */
export type Counting = {
  batchId: number;
  zone: string;
  records: ReadonlySet<string>;
  /** Contacts may change, so that repeats are kept up to date. */
  isLive: boolean;
};

/** By what a batch counts: its zone is that of its first count, until it is counted anew. */
export async function countingOf(ctx: Ctx, batch: Batch): Promise<Counting> {
  const { id: batchId, kind, records } = batch;
  let zone = batch.timeZone;
  if (zone === null) {
    zone = (await organisation(ctx)).timeZone;
    await setBatchZone(ctx.db, batchId, zone);
  }
  return { batchId, zone, records: new Set(records), isLive: kind !== 'import' };
}
