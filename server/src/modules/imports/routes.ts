import * as contract from '@yingda/contract';
import { requireRight } from '../../kernel/actor.ts';
import type { Ctx } from '../../platform/ctx.ts';
import type { Http } from '../../platform/http/handle.ts';
import { keepUpload } from './service/files.ts';
import * as follow from './service/followed.ts';
import { inspectUpload } from './service/inspect.ts';
import * as mappings from './service/mappings.ts';
import { previewImport } from './service/preview.ts';
import * as runs from './service/runs.ts';

const checked = <T>(ctx: Ctx, work: () => Promise<T>): Promise<T> => {
  requireRight(ctx.actor, 'import.manage');
  return work();
};

function mountMappings(http: Http): void {
  http.handle(contract.listImportMappings, async (ctx) =>
    checked(ctx, async () => ({ items: await mappings.listMappings(ctx) })),
  );
  http.handle(contract.createImportMapping, async (ctx, { body }) =>
    checked(ctx, () => mappings.createMapping(ctx, body)),
  );
  http.handle(contract.updateImportMapping, async (ctx, { params, body }) =>
    checked(ctx, () => mappings.updateMapping(ctx, params.id, body)),
  );
  http.handle(contract.deleteImportMapping, async (ctx, { params }) =>
    checked(ctx, async () => {
      await mappings.removeMapping(ctx, params.id);
      return undefined;
    }),
  );
}

function mountFollowed(http: Http): void {
  http.handle(contract.listFollowedLogs, async (ctx) =>
    checked(ctx, () => follow.listFollowed(ctx)),
  );
  http.handle(contract.followLog, async (ctx, { body }) =>
    checked(ctx, () => follow.followLog(ctx, body)),
  );
  http.handle(contract.stopFollowing, async (ctx, { params }) =>
    checked(ctx, () => follow.stopFollowing(ctx, params.id)),
  );
  http.handle(contract.removeFollowedLog, async (ctx, { params }) =>
    checked(ctx, async () => {
      await follow.removeFollowed(ctx, params.id);
      return undefined;
    }),
  );
}

export function mountImports(http: Http): void {
  mountMappings(http);
  mountFollowed(http);
  http.handle(contract.uploadImportFile, async (ctx, { request }) =>
    checked(ctx, () => keepUpload(ctx, request)),
  );
  http.handle(contract.inspectImport, async (ctx, { body }) =>
    checked(ctx, () => inspectUpload(ctx, body)),
  );
  http.handle(contract.previewImport, async (ctx, { body }) =>
    checked(ctx, () => previewImport(ctx, body)),
  );
  http.handle(contract.startImport, async (ctx, { body }) =>
    checked(ctx, () => runs.startImport(ctx, body)),
  );
  http.handle(contract.listImports, async (ctx, { query }) =>
    checked(ctx, () => runs.listImports(ctx, query)),
  );
  http.handle(contract.getImport, async (ctx, { params }) =>
    checked(ctx, () => runs.getImport(ctx, params.id)),
  );
  http.handle(contract.cancelImport, async (ctx, { params }) =>
    checked(ctx, () => runs.cancelImport(ctx, params.id)),
  );
  http.handle(contract.removeImport, async (ctx, { params }) =>
    checked(ctx, () => runs.removeImport(ctx, params.id)),
  );
}
