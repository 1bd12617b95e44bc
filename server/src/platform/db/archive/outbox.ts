import type { ClientBase } from 'pg';

/**
 * Events and cursors are ordered by transaction numbers, which belong to the server they were made on: on another one
 * they could lie in the future, and what happens next would count as already read. All of them move before everything
 * the new server will write (transaction 1), with the ids dealt out again in the order the events had.
 */
export async function rebaseOutbox(client: ClientBase): Promise<void> {
  const { rows } = await client.query<{ there: boolean }>(
    `select to_regclass('public.outbox_event') is not null
       and to_regclass('public.listener_cursor') is not null as there`,
  );
  if (rows[0]?.there !== true) return;
  await client.query(`
    create temp table rebased on commit drop as
    select e.xid, e.id, s.id as new_id
    from (select xid, id, row_number() over (order by xid, id) as rank from outbox_event) e
    join (select id, row_number() over (order by id) as rank from outbox_event) s using (rank)`);
  await client.query(`
    update listener_cursor c set xid = '1', id = coalesce(
      (select max(r.new_id) from rebased r where (r.xid, r.id) <= (c.xid, c.id)),
      (select min(r.new_id) - 1 from rebased r), 0)`);
  await client.query(`
    create temp table moved_event on commit drop as
    select e.*, r.new_id from outbox_event e join rebased r on r.id = e.id`);
  await client.query('delete from outbox_event');
  await client.query(`
    insert into outbox_event (id, xid, type, payload, at) overriding system value
    select new_id, '1', type, payload, at from moved_event`);
}
