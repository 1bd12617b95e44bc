import * as contract from '@yingda/contract';
import type { Http } from '../../../platform/http/handle.ts';
import { presentInvitation, presentPerson } from '../present.ts';
import { listColleagues } from '../service/directory.ts';
import { invitePerson, listInvitations, revokeInvitation } from '../service/invitations.ts';
import { listPeople, makeResetLink, updatePerson } from '../service/people.ts';

/** People and invitations. */
export function mountPeople(http: Http): void {
  http.handle(contract.listColleagues, async (ctx) => ({ items: await listColleagues(ctx) }));
  http.handle(contract.listPeople, async (ctx, { query }) => {
    const { items, nextCursor } = await listPeople(ctx, query);
    return { items: items.map(presentPerson), nextCursor };
  });
  http.handle(contract.updatePerson, async (ctx, { params, body }) =>
    presentPerson(await updatePerson(ctx, params.id, body)),
  );
  http.handle(contract.resetPersonPassword, async (ctx, { params }) => {
    const { url, expiresAt } = await makeResetLink(ctx, params.id);
    return { url, expiresAt: expiresAt.toISOString() };
  });
  http.handle(contract.listInvitations, async (ctx) => ({
    items: (await listInvitations(ctx)).map(presentInvitation),
  }));
  http.handle(contract.invitePerson, async (ctx, { body }) => {
    const { invitation, url } = await invitePerson(ctx, body);
    return { invitation: presentInvitation(invitation), url };
  });
  http.handle(contract.revokeInvitation, async (ctx, { params }) =>
    revokeInvitation(ctx, params.id),
  );
}
