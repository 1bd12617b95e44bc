import * as contract from '@yingda/contract';
import type { Http } from '../../../platform/http/handle.ts';
import { createCanned, deleteCanned, listCanned, updateCanned } from '../service/canned.ts';
import { sendFile, storeUpload } from '../service/files.ts';

/** Canned replies and files. */
export function mountExtras({ handle }: Http): void {
  handle(contract.listCanned, async (ctx) => ({ items: await listCanned(ctx) }));
  handle(contract.createCanned, (ctx, { body }) => createCanned(ctx, body));
  handle(contract.updateCanned, (ctx, { params, body }) =>
    updateCanned(ctx, { id: params.id, changes: body }),
  );
  handle(contract.deleteCanned, (ctx, { params }) => deleteCanned(ctx, params));
  handle(contract.uploadFile, (ctx, { request }) => storeUpload(ctx, request));
  handle(contract.downloadFile, (ctx, { params, request, reply }) =>
    sendFile(ctx, params, { request, reply }),
  );
}
