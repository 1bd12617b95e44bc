import * as contract from '@yingda/contract';
import type { Http } from '../../../../platform/http/handle.ts';
import { presentWidget } from '../present.ts';
import * as widgets from '../service/widgets.ts';

/** Administration of widgets. */
export function mountWidgets(http: Http): void {
  http.handle(contract.listWidgets, async (ctx) => ({
    items: (await widgets.listWidgets(ctx)).map(presentWidget),
  }));
  http.handle(contract.createWidget, async (ctx, { body }) =>
    presentWidget(await widgets.createWidget(ctx, body)),
  );
  http.handle(contract.updateWidget, async (ctx, { params, body }) =>
    presentWidget(await widgets.updateWidget(ctx, { ...body, id: params.id })),
  );
  http.handle(contract.deleteWidget, async (ctx, { params }) => {
    await widgets.deleteWidget(ctx, params.id);
    return undefined;
  });
  http.handle(contract.revealWidgetSecret, async (ctx, { params, body, reply }) => {
    void reply.header('cache-control', 'no-store');
    return { secret: await widgets.revealSecret(ctx, { ...body, id: params.id }) };
  });
}
