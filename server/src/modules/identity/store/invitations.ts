import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { DB } from '../../../platform/db/index.ts';

type Db = Kysely<DB>;

export type InvitationRow = {
  id: string;
  email: string;
  name: string;
  teamIds: string[];
  grants: unknown;
  invitedBy: string;
  invitedById: string;
  mailed: boolean;
  createdAt: Date;
  expiresAt: Date;
  acceptedAt: Date | null;
};

const invitation = sql`
  i.id, i.email, i.name, i.team_ids::text[] as "teamIds", i.grants, u.name as "invitedBy", i.invited_by as "invitedById",
  i.mailed, i.created_at as "createdAt", i.expires_at as "expiresAt", i.accepted_at as "acceptedAt"`;

/** Invitations neither accepted nor withdrawn, the newest first; expired ones too, so that they can be sent anew. */
export async function selectOpenInvitations(db: Db): Promise<InvitationRow[]> {
  const { rows } = await sql<InvitationRow>`
    select ${invitation} from invitation i join app_user u on u.id = i.invited_by
    where i.accepted_at is null and i.revoked_at is null order by i.id desc limit 1000
  `.execute(db);
  return rows;
}

export async function selectInvitation(db: Db, id: string): Promise<InvitationRow | undefined> {
  const { rows } = await sql<InvitationRow>`
    select ${invitation} from invitation i join app_user u on u.id = i.invited_by
    where i.id = ${id} and i.accepted_at is null and i.revoked_at is null
  `.execute(db);
  return rows[0];
}

/** The open invitation of a link; with `lock`, two who accept at once go one after the other. */
export async function selectInvitationByToken(
  db: Db,
  tokenHash: string,
  { lock }: { lock: boolean },
): Promise<InvitationRow | undefined> {
  const { rows } = await sql<InvitationRow>`
    select ${invitation} from invitation i join app_user u on u.id = i.invited_by
    where i.token_hash = ${tokenHash} and i.accepted_at is null and i.revoked_at is null
    ${lock ? sql`for update of i` : sql``}
  `.execute(db);
  return rows[0];
}

export async function insertInvitation(
  db: Db,
  input: {
    id: string;
    email: string;
    name: string;
    teamIds: string[];
    grants: unknown;
    tokenHash: string;
    mailed: boolean;
    invitedBy: string;
    expiresAt: Date;
  },
): Promise<void> {
  await db
    .insertInto('invitation')
    .values({
      id: input.id,
      email: input.email.toLowerCase(),
      name: input.name,
      team_ids: input.teamIds,
      grants: JSON.stringify(input.grants),
      token_hash: input.tokenHash,
      mailed: input.mailed,
      invited_by: input.invitedBy,
      expires_at: input.expiresAt,
    })
    .execute();
}

/** Withdraws the open invitation with this id, or all to this address; returns whether there was one. */
export async function revokeInvitations(
  db: Db,
  which: { id: string } | { email: string },
): Promise<boolean> {
  const { rows } = await sql`
    update invitation set revoked_at = clock_timestamp()
    where accepted_at is null and revoked_at is null
      and ${'id' in which ? sql`id = ${which.id}` : sql`email = ${which.email.toLowerCase()}`}
    returning id
  `.execute(db);
  return rows.length > 0;
}

export async function markAccepted(db: Db, id: string, userId: string): Promise<void> {
  await sql`
    update invitation set accepted_at = clock_timestamp(), accepted_by = ${userId} where id = ${id}
  `.execute(db);
}

export async function markNotMailed(db: Db, id: string): Promise<void> {
  await db.updateTable('invitation').set({ mailed: false }).where('id', '=', id).execute();
}
