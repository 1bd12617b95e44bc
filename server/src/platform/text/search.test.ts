import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import type { Database } from '../db/open.ts';
import { bigrams, bigramTokens, queryTokens, segment, tsqueryOf } from './index.ts';

let database: Database;
beforeAll(async () => {
  database = await testDatabase();
});

async function matches(stored: string, query: string | null): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`
    select array_to_tsvector(string_to_array(${stored}, ' ')) @@ ${query}::tsquery as found`.execute(
    database.kysely,
  );
  return rows[0]?.found ?? false;
}

test.each([
  ['我买的洗衣机滚筒不转了,订单号 AB-1234', '洗衣机', true],
  ['我买的洗衣机滚筒不转了,订单号 AB-1234', '洗衣 滚筒 ab-12', true],
  ['我買的洗衣機滾筒不轉了', '洗衣机不转', true],
  ['我买的洗衣机滚筒不转了', '冰箱', false],
  ["It's a 'quoted' & | ! <-> (word):* \\ text", "quoted ':* & it's", true],
])('PostgreSQL finds in “%s” the query “%s”: %s', async (text, query, found) => {
  expect(await matches(segment(text), tsqueryOf(queryTokens(query)))).toBe(found);
});

test('PostgreSQL finds names and numbers by their parts', async () => {
  const stored = bigrams('张莹莹 138-0013-8000');
  for (const [query, found] of [
    ['莹', true],
    ['莹莹', true],
    ['0013 8', true],
    ['39', false],
  ] as const) {
    expect([query, await matches(stored, tsqueryOf(bigramTokens(query)))]).toEqual([query, found]);
  }
});
