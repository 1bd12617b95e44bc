import * as contract from '@yingda/contract';
import type { Http } from '../../../platform/http/handle.ts';
import * as flows from '../service/flows.ts';
import * as settings from '../service/settings.ts';

/** Flows, categories, settings and hours. */
export function mountDesign(http: Http): void {
  http.handle(contract.listFlows, async (ctx) => ({ items: await flows.listFlows(ctx) }));
  http.handle(contract.saveFlow, (ctx, { params, body }) =>
    flows.saveFlow(ctx, { ...body, key: params.key }),
  );
  http.handle(contract.publishFlow, (ctx, { params, body }) =>
    flows.publishFlow(ctx, params.key, body.seen),
  );
  http.handle(contract.discardFlow, (ctx, { params, query }) =>
    flows.discardDraft(ctx, params.key, query),
  );
  http.handle(contract.listCategories, (ctx) => settings.readCategories(ctx));
  http.handle(contract.saveCategories, (ctx, { body }) => settings.saveCategories(ctx, body));
  http.handle(contract.getOrderSettings, (ctx) => settings.readSettings(ctx));
  http.handle(contract.setOrderSettings, (ctx, { body }) => settings.changeSettings(ctx, body));
  http.handle(contract.listWorkCalendars, (ctx) => settings.readWorkCalendars(ctx));
  http.handle(contract.setWorkCalendars, (ctx, { body }) => settings.setWorkCalendars(ctx, body));
}
