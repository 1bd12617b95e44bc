import * as contract from '@yingda/contract';
import type { Http } from '../../platform/http/handle.ts';
import { presentHours } from './present.ts';
import * as service from './service/hours.ts';

export function mountHours(http: Http): void {
  http.handle(contract.listHours, async (ctx) => {
    const now = new Date();
    const hours = await service.listHours(ctx);
    return { items: hours.map((one) => presentHours(one, now)) };
  });
  http.handle(contract.createHours, async (ctx, { body }) =>
    presentHours(await service.createHours(ctx, body), new Date()),
  );
  http.handle(contract.updateHours, async (ctx, { params, body }) =>
    presentHours(await service.updateHours(ctx, { ...body, id: params.id }), new Date()),
  );
  http.handle(contract.deleteHours, async (ctx, { params }) => {
    await service.deleteHours(ctx, params.id);
    return undefined;
  });
}
