import * as contract from '@yingda/contract';
import type { OrderView } from '@yingda/contract';
import type { Ctx } from '../../../platform/ctx.ts';
import type { Http } from '../../../platform/http/handle.ts';
import * as change from '../service/change.ts';
import { recordOrder } from '../service/create.ts';
import * as links from '../service/links.ts';
import * as lists from '../service/lists.ts';
import * as move from '../service/move.ts';
import * as portal from '../service/portal.ts';
import { setRecurrence } from '../service/recurrence.ts';
import * as tasks from '../service/tasks.ts';
import { viewMade, viewOrder } from '../service/view.ts';

export function mountReading(http: Http): void {
  http.handle(contract.listOrders, (ctx, { query }) => lists.listOrders(ctx, query));
  http.handle(contract.countOrders, (ctx) => lists.countOrders(ctx));
  http.handle(contract.getBoard, (ctx, { query }) => lists.readBoard(ctx, query));
  http.handle(contract.getDueCalendar, (ctx, { query }) => lists.readCalendar(ctx, query));
  http.handle(contract.getOrder, (ctx, { params }) => viewOrder(ctx, params.id));
}

/** Does something with an order and answers with the order as it is then. */
async function then(ctx: Ctx, id: string, deed: Promise<unknown>): Promise<OrderView> {
  await deed;
  return viewOrder(ctx, id);
}

export function mountWriting(http: Http): void {
  http.handle(contract.createOrder, async (ctx, { body }) => {
    const { order, made } = await recordOrder(ctx, body);
    return made && body.parentId === null ? viewMade(ctx, made) : viewOrder(ctx, order.id);
  });
  http.handle(contract.updateOrder, (ctx, { params: { id }, body }) =>
    then(ctx, id, change.changeOrder(ctx, { ...body, id })),
  );
  http.handle(contract.moveOrder, (ctx, { params: { id }, body }) =>
    then(ctx, id, move.moveOrder(ctx, { ...body, id })),
  );
  http.handle(contract.takeOrder, (ctx, { params: { id }, body }) =>
    then(ctx, id, change.takeOrder(ctx, { ...body, id })),
  );
  http.handle(contract.pauseOrder, (ctx, { params: { id }, body }) =>
    then(ctx, id, move.pauseOrder(ctx, { ...body, id })),
  );
  http.handle(contract.resumeOrder, (ctx, { params: { id }, body }) =>
    then(ctx, id, move.resumeOrder(ctx, { ...body, id })),
  );
  http.handle(contract.commentOrder, (ctx, { params: { id }, body }) =>
    then(ctx, id, change.commentOrder(ctx, { ...body, id })),
  );
  http.handle(contract.voteOrder, (ctx, { params: { id }, body }) =>
    then(ctx, id, move.voteOrder(ctx, { ...body, id })),
  );
  http.handle(contract.checkOrder, (ctx, { params: { id }, body }) =>
    then(ctx, id, change.checkOrder(ctx, { ...body, id })),
  );
  http.handle(contract.spendTime, (ctx, { params: { id }, body }) =>
    then(ctx, id, change.spendTime(ctx, { ...body, id })),
  );
  http.handle(contract.reopenOrder, (ctx, { params: { id }, body }) =>
    then(ctx, id, move.reopenOrder(ctx, { ...body, id })),
  );
}

/** Tasks, ties to other orders, and orders that come again. */
export function mountTies(http: Http): void {
  http.handle(contract.addOrderTask, (ctx, { params: { id }, body }) =>
    then(ctx, id, tasks.addTask(ctx, { ...body, id })),
  );
  http.handle(contract.finishOrderTask, (ctx, { params: { id, taskId }, body }) =>
    then(ctx, id, tasks.finishTask(ctx, { ...body, id, taskId })),
  );
  http.handle(contract.linkOrder, (ctx, { params: { id }, body }) =>
    then(ctx, id, links.linkOrder(ctx, { ...body, id })),
  );
  http.handle(contract.mergeOrder, (ctx, { params: { id }, body }) =>
    then(ctx, id, links.mergeOrder(ctx, { ...body, id })),
  );
  http.handle(contract.splitOrder, async (ctx, { params: { id }, body }) =>
    viewOrder(ctx, await links.splitOrder(ctx, { ...body, id })),
  );
  http.handle(contract.setRecurrence, (ctx, { params: { id }, body }) =>
    then(ctx, id, setRecurrence(ctx, { ...body, id })),
  );
}

/** The customer's page, and its address. */
export function mountPortal(http: Http): void {
  http.handle(contract.linkOrderPortal, async (ctx, { params }) => ({
    url: await portal.portalLink(ctx, params.id),
  }));
  http.handle(contract.getOrderPortal, (ctx, { params }) => portal.readPortal(ctx, params.token));
  http.handle(contract.uploadOrderPortalFile, (ctx, { params, request }) =>
    portal.uploadPortalFile(ctx, params.token, request),
  );
  http.handle(contract.writeOrderPortal, (ctx, { params, body }) =>
    portal.writePortal(ctx, params.token, body),
  );
}
