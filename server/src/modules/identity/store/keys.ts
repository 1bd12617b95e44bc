import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { DB } from '../../../platform/db/index.ts';

type Db = Kysely<DB>;

export type KeyRow = {
  id: string;
  name: string;
  prefix: string;
  scopes: string[];
  createdBy: string;
  createdAt: Date;
  expiresAt: Date | null;
  lastUsedAt: Date | null;
  revokedAt: Date | null;
};

const key = sql`
  k.id, k.name, k.prefix, k.scopes, u.name as "createdBy", k.created_at as "createdAt", k.expires_at as "expiresAt",
  k.last_used_at as "lastUsedAt", k.revoked_at as "revokedAt"`;

/** The newest keys first, revoked ones included. */
export async function selectKeys(db: Db): Promise<KeyRow[]> {
  const { rows } = await sql<KeyRow>`
    select ${key} from api_key k join app_user u on u.id = k.created_by order by k.id desc limit 1000
  `.execute(db);
  return rows;
}

export async function selectKey(db: Db, id: string): Promise<KeyRow | undefined> {
  const { rows } = await sql<KeyRow>`
    select ${key} from api_key k join app_user u on u.id = k.created_by where k.id = ${id}
  `.execute(db);
  return rows[0];
}

export async function insertKey(
  db: Db,
  input: {
    id: string;
    name: string;
    prefix: string;
    keyHash: string;
    scopes: readonly string[];
    createdBy: string;
    expiresAt: Date | null;
  },
): Promise<void> {
  await db
    .insertInto('api_key')
    .values({
      id: input.id,
      name: input.name,
      prefix: input.prefix,
      key_hash: input.keyHash,
      scopes: [...input.scopes],
      created_by: input.createdBy,
      expires_at: input.expiresAt,
    })
    .execute();
}

/** False when there is no such key that still works. */
export async function revokeKeyRow(db: Db, id: string): Promise<boolean> {
  const { rows } = await sql`
    update api_key set revoked_at = clock_timestamp() where id = ${id} and revoked_at is null returning id
  `.execute(db);
  return rows.length > 0;
}
