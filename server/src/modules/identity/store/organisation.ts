import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Locale } from '@yingda/contract';
import type { DB } from '../../../platform/db/index.ts';

type Db = Kysely<DB>;

export type OrganisationRow = { name: string; timeZone: string; locale: Locale; demo: boolean };

export async function selectOrganisation(db: Db): Promise<OrganisationRow | undefined> {
  const { rows } = await sql<OrganisationRow>`
    select name, time_zone as "timeZone", locale, demo from organisation
  `.execute(db);
  return rows[0];
}

/** False when there is one already: the table holds a single row. A second caller waits for the first to decide. */
export async function insertOrganisation(db: Db, input: OrganisationRow): Promise<boolean> {
  const { rows } = await sql`
    insert into organisation (name, time_zone, locale, demo)
    values (${input.name}, ${input.timeZone}, ${input.locale}, ${input.demo})
    on conflict do nothing returning name
  `.execute(db);
  return rows.length > 0;
}

/** Holds the one row, so that two who change it come one after the other. */
export async function lockOrganisation(db: Db): Promise<OrganisationRow | undefined> {
  const { rows } = await sql<OrganisationRow>`
    select name, time_zone as "timeZone", locale, demo from organisation for update
  `.execute(db);
  return rows[0];
}

export async function updateOrganisationRow(
  db: Db,
  { name, timeZone, locale }: Pick<OrganisationRow, 'name' | 'timeZone' | 'locale'>,
): Promise<void> {
  await sql`
    update organisation set name = ${name}, time_zone = ${timeZone}, locale = ${locale}
  `.execute(db);
}
