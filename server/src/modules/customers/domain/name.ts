/** A name for somebody who has not said theirs, told apart by the end of the id. */
export function placeholderName(id: string, locale: string | null): string {
  const mark = id.slice(-4).toUpperCase();
  return locale?.startsWith('en') ? `Visitor ${mark}` : `访客 ${mark}`;
}

export const maxNameLength = 120;

/** A name as it is kept: one line without control characters; null when nothing is left. */
export function cleanName(name: string): string | null {
  const clean = name
    .replaceAll(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .toWellFormed();
  return clean === '' ? null : clean;
}
