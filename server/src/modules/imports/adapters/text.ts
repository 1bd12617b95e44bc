import { createGunzip } from 'node:zlib';
import { Readable } from 'node:stream';
import type { TextEncoding } from '@yingda/contract';
import { analyse } from 'chardet';
import { Problem } from '../../../kernel/problem.ts';

/** Bytes to look at when guessing; enough for thousands of rows. */
export const SAMPLE_BYTES = 512 * 1024;

const gzipMagic = (head: Uint8Array): boolean => head[0] === 0x1f && head[1] === 0x8b;
const zipMagic = (head: Uint8Array): boolean =>
  head[0] === 0x50 && head[1] === 0x4b && head[2] === 3 && head[3] === 4;

export type Container = 'plain' | 'gzip' | 'zip';
export const containerOf = (head: Uint8Array): Container => {
  if (gzipMagic(head)) return 'gzip';
  return zipMagic(head) ? 'zip' : 'plain';
};

/** A gzip of nothing but zeros unpacks to a thousand times its size; logs to some twenty times. */
const MAX_RATIO = 400;
const FREE_BYTES = 256 * 1024 * 1024;

/** Bytes of a file, unpacked when it is gzip. `onBytes` hears of the packed ones, for progress. */
export async function* unpacked(
  source: Readable,
  onBytes: (bytes: number) => void = () => {},
): AsyncGenerator<Buffer> {
  let packed = 0;
  const counted = async function* (): AsyncGenerator<Buffer> {
    for await (const chunk of source) {
      packed += (chunk as Buffer).length;
      onBytes((chunk as Buffer).length);
      yield chunk as Buffer;
    }
  };
  const input = counted();
  const first = await input.next();
  if (first.done) return;
  const whole = async function* (): AsyncGenerator<Buffer> {
    yield first.value;
    yield* input;
  };
  if (!gzipMagic(first.value)) {
    yield* whole();
    return;
  }
  let size = 0;
  const gunzip = Readable.from(whole()).pipe(createGunzip());
  try {
    for await (const chunk of gunzip) {
      size += (chunk as Buffer).length;
      if (size > FREE_BYTES && size > packed * MAX_RATIO) throw new Problem('import.zip_bomb');
      yield chunk as Buffer;
    }
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw new Problem('import.unreadable', { cause: error });
  } finally {
    source.destroy();
  }
}

/** The first bytes of a file, unpacked. */
export async function sampleOf(source: Readable, limit = SAMPLE_BYTES): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  try {
    for await (const part of unpacked(source)) {
      parts.push(part);
      size += part.length;
      if (size >= limit) break;
    }
  } finally {
    source.destroy();
  }
  return Buffer.concat(parts).subarray(0, limit);
}

/** Whether the bytes are text of the encoding, but for a character cut at the end. */
function decodes(bytes: Uint8Array, encoding: string): boolean {
  try {
    new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}

/** UTF-16 of mostly Western text has a NUL in every other place. */
function wide(bytes: Uint8Array): TextEncoding | undefined {
  const length = Math.min(bytes.length, 4000) & ~1;
  if (length < 4) return undefined;
  let [even, odd] = [0, 0];
  for (let i = 0; i < length; i += 2) {
    if (bytes[i] === 0) even += 1;
    if (bytes[i + 1] === 0) odd += 1;
  }
  const half = length / 2;
  if (odd > half * 0.4 && even < half * 0.1) return 'utf-16le';
  return even > half * 0.4 && odd < half * 0.1 ? 'utf-16be' : undefined;
}

export type EncodingGuess = {
  encoding: TextEncoding;
  code: 'bom' | 'valid_utf8' | 'nul_pattern' | 'valid_gb18030' | 'likely' | 'mostly_utf8';
};

/** Share of broken characters under which a text is UTF-8 with damage rather than of another encoding. */
const DAMAGE = 0.001;

const marks: readonly [string, TextEncoding][] = [
  ['efbbbf', 'utf-8'],
  ['fffe', 'utf-16le'],
  ['feff', 'utf-16be'],
];

/** In which encoding a text is, and what tells so. */
export function encodingOf(bytes: Buffer): EncodingGuess {
  const marked = marks.find(
    ([mark]) => bytes.subarray(0, mark.length / 2).toString('hex') === mark,
  );
  if (marked) return { encoding: marked[1], code: 'bom' };
  const utf16 = wide(bytes);
  if (utf16) return { encoding: utf16, code: 'nul_pattern' };
  if (decodes(bytes, 'utf-8')) return { encoding: 'utf-8', code: 'valid_utf8' };
  const broken = new TextDecoder('utf-8').decode(bytes).split('\ufffd').length - 1;
  if (broken <= Math.max(3, bytes.length * DAMAGE) && /[\u0080-\ufffc]/.test(bytes.toString())) {
    return { encoding: 'utf-8', code: 'mostly_utf8' };
  }
  if (decodes(bytes, 'gb18030') && (pairedShare(bytes) > 0.9 || seemsChinese(bytes))) {
    return { encoding: 'gb18030', code: 'valid_gb18030' };
  }
  if (broken <= 3) return { encoding: 'utf-8', code: 'mostly_utf8' };
  return { encoding: seemsChinese(bytes) ? 'gb18030' : 'windows-1252', code: 'likely' };
}

/** Of the bytes beyond ASCII the share that stand in even rows: Chinese characters take two, accented letters one. */
function pairedShare(bytes: Buffer): number {
  let [paired, all, run] = [0, 0, 0];
  for (const byte of bytes) {
    if (byte >= 0x80) {
      run += 1;
      continue;
    }
    all += run;
    if (run % 2 === 0) paired += run;
    run = 0;
  }
  return all === 0 ? 0 : paired / all;
}

function seemsChinese(bytes: Buffer): boolean {
  const [likely] = analyse(bytes).filter(({ name }) =>
    /^(GB|Big5|windows-125|ISO-8859)/i.test(name),
  );
  return likely !== undefined && /^(GB|Big5)/i.test(likely.name);
}

const PIECE = 64 * 1024;

/**
 * Text of some bytes with `\n` as the only line end, in pieces that hold no more than 64 KB of the file. A byte that is
 * no text becomes U+FFFD; NULs (holes of files cut while written) are dropped and counted.
 */
export async function* decoded(
  bytes: AsyncIterable<Buffer>,
  encoding: TextEncoding,
  onNuls: (count: number) => void = () => {},
): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  let endsInReturn = false;
  const clean = (text: string): string => {
    let given = text;
    if (given.includes('\u0000')) {
      given = given.replaceAll('\u0000', '');
      onNuls(text.length - given.length);
    }
    if (endsInReturn && given !== '') given = `\r${given}`;
    endsInReturn = given.endsWith('\r') || (endsInReturn && given === '');
    if (given.endsWith('\r')) given = given.slice(0, -1);
    return given.includes('\r') ? given.replaceAll(/\r\n?/g, '\n') : given;
  };
  for await (const chunk of bytes) {
    for (let start = 0; start < chunk.length; start += PIECE) {
      const part = chunk.subarray(start, start + PIECE);
      const text = clean(decoder.decode(part, { stream: true }));
      if (text !== '') yield text;
    }
  }
  const rest = clean(decoder.decode());
  if (rest !== '') yield rest;
  if (endsInReturn) yield '\n';
}
