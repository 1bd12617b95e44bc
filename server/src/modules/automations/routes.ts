import * as contract from '@yingda/contract';
import type { Http } from '../../platform/http/handle.ts';
import * as automations from './service/automations.ts';
import { dryRun } from './service/dry-run.ts';
import * as macros from './service/macros.ts';
import { previewAutomation } from './service/preview.ts';

function mountMacros(http: Http): void {
  http.handle(contract.listMacros, async (ctx, { query }) => ({
    items: await macros.listMacros(ctx, query.subject),
  }));
  http.handle(contract.createMacro, (ctx, { body }) => macros.createMacro(ctx, body));
  http.handle(contract.updateMacro, (ctx, { params, body }) =>
    macros.changeMacro(ctx, params.id, body),
  );
  http.handle(contract.deleteMacro, (ctx, { params }) => macros.removeMacro(ctx, params.id));
  http.handle(contract.runMacro, async (ctx, { params, body }) => ({
    actions: await macros.runMacro(ctx, params.id, body.subjectId),
  }));
}

export function mountAutomations(http: Http): void {
  http.handle(contract.listAutomations, async (ctx) => ({
    items: await automations.listAutomations(ctx),
  }));
  http.handle(contract.createAutomation, (ctx, { body }) =>
    automations.createAutomation(ctx, body),
  );
  http.handle(contract.updateAutomation, (ctx, { params, body }) =>
    automations.changeAutomation(ctx, params.id, body),
  );
  http.handle(contract.switchAutomation, (ctx, { params, body }) =>
    automations.switchAutomation(ctx, params.id, body.isActive),
  );
  http.handle(contract.orderAutomations, async (ctx, { body }) => ({
    items: await automations.placeAutomations(ctx, body.ids),
  }));
  http.handle(contract.deleteAutomation, (ctx, { params }) =>
    automations.removeAutomation(ctx, params.id),
  );
  http.handle(contract.previewAutomation, (ctx, { body }) => previewAutomation(ctx, body));
  http.handle(contract.dryRunAutomation, (ctx, { body }) => dryRun(ctx, body));
  http.handle(contract.listAutomationRuns, (ctx, { query }) => automations.listRuns(ctx, query));
  mountMacros(http);
}
