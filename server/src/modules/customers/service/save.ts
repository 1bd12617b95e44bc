import type { Tx } from '../../../platform/ctx.ts';
import { bigrams } from '../../../platform/text/index.ts';
import { isSearchable } from '../domain/identity.ts';
import type { Identity } from '../domain/identity.ts';
import { customerChanged } from '../events.ts';
import type { CustomerRow } from '../store/customers.ts';
import * as store from '../store/customers.ts';

type Findable = {
  name: string;
  company: string | null;
  identities: readonly Pick<Identity, 'kind' | 'value'>[];
};

/** The pieces under which a customer is found. */
export function wordsOf({ name, company, identities }: Findable): string {
  const values = identities.filter(({ kind }) => isSearchable(kind)).map(({ value }) => value);
  // Parted by more than a space, which between digits would make one number of two.
  return bigrams([name, company ?? '', ...values].join(' ; '));
}

/** Writes a locked customer as it is now and says so. `row.identities` must be those stored. */
export async function saveCustomer(tx: Tx, row: CustomerRow): Promise<void> {
  await store.updateCustomer(tx.db, row.id, { ...row, words: wordsOf(row) });
  tx.emit(customerChanged, { customerId: row.id });
}

/** Brings words and `verified` in line with the identities after these moved. */
export async function settleCustomer(tx: Tx, id: string): Promise<void> {
  const row = await store.lockCustomer(tx.db, id);
  if (row) await saveCustomer(tx, row);
}
