import { describe, expect, test } from 'vitest';
import { sharedTables, tablesNamed, tablesOf, vocabularyFaults } from './check-structure.ts';

describe('tables of a README', () => {
  test('stand on one line', () => {
    const readme = 'Tables: `contact`, `contact_event`\n\nReads: `person`\n';
    expect(tablesOf(readme)).toEqual({ owned: ['contact', 'contact_event'], read: ['person'] });
  });

  test('stand in a list, of which the first word counts', () => {
    const readme =
      '## Tables owned\n\n- `queue` – one a `team`\n- `offer`\n\n## Invariants\n\n`work` stays\n';
    expect(tablesOf(readme)).toEqual({ owned: ['queue', 'offer'], read: [] });
  });

  test('stand without backticks, with remarks in parentheses', () => {
    const readme =
      'Tables: message, draft\nReads: customer (id, name, in lists), outbox_event\n\nThe `seq` grows.\n';
    expect(tablesOf(readme)).toEqual({
      owned: ['message', 'draft'],
      read: ['customer', 'outbox_event'],
    });
  });

  test('may be none', () => {
    expect(tablesOf('Tables: `timer`\n\nReads: none.\n').read).toEqual([]);
  });

  test('stand under bold labels', () => {
    const readme = '**Tables:** `a`, `b`\n**Reads:** `c` (of identity)\n**Events out:** `d`\n';
    expect(tablesOf(readme)).toEqual({ owned: ['a', 'b'], read: ['c'] });
  });
});

describe('tables of a store', () => {
  const known = new Set(['contact', 'contact_event', 'queue', 'person']);

  test('are found in builder calls and in raw SQL, aliases and comments left out', () => {
    const source = `
      // reads from person, says the comment
      db.selectFrom('contact as c').innerJoin('queue', 'queue.id', 'c.queue_id');
      sql\`with stored as (insert into contact_event (id) values (1)) select * from stored\`;
    `;
    expect(tablesNamed(source, known)).toEqual(['contact', 'contact_event', 'queue']);
  });

  test('a table of two owners is a fault', () => {
    const owners = new Map([
      ['contacts', ['contact']],
      ['routing', ['queue', 'contact']],
    ]);
    expect(sharedTables(owners)).toEqual(['contact is listed as owned by contacts and by routing']);
  });
});

describe('the vocabulary of a module', () => {
  const complete = ['README.md', 'index.ts'];

  test('takes known files, their folders and tests', () => {
    const inside = [
      ...complete,
      'store/read.ts',
      'service.ts',
      'service.test.ts',
      'domain/choose.ts',
    ];
    expect(vocabularyFaults(inside)).toEqual([]);
  });

  test('refuses other names, a missing README and a part that exists twice', () => {
    const inside = ['index.ts', 'utils.ts', 'helpers/a.ts', 'store.ts', 'store/read.ts'];
    expect(vocabularyFaults(inside)).toEqual([
      'README.md is missing',
      'utils.ts is not in the vocabulary of a module',
      'helpers/ is not in the vocabulary of a module',
      'store.ts and store/: keep one',
    ]);
  });
});
