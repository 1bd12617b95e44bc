import type { Pool } from 'pg';

type Row = { line: string };

/** Every part of the query gives lines that sort stably; partitions are left out as time makes new ones. */
const SOURCES: { sql: string }[] = [
  {
    sql: `select format('extension %s', extname) as line from pg_extension where extname <> 'plpgsql' order by extname`,
  },
  {
    sql: `select format('type %I: %s', t.typname,
            coalesce('enum (' || string_agg(quote_literal(e.enumlabel), ', ' order by e.enumsortorder) || ')', 'domain ' || format_type(t.typbasetype, t.typtypmod))) as line
          from pg_type t left join pg_enum e on e.enumtypid = t.oid
          where t.typnamespace = 'public'::regnamespace and t.typtype in ('e', 'd')
          group by t.oid, t.typname, t.typbasetype, t.typtypmod order by t.typname`,
  },
  {
    sql: `select format('sequence %I', c.relname) as line from pg_class c
          where c.relnamespace = 'public'::regnamespace and c.relkind = 'S'
            and not exists (select 1 from pg_depend d where d.objid = c.oid and d.deptype in ('a', 'i'))
          order by c.relname`,
  },
  {
    sql: `select pg_get_functiondef(p.oid) as line from pg_proc p
          where p.pronamespace = 'public'::regnamespace and p.prokind in ('f', 'p')
            and not exists (select 1 from pg_depend d where d.objid = p.oid and d.deptype = 'e')
          order by p.proname, p.oid`,
  },
];

const TABLES = `
  select c.oid::int as oid, c.relname as name, c.relkind as kind, obj_description(c.oid) as note,
    pg_get_partkeydef(c.oid) as partition_key, array_to_string(c.reloptions, ', ') as options,
    case when c.relkind in ('v', 'm') then pg_get_viewdef(c.oid, true) end as definition
  from pg_class c
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm') and not c.relispartition
  order by c.relname`;

const COLUMNS = `
  select format('  %I %s%s%s%s', a.attname, format_type(a.atttypid, a.atttypmod),
    case when a.attnotnull then ' not null' else '' end,
    case when a.attidentity <> '' then ' generated as identity'
      when a.attgenerated <> '' then ' generated as (' || pg_get_expr(d.adbin, d.adrelid) || ')'
      when d.adbin is not null then ' default ' || pg_get_expr(d.adbin, d.adrelid) else '' end,
    coalesce('  -- ' || col_description(a.attrelid, a.attnum), '')) as line
  from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
  where a.attrelid = $1 and a.attnum > 0 and not a.attisdropped order by a.attnum`;

const CONSTRAINTS = `
  select format('  constraint %I %s', conname, pg_get_constraintdef(oid)) as line
  from pg_constraint where conrelid = $1 and contype <> 'n' order by conname`;

const INDEXES = `
  select pg_get_indexdef(i.indexrelid) as line
  from pg_index i join pg_class c on c.oid = i.indexrelid
  where i.indrelid = $1 and not exists (select 1 from pg_constraint k where k.conindid = i.indexrelid)
  order by c.relname`;

const TRIGGERS = `select pg_get_triggerdef(oid) as line from pg_trigger where tgrelid = $1 and not tgisinternal order by tgname`;

type Table = {
  oid: number;
  name: string;
  kind: string;
  note: string | null;
  partition_key: string | null;
  options: string | null;
  definition: string | null;
};

const KINDS: Record<string, string> = { v: 'view', m: 'materialized view' };

const describeTable = async (pool: Pool, table: Table): Promise<string> => {
  const lines = async (sql: string): Promise<string[]> =>
    (await pool.query<Row>(sql, [table.oid])).rows.map(({ line }) => line);
  const [columns, constraints, indexes, triggers] = [
    await lines(COLUMNS),
    await lines(CONSTRAINTS),
    await lines(INDEXES),
    await lines(TRIGGERS),
  ];
  const tail = [
    table.partition_key === null ? '' : ` partition by ${table.partition_key}`,
    table.options === null ? '' : ` with (${table.options})`,
  ].join('');
  return [
    ...(table.note === null ? [] : [`-- ${table.note}`]),
    `${KINDS[table.kind] ?? 'table'} ${table.name} (`,
    ...columns,
    ...constraints,
    `)${tail}`,
    ...(table.definition === null ? [] : [table.definition]),
    ...indexes,
    ...triggers,
  ].join('\n');
};

/**
 * The schema as text for people to read and for `git diff` to show: what the migrations together make.
 * It is a description, not a script: the migrations are what is run.
 */
export async function describeSchema(pool: Pool): Promise<string> {
  const parts = [
    '-- The schema that the migrations make. Written by "npm run generate"; not run by anything.',
  ];
  for (const { sql } of SOURCES) {
    const { rows } = await pool.query<Row>(sql);
    if (rows.length > 0) parts.push(rows.map(({ line }) => line).join('\n'));
  }
  const { rows: tables } = await pool.query<Table>(TABLES);
  for (const table of tables) parts.push(await describeTable(pool, table));
  return `${parts.join('\n\n')}\n`;
}
