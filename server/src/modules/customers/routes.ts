import * as contract from '@yingda/contract';
import type { Http } from '../../platform/http/handle.ts';
import { presentCustomer, presentNote } from './present.ts';
import * as customers from './service/customers.ts';
import * as fields from './service/fields.ts';
import { mergeCustomers } from './service/merge.ts';
import * as notes from './service/notes.ts';

export function mountRoutes(http: Http): void {
  http.handle(contract.listCustomers, async (ctx, { query }) => {
    const { items, nextCursor } = await customers.listCustomers(ctx, query);
    return { items: items.map(presentCustomer), nextCursor };
  });
  http.handle(contract.getCustomer, async (ctx, { params }) =>
    presentCustomer(await customers.getCustomer(ctx, params.id)),
  );
  http.handle(contract.createCustomer, async (ctx, { body }) =>
    presentCustomer(await customers.createCustomer(ctx, body)),
  );
  http.handle(contract.updateCustomer, async (ctx, { params, body }) =>
    presentCustomer(await customers.updateCustomer(ctx, { ...body, id: params.id })),
  );
  http.handle(contract.mergeCustomers, async (ctx, { params, body }) =>
    presentCustomer(await mergeCustomers(ctx, { into: params.id, other: body.otherId })),
  );
  mountNotes(http);
  mountFields(http);
}

function mountNotes(http: Http): void {
  http.handle(contract.listCustomerNotes, async (ctx, { params }) => ({
    items: (await notes.listNotes(ctx, params.id)).map(presentNote),
  }));
  http.handle(contract.addCustomerNote, async (ctx, { params, body }) =>
    presentNote(await notes.addNote(ctx, { customerId: params.id, text: body.text })),
  );
  http.handle(contract.deleteCustomerNote, async (ctx, { params }) => {
    await notes.deleteNote(ctx, { customerId: params.id, noteId: params.noteId });
    return undefined;
  });
}

function mountFields(http: Http): void {
  http.handle(contract.listCustomFields, async (ctx) => ({ items: await fields.listFields(ctx) }));
  http.handle(contract.createCustomField, (ctx, { body }) => fields.createField(ctx, body));
  http.handle(contract.updateCustomField, (ctx, { params, body }) =>
    fields.updateField(ctx, { ...body, id: params.id }),
  );
  http.handle(contract.deleteCustomField, async (ctx, { params }) => {
    await fields.deleteField(ctx, params.id);
    return undefined;
  });
}
