import * as contract from '@yingda/contract';
import type { CallbackDetail } from '@yingda/contract';
import type { Ctx } from '../../../platform/ctx.ts';
import type { Http } from '../../../platform/http/handle.ts';
import * as hold from '../service/callbacks/hold.ts';
import { makeCall } from '../service/callbacks/make.ts';
import * as read from '../service/callbacks/read.ts';
import { reportCall } from '../service/callbacks/report.ts';
import { confirmRepeat, denyRepeat, listRepeats } from '../service/repeats.ts';
import { similarOrders } from '../service/similar.ts';

/** Does something with a callback and answers with it as it is then. */
async function then(ctx: Ctx, id: string, deed: Promise<unknown>): Promise<CallbackDetail> {
  await deed;
  return read.viewCall(ctx, id);
}

export function mountCallbacks(http: Http): void {
  http.handle(contract.listCallbacks, (ctx, { query }) => read.listCalls(ctx, query));
  http.handle(contract.countCallbacks, (ctx) => read.countCalls(ctx));
  http.handle(contract.getCallback, (ctx, { params }) => read.viewCall(ctx, params.id));
  http.handle(contract.createCallback, async (ctx, { body }) =>
    read.viewCall(ctx, await makeCall(ctx, body)),
  );
  http.handle(contract.takeNextCallback, async (ctx) => {
    const id = await hold.takeNext(ctx);
    return { callback: id === null ? null : await read.viewCall(ctx, id) };
  });
  http.handle(contract.takeCallback, (ctx, { params: { id } }) =>
    then(ctx, id, hold.takeCall(ctx, id)),
  );
  http.handle(contract.assignCallback, (ctx, { params: { id }, body }) =>
    then(ctx, id, hold.assignCall(ctx, { ...body, id })),
  );
  http.handle(contract.postponeCallback, (ctx, { params: { id }, body }) =>
    then(ctx, id, hold.postponeCall(ctx, { ...body, id })),
  );
  http.handle(contract.reportCallback, (ctx, { params: { id }, body }) =>
    then(ctx, id, reportCall(ctx, { ...body, id })),
  );
}

/** Contacts that may be about an earlier order, and those that are. */
export function mountRepeats(http: Http): void {
  http.handle(contract.listSimilarOrders, (ctx, { query }) => similarOrders(ctx, query));
  http.handle(contract.listRepeats, (ctx, { params }) => listRepeats(ctx, params.id));
  http.handle(contract.confirmRepeat, async (ctx, { params: { id }, body }) => {
    await confirmRepeat(ctx, { ...body, id });
    return listRepeats(ctx, id);
  });
  http.handle(contract.denyRepeat, async (ctx, { params: { id }, body }) => {
    await denyRepeat(ctx, { ...body, id });
    return undefined;
  });
}
