import * as contract from '@yingda/contract';
import type { Http } from '../../../platform/http/handle.ts';
import * as flows from '../service/flows.ts';
import { orderSettings } from '../service/settings-read.ts';
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
  http.handle(contract.listCategories, async (ctx) => ({
    items: await settings.listCategories(ctx),
  }));
  http.handle(contract.saveCategories, async (ctx, { body }) => ({
    items: await settings.saveCategories(ctx, body.items),
  }));
  http.handle(contract.getOrderSettings, (ctx) => orderSettings(ctx));
  http.handle(contract.setOrderSettings, (ctx, { body }) => settings.changeSettings(ctx, body));
  http.handle(contract.listWorkCalendars, async (ctx) => ({
    items: await settings.listWorkCalendars(ctx),
  }));
  http.handle(contract.setWorkCalendars, async (ctx, { body }) => ({
    items: await settings.setWorkCalendars(ctx, body.items),
  }));
}
