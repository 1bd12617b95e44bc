/** What a browser says about where a request comes from. */
export type RequestSource = {
  origin: string | undefined;
  fetchSite: string | undefined;
  host: string | undefined;
};

function hostOf(origin: string): string | null {
  return URL.parse(origin)?.host ?? null;
}

/**
 * Whether a request that carries our cookie was made by one of our own pages: the page's origin is the product's
 * address or the very host that is asked. Without either header it is no browser we know, and refused.
 */
export function isOwnPage({ origin, fetchSite, host }: RequestSource, baseUrl: string): boolean {
  if (origin !== undefined) {
    if (origin === baseUrl) return true;
    const from = hostOf(origin);
    return from !== null && from === host;
  }
  return fetchSite === 'same-origin' || fetchSite === 'none';
}
