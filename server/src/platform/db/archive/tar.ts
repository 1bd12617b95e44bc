import { DatabaseProblem } from '../problems.ts';

/** The archive is a gzipped tar, so that any system can look into it with its own tools. */

const BLOCK = 512;

const octal = (value: number, width: number): string =>
  `${value.toString(8).padStart(width - 1, '0')}\0`;

/** A name of up to 255 bytes is cut at a slash into a prefix (155) and a name (100), as ustar wants. */
const splitName = (path: string): { prefix: string; name: string } => {
  if (Buffer.byteLength(path) <= 100) return { prefix: '', name: path };
  for (let at = path.indexOf('/'); at !== -1; at = path.indexOf('/', at + 1)) {
    const [prefix, name] = [path.slice(0, at), path.slice(at + 1)];
    if (Buffer.byteLength(name) <= 100 && Buffer.byteLength(prefix) <= 155) return { prefix, name };
  }
  throw new Error(`a path too long for the archive: ${path}`);
};

/** The header of an entry. */
export function tarHeader(path: string, size: number): Buffer {
  const { prefix, name } = splitName(path);
  const header = Buffer.alloc(BLOCK);
  header.write(name, 0);
  header.write(octal(0o600, 8), 100);
  header.write(octal(0, 8), 108);
  header.write(octal(0, 8), 116);
  header.write(octal(size, 12), 124);
  header.write(octal(Math.floor(Date.now() / 1000), 12), 136);
  header.write(' '.repeat(8), 148);
  header.write('0', 156);
  header.write('ustar\u000000', 257);
  header.write(prefix, 345);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return header;
}

/** The zeros that fill an entry of this size up to a whole block. */
export function tarPadding(size: number): Buffer {
  return Buffer.alloc((BLOCK - (size % BLOCK)) % BLOCK);
}

/** What closes an archive. */
export const TAR_END: Buffer = Buffer.alloc(2 * BLOCK);

export type TarEntry = {
  path: string;
  size: number;
  /** The contents; must be read to the end before the next entry is asked for. */
  body: AsyncIterable<Buffer>;
};

/** Hands out a stream in the lengths that are asked for. */
class Bytes {
  readonly #source: AsyncIterator<Buffer>;
  #rest: Buffer = Buffer.alloc(0);

  constructor(source: AsyncIterable<Buffer>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  async #refill(): Promise<boolean> {
    const next = await this.#source.next().catch((cause: unknown) => {
      throw new DatabaseProblem('archive.unreadable', String(cause), { cause });
    });
    if (next.done !== true) this.#rest = next.value;
    return next.done !== true;
  }

  /** Reads on to the end, where the zip's own checksum is compared. */
  async drain(): Promise<void> {
    while (await this.#refill());
  }

  /** The next piece, at most this long; a stream that ends here was cut off. */
  async some(most: number): Promise<Buffer> {
    while (this.#rest.length === 0)
      if (!(await this.#refill()))
        throw new DatabaseProblem('archive.unreadable', 'the file ends too early');
    const piece = this.#rest.subarray(0, most);
    this.#rest = this.#rest.subarray(piece.length);
    return piece;
  }

  async *exactly(length: number): AsyncGenerator<Buffer> {
    for (let left = length; left > 0;) {
      const piece = await this.some(left);
      left -= piece.length;
      yield piece;
    }
  }

  async take(length: number): Promise<Buffer> {
    const pieces: Buffer[] = [];
    for await (const piece of this.exactly(length)) pieces.push(piece);
    return Buffer.concat(pieces);
  }
}

const textAt = (header: Buffer, start: number, length: number): string => {
  const text = header.toString('utf8', start, start + length);
  const end = text.indexOf('\0');
  return end === -1 ? text : text.slice(0, end);
};

const readHeader = (header: Buffer): { path: string; size: number } | null => {
  if (header.every((byte) => byte === 0)) return null;
  const sum = Number.parseInt(textAt(header, 148, 8), 8);
  const real = header.reduce((total, byte, at) => total + (at >= 148 && at < 156 ? 32 : byte), 0);
  if (sum !== real) throw new DatabaseProblem('archive.unreadable', 'not a tar entry');
  const prefix = textAt(header, 345, 155);
  const name = textAt(header, 0, 100);
  return {
    path: prefix === '' ? name : `${prefix}/${name}`,
    size: Number.parseInt(textAt(header, 124, 12), 8),
  };
};

/** The entries of an unzipped archive, one after the other. Throws when it is damaged or cut off. */
export async function* readTar(source: AsyncIterable<Buffer>): AsyncGenerator<TarEntry> {
  const bytes = new Bytes(source);
  for (;;) {
    const entry = readHeader(await bytes.take(BLOCK));
    if (entry === null) return bytes.drain();
    yield { ...entry, body: bytes.exactly(entry.size) };
    await bytes.take(tarPadding(entry.size).length);
  }
}
