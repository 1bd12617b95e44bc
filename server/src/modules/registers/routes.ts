import * as contract from '@yingda/contract';
import type { Http } from '../../platform/http/handle.ts';
import { sendFile } from '../reports/index.ts';
import * as complaints from './service/complaints.ts';
import { exportRegisterFile, printOrder } from './service/export.ts';
import { addLine, editRow, removeLine } from './service/lines.ts';
import { listRegister, summariseRegister } from './service/list.ts';
import { changeSettings, registerSettings } from './service/scope.ts';

export function mountRegisters(http: Http): void {
  http.handle(contract.listRegister, (ctx, { params, query }) =>
    listRegister(ctx, params.register, query),
  );
  http.handle(contract.summariseRegister, (ctx, { params, query }) =>
    summariseRegister(ctx, params.register, query),
  );
  http.handle(contract.exportRegister, async (ctx, { params, query, reply }) =>
    sendFile(reply, await exportRegisterFile(ctx, params.register, query)),
  );
  http.handle(contract.printOrder, async (ctx, { params, query, reply }) =>
    sendFile(reply, await printOrder(ctx, params.id, query)),
  );
  http.handle(contract.addRegisterLine, (ctx, { params, body }) =>
    addLine(ctx, params.register, body),
  );
  http.handle(contract.editRegisterRow, (ctx, { params, body }) =>
    editRow(ctx, params.register, { id: params.id, ...body }),
  );
  http.handle(contract.deleteRegisterLine, (ctx, { params }) =>
    removeLine(ctx, params.register, params.id),
  );
  http.handle(contract.getRegisterSettings, (ctx) => registerSettings(ctx));
  http.handle(contract.setRegisterSettings, (ctx, { body }) => changeSettings(ctx, body));
}

export function mountComplaints(http: Http): void {
  http.handle(contract.analyseComplaints, (ctx, { query }) =>
    complaints.analyseComplaints(ctx, query),
  );
  http.handle(contract.listComplaints, (ctx, { query }) => complaints.listComplaints(ctx, query));
  http.handle(contract.listImprovements, async (ctx) => ({
    items: await complaints.listImprovements(ctx),
  }));
  http.handle(contract.openImprovement, (ctx, { body }) => complaints.openImprovement(ctx, body));
}
