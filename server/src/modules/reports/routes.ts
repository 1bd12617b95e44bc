import * as contract from '@yingda/contract';
import type { SavedView } from '@yingda/contract';
import type { Ctx } from '../../platform/ctx.ts';
import type { Http } from '../../platform/http/handle.ts';
import { namesOf } from '../identity/index.ts';
import { presentView } from './present.ts';
import { exportFile } from './service/export.ts';
import * as views from './service/views.ts';
import type { View } from './service/views.ts';

async function present(ctx: Ctx, list: View[]): Promise<SavedView[]> {
  const names = await namesOf(
    ctx,
    list.map(({ owner_id: owner }) => owner),
  );
  return list.map((view) => presentView(view, ctx.actor, names));
}

async function presentOne(ctx: Ctx, view: View): Promise<SavedView> {
  const [only] = await present(ctx, [view]);
  if (!only) throw new Error('one view is one view');
  return only;
}

export function mountViews(http: Http): void {
  http.handle(contract.listSavedViews, async (ctx, { query }) => ({
    items: await present(ctx, await views.listViews(ctx, query.page)),
  }));
  http.handle(contract.createSavedView, async (ctx, { body }) =>
    presentOne(ctx, await views.createView(ctx, body)),
  );
  http.handle(contract.updateSavedView, async (ctx, { params, body }) =>
    presentOne(ctx, await views.changeView(ctx, params.id, body)),
  );
  http.handle(contract.deleteSavedView, (ctx, { params }) => views.removeView(ctx, params.id));
  http.handle(contract.exportReport, async (ctx, { query, reply }) => {
    const { name, mime, bytes } = await exportFile(ctx, query);
    const ascii = name.replaceAll(/[^\x20-\x7e]|["\\]/g, '_');
    return reply
      .header('content-type', mime)
      .header(
        'content-disposition',
        `attachment; filename="${ascii}"; filename*=UTF-8''${encodeURIComponent(name).replaceAll("'", '%27')}`,
      )
      .header('cache-control', 'no-store')
      .header('x-content-type-options', 'nosniff')
      .send(Buffer.from(bytes));
  });
}
