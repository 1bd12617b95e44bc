/** What the answer needs to know of a file; `mime` as the store found it, never as a sender named it. */
export type ServedFile = { name: string; mime: string; sha256?: string };

// What browsers show without running anything in it. SVG and HTML are programs; PDF readers run scripts.
const SHOWN = new Set([
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
  'audio/mpeg',
  'audio/mp4',
  'audio/webm',
  'audio/ogg',
  'video/mp4',
  'video/webm',
  'video/ogg',
]);
/** Types that are a page or a program: never named, so that nothing on the way may treat them as one. */
const ACTIVE = /html|svg|xml|javascript|ecmascript/;

/** A name without control characters, path separators and the marks that turn the reading direction. */
function cleanName(name: string): string {
  const clean = name
    .toWellFormed()
    .replace(/[\p{Cc}\p{Bidi_Control}\u2028\u2029\uFFFD]/gu, '')
    .replace(/[/\\:*?"<>|]/g, '_')
    .trim();
  return clean.slice(0, 200).toWellFormed() || 'file';
}

/** RFC 6266: a plain name for old readers, the true one in UTF-8 (RFC 8187). */
function disposition(kind: 'inline' | 'attachment', name: string): string {
  const clean = cleanName(name);
  const plain = clean.replace(/[^\x20-\x7e]/g, '_').replace(/[%;]/g, '_');
  const encoded = encodeURIComponent(clean).replace(
    /['()*!]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${kind}; filename="${plain}"; filename*=UTF-8''${encoded}`;
}

/**
 * The headers that make an upload inert: pictures, sound and video are shown, everything else is saved; nothing in it
 * may run, load or be guessed to be another type. Other sites may embed it (the widget lives there).
 */
export function serveHeaders(file: ServedFile): Record<string, string> {
  const shown = SHOWN.has(file.mime);
  return {
    'content-type': ACTIVE.test(file.mime) ? 'application/octet-stream' : file.mime,
    'content-disposition': disposition(shown ? 'inline' : 'attachment', file.name),
    'x-content-type-options': 'nosniff',
    'content-security-policy': "sandbox; default-src 'none'",
    'cross-origin-resource-policy': 'cross-origin',
    'referrer-policy': 'no-referrer',
    // A file never changes under its address.
    'cache-control': 'private, max-age=31536000, immutable',
    ...(file.sha256 ? { etag: `"${file.sha256}"` } : {}),
  };
}

/**
 * The part of a file that a `Range` header asks for (players seek with it): undefined for the whole, also when the
 * header asks for several parts or is none; null when the part lies outside (status 416).
 */
export function rangeOf(
  header: string | undefined,
  size: number,
): { start: number; end: number } | null | undefined {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '');
  const [, first = '', last = ''] = match ?? [];
  if (first === '' && last === '') return undefined;
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1);
  return start <= end ? { start, end } : null;
}
