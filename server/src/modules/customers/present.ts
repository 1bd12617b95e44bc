import type { CustomerNoteView, CustomerView } from '@yingda/contract';
import type { CustomerRow } from './store/customers.ts';
import type { NoteRow } from './store/notes.ts';

export function presentCustomer(row: CustomerRow): CustomerView {
  const { id, name, tier, verified, company, locale, identities, tags, fields, version } = row;
  return {
    id,
    name,
    tier,
    verified,
    company,
    locale,
    identities,
    tags,
    fields,
    version,
    createdAt: row.createdAt.toISOString(),
    lastSeenAt: row.lastSeenAt?.toISOString() ?? null,
  };
}

export function presentNote({
  id,
  text,
  authorId,
  authorName,
  createdAt,
}: NoteRow): CustomerNoteView {
  return { id, text, authorId, authorName, createdAt: createdAt.toISOString() };
}
