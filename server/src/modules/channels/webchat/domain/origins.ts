/** Where a call comes from, as the browser says it. */
export type Source = { origin: string | undefined; host: string | undefined };

/** The comparable form of an origin an administrator typed: lower case, no path. */
export function normalOrigin(text: string): string {
  const url = URL.parse(text.trim());
  return url && url.origin !== 'null' ? url.origin : text.trim().replace(/\/+$/, '').toLowerCase();
}

/**
 * Whether a page of this origin may carry the widget. Calls without an origin come from our own pages (browsers leave
 * it out there) or from no browser at all, which could claim any.
 */
export function isOriginAllowed(
  { origin, host }: Source,
  allowed: readonly string[],
  baseUrl: string,
): boolean {
  if (allowed.length === 0 || origin === undefined || origin === baseUrl) return true;
  const own = URL.parse(origin)?.host;
  if (own !== undefined && own === host) return true;
  return allowed.some((one) => normalOrigin(one) === origin.toLowerCase());
}
