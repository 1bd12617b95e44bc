import * as contract from '@yingda/contract';
import type { Http } from '../../platform/http/handle.ts';
import { presentPresence } from './present.ts';
import * as offers from './service/offers.ts';
import * as presence from './service/presence.ts';
import * as queues from './service/queues.ts';

function mountPresence(http: Http): void {
  http.handle(contract.getMyPresence, async (ctx) =>
    presentPresence(await presence.getMyPresence(ctx)),
  );
  http.handle(contract.setMyPresence, async (ctx, { body }) =>
    presentPresence(await presence.setMyPresence(ctx, body)),
  );
  http.handle(contract.listPresence, async (ctx, { query }) => ({
    items: (await presence.listPresence(ctx, query)).map(presentPresence),
  }));
  http.handle(contract.setAgentPresence, async (ctx, { params, body }) =>
    presentPresence(await presence.setAgentPresence(ctx, { ...body, ...params })),
  );
}

function mountQueues(http: Http): void {
  http.handle(contract.listQueues, async (ctx) => ({ items: await queues.listQueues(ctx) }));
  http.handle(contract.createQueue, (ctx, { body }) => queues.createQueue(ctx, body));
  http.handle(contract.updateQueue, (ctx, { params, body }) =>
    queues.updateQueue(ctx, { ...body, ...params }),
  );
  http.handle(contract.deleteQueue, async (ctx, { params }) => {
    await queues.deleteQueue(ctx, params.id);
    return undefined;
  });
}

function mountOffers(http: Http): void {
  http.handle(contract.listMyOffers, async (ctx) => ({ items: await offers.listMyOffers(ctx) }));
  http.handle(contract.acceptOffer, (ctx, { params }) => offers.acceptOffer(ctx, params.id));
  http.handle(contract.declineOffer, async (ctx, { params }) => {
    await offers.declineOffer(ctx, params.id);
    return undefined;
  });
}

export function mountRouting(http: Http): void {
  mountPresence(http);
  mountQueues(http);
  mountOffers(http);
}
