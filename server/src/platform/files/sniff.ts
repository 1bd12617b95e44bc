type Signature = { mime: string; at: number; bytes: string };

// Magic numbers as listed by the formats' own specifications; `bytes` is read as latin-1.
const SIGNATURES: readonly Signature[] = [
  { mime: 'image/png', at: 0, bytes: '\x89PNG\r\n\x1a\n' },
  { mime: 'image/jpeg', at: 0, bytes: '\xff\xd8\xff' },
  { mime: 'image/gif', at: 0, bytes: 'GIF87a' },
  { mime: 'image/gif', at: 0, bytes: 'GIF89a' },
  { mime: 'application/pdf', at: 0, bytes: '%PDF-' },
  { mime: 'application/zip', at: 0, bytes: 'PK\x03\x04' },
  { mime: 'application/zip', at: 0, bytes: 'PK\x05\x06' },
  { mime: 'application/gzip', at: 0, bytes: '\x1f\x8b\x08' },
  { mime: 'application/vnd.rar', at: 0, bytes: 'Rar!\x1a\x07' },
  { mime: 'application/x-7z-compressed', at: 0, bytes: "7z\xbc\xaf'\x1c" },
  { mime: 'application/x-cfb', at: 0, bytes: '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1' },
  { mime: 'audio/mpeg', at: 0, bytes: 'ID3' },
  { mime: 'audio/amr', at: 0, bytes: '#!AMR' },
  { mime: 'audio/flac', at: 0, bytes: 'fLaC' },
];

// Type of an ISO media file by its major brand (ISO/IEC 14496-12); other brands are not shown in the browser.
const BRANDS: Record<string, string> = {
  avif: 'image/avif',
  avis: 'image/avif',
  heic: 'image/heic',
  heix: 'image/heic',
  mif1: 'image/heic',
  'qt  ': 'video/quicktime',
  'M4A ': 'audio/mp4',
  'M4B ': 'audio/mp4',
  '3gp4': 'video/3gpp',
  '3gp5': 'video/3gpp',
};
const MP4_BRAND = /^(?:isom|iso[2-9]|mp4[12]|avc1|dash|M4V |MSNV)$/;

function riff(head: string): string | undefined {
  if (!head.startsWith('RIFF')) return undefined;
  const form = head.slice(8, 12);
  if (form === 'WEBP') return 'image/webp';
  return form === 'WAVE' ? 'audio/wav' : undefined;
}

function isoMedia(head: string): string | undefined {
  if (head.slice(4, 8) !== 'ftyp') return undefined;
  const brand = head.slice(8, 12);
  return BRANDS[brand] ?? (MP4_BRAND.test(brand) ? 'video/mp4' : undefined);
}

function matroska(head: string): string | undefined {
  if (!head.startsWith('\x1aE\xdf\xa3')) return undefined;
  // The document type stands in the first element, of some 40 bytes.
  return head.slice(0, 64).includes('webm') ? 'video/webm' : 'video/x-matroska';
}

function ogg(head: string): string | undefined {
  if (!head.startsWith('OggS')) return undefined;
  return head.slice(0, 64).includes('theora') ? 'video/ogg' : 'audio/ogg';
}

/** A frame of MPEG audio layer III without a tag before it: sync, layer, and a bit rate and sampling rate that exist. */
function mpegAudio(bytes: Uint8Array): string | undefined {
  const [first = 0, second = 0, third = 0] = bytes;
  const synced = first === 0xff && (second & 0xe6) === 0xe2;
  const rates = third >> 4 !== 0 && third >> 4 !== 15 && ((third >> 2) & 3) !== 3;
  return synced && rates ? 'audio/mpeg' : undefined;
}

/** What a browser would run rather than show, were it told so. */
function markup(head: string): string | undefined {
  const start = head
    .replace(/^\xef\xbb\xbf/, '')
    .trimStart()
    .slice(0, 512)
    .toLowerCase();
  if (start.startsWith('<svg') || (start.startsWith('<?xml') && start.includes('<svg')))
    return 'image/svg+xml';
  if (/^<(?:!doctype html|html|head|body|script|iframe|!--)/.test(start)) return 'text/html';
  return start.startsWith('<?xml') ? 'application/xml' : undefined;
}

/** The type that the first bytes show (a few hundred are enough); undefined when they show none. */
export function sniff(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.subarray(0, 1024)).toString('latin1');
  const signature = SIGNATURES.find(({ at, bytes: wanted }) => head.startsWith(wanted, at));
  return (
    signature?.mime ??
    riff(head) ??
    isoMedia(head) ??
    matroska(head) ??
    ogg(head) ??
    mpegAudio(bytes) ??
    markup(head)
  );
}

const OFFICE_IN_ZIP =
  /^application\/(?:vnd\.openxmlformats-officedocument\.|vnd\.oasis\.opendocument\.|epub\+zip$)/;
const OFFICE_IN_CFB =
  /^application\/(?:msword|vnd\.ms-(?:excel|powerpoint|outlook)|wps-office\.\w+)$/;
const HARMLESS_WORD =
  /^(?:text\/(?:plain|csv|markdown|calendar|vcard)|application\/(?:json|msword|rtf))$/;

/**
 * The type to keep for a file. Bytes win over the sender's word; the word refines a container (a document in a zip) or
 * stands for plain text. Whatever is neither is `application/octet-stream`.
 */
export function trueType(bytes: Uint8Array, declared: string): string {
  const word = declared.split(';')[0]?.trim().toLowerCase() ?? '';
  const sniffed = sniff(bytes);
  if (sniffed === 'application/zip' && OFFICE_IN_ZIP.test(word)) return word;
  if (sniffed === 'application/x-cfb' && OFFICE_IN_CFB.test(word)) return word;
  if (sniffed === 'video/webm' && word === 'audio/webm') return word;
  return sniffed ?? (HARMLESS_WORD.test(word) ? word : 'application/octet-stream');
}
