import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { DB } from '../../../platform/db/index.ts';

type Db = Kysely<DB>;

export type NoteRow = {
  id: string;
  customerId: string;
  text: string;
  authorId: string | null;
  authorName: string;
  createdAt: Date;
};

const columns = sql`
  id, customer_id as "customerId", text, author_id as "authorId", author_name as "authorName", created_at as "createdAt"`;

/** The newest notes about a customer. */
export async function selectNotes(db: Db, customerId: string, limit: number): Promise<NoteRow[]> {
  const { rows } = await sql<NoteRow>`
    select ${columns} from customer_note where customer_id = ${customerId}
    order by created_at desc, id desc limit ${limit}
  `.execute(db);
  return rows;
}

export async function selectNote(
  db: Db,
  { id, customerId }: { id: string; customerId: string },
): Promise<NoteRow | undefined> {
  const { rows } = await sql<NoteRow>`
    select ${columns} from customer_note where id = ${id} and customer_id = ${customerId}
  `.execute(db);
  return rows[0];
}

export async function insertNote(
  db: Db,
  note: Omit<NoteRow, 'createdAt'>,
): Promise<NoteRow | undefined> {
  const { rows } = await sql<NoteRow>`
    insert into customer_note (id, customer_id, text, author_id, author_name)
    values (${note.id}, ${note.customerId}, ${note.text}, ${note.authorId}, ${note.authorName})
    returning ${columns}
  `.execute(db);
  return rows[0];
}

export async function deleteNote(db: Db, id: string): Promise<void> {
  await sql`delete from customer_note where id = ${id}`.execute(db);
}

/** Moves all notes about one customer to another. */
export async function moveNotes(db: Db, { from, to }: { from: string; to: string }): Promise<void> {
  await sql`update customer_note set customer_id = ${to} where customer_id = ${from}`.execute(db);
}
