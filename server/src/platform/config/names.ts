import { configKeys, isConfigKey } from './keys.ts';

const OWN_PREFIXES = ['YINGDA_', 'S3_', 'SMTP_', 'OIDC_'];
const FOREIGN = /^(?:NODE_|npm_|TZ$|LANG$|LC_|PG|COMPOSE_)/;

/** Letters to add, drop or change to make one name of the other (Levenshtein). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

function nearest(name: string): string | undefined {
  const near = Object.keys(configKeys).find((known) => {
    // Short names have many innocent neighbours in an environment.
    const allowed = known.length < 6 ? 1 : 2;
    return Math.abs(known.length - name.length) <= allowed && distance(known, name) <= allowed;
  });
  return near ?? Object.keys(configKeys).find((known) => name === `YINGDA_${known}`);
}

/**
 * Warnings about names that look like settings but are none: anything unknown in the `.env` file, and in the
 * environment what has a prefix of ours or nearly the name of a setting.
 */
export function warnAboutNames(
  environment: Record<string, string | undefined>,
  file: Record<string, string | undefined>,
): string[] {
  const names = new Set([...Object.keys(file), ...Object.keys(environment)]);
  return [...names].flatMap((name) => {
    if (isConfigKey(name) || FOREIGN.test(name)) return [];
    const near = nearest(name.toUpperCase());
    if (near) return [`${name} is no setting and is ignored. Did you mean ${near}?`];
    const ours = name in file || OWN_PREFIXES.some((prefix) => name.startsWith(prefix));
    return ours ? [`${name} is no setting and is ignored.`] : [];
  });
}
