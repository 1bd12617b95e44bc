import * as contract from '@yingda/contract';
import { requireUser } from '../../../kernel/actor.ts';
import type { Http } from '../../../platform/http/handle.ts';
import { presentAudit, presentKey, presentRole, presentTeam } from '../present.ts';
import { listAudit } from '../service/audit.ts';
import { organisation } from '../service/founding.ts';
import { createKey, listKeys, revokeKey } from '../service/keys.ts';
import { updateOrganisation } from '../service/organisation.ts';
import { createRole, deleteRole, listRoles, updateRole } from '../service/roles.ts';
import {
  createDepartment,
  createTeam,
  deleteDepartment,
  deleteTeam,
  listDepartments,
  listTeams,
  updateDepartment,
  updateTeam,
} from '../service/teams.ts';

function mountTeams(http: Http): void {
  http.handle(contract.listTeams, async (ctx) => ({
    items: (await listTeams(ctx)).map(presentTeam),
  }));
  http.handle(contract.createTeam, async (ctx, { body }) =>
    presentTeam(await createTeam(ctx, body)),
  );
  http.handle(contract.updateTeam, async (ctx, { params, body }) =>
    presentTeam(await updateTeam(ctx, params.id, body)),
  );
  http.handle(contract.deleteTeam, async (ctx, { params }) => deleteTeam(ctx, params.id));
  http.handle(contract.listDepartments, async (ctx) => ({ items: await listDepartments(ctx) }));
  http.handle(contract.createDepartment, async (ctx, { body }) => createDepartment(ctx, body.name));
  http.handle(contract.updateDepartment, async (ctx, { params, body }) =>
    updateDepartment(ctx, params.id, body.name),
  );
  http.handle(contract.deleteDepartment, async (ctx, { params }) =>
    deleteDepartment(ctx, params.id),
  );
}

function mountRoles(http: Http): void {
  http.handle(contract.listRoles, async (ctx) => ({
    items: (await listRoles(ctx)).map(presentRole),
  }));
  http.handle(contract.createRole, async (ctx, { body }) =>
    presentRole(await createRole(ctx, body)),
  );
  http.handle(contract.updateRole, async (ctx, { params, body }) =>
    presentRole(await updateRole(ctx, params.id, body)),
  );
  http.handle(contract.deleteRole, async (ctx, { params }) => deleteRole(ctx, params.id));
}

function mountKeys(http: Http): void {
  http.handle(contract.listKeys, async (ctx) => ({ items: (await listKeys(ctx)).map(presentKey) }));
  http.handle(contract.createKey, async (ctx, { body }) => {
    const { key, secret } = await createKey(ctx, {
      ...body,
      expiresAt: body.expiresAt === null ? null : new Date(body.expiresAt),
      ownerId: requireUser(ctx.actor).userId,
    });
    return { key: presentKey(key), secret };
  });
  http.handle(contract.revokeKey, async (ctx, { params }) => revokeKey(ctx, params.id));
}

function mountOrganisation(http: Http): void {
  http.handle(contract.getOrganisation, (ctx) => organisation(ctx));
  http.handle(contract.updateOrganisation, (ctx, { body }) => updateOrganisation(ctx, body));
}

/** The organisation, teams, departments, roles, keys and the audit log. */
export function mountSettings(http: Http): void {
  mountOrganisation(http);
  mountTeams(http);
  mountRoles(http);
  mountKeys(http);
  http.handle(contract.listAudit, async (ctx, { query }) => {
    const { items, nextCursor } = await listAudit(ctx, query);
    return { items: items.map(presentAudit), nextCursor };
  });
}
