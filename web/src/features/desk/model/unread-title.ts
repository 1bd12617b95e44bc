/** The title of the tab with the number of what waits in front: `(2) Desk`; the plain title for none. */
export function titleWith(title: string, count: number): string {
  const plain = title.replace(/^\(\d+\+?\) /, '');
  if (count <= 0) return plain;
  return `(${count > 99 ? '99+' : count}) ${plain}`;
}
