import { createHash, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { Problem } from '../../kernel/problem.ts';
import { imageSize } from './image-size.ts';
import { trueType } from './sniff.ts';
import type { FileDescription, StoredFile } from './store.ts';

// A photograph's size stands behind its colour profile and preview, which take up to some 200 KB.
const HEAD_BYTES = 256 * 1024;

export type Inspection = {
  key: string;
  /** The same bytes, counted; fails with `file.too_large` past the limit. */
  pass: (source: AsyncIterable<Uint8Array>) => AsyncGenerator<Uint8Array>;
  /** What was seen; complete once the bytes have all passed. */
  result: () => StoredFile;
};

/** Looks at bytes on their way into a store: size, hash, true type, image size. */
export function inspect({ mime, maxBytes }: FileDescription): Inspection {
  const key = randomBytes(16).toString('hex');
  const hash = createHash('sha256');
  const head: Uint8Array[] = [];
  let headSize = 0;
  let size = 0;
  return {
    key,
    pass: async function* (source) {
      for await (const chunk of source) {
        size += chunk.byteLength;
        if (size > maxBytes) throw new Problem('file.too_large', { params: { maxBytes } });
        hash.update(chunk);
        if (headSize < HEAD_BYTES) {
          // Copied: a source may use its memory again for the next chunk.
          const part = Uint8Array.from(chunk.subarray(0, HEAD_BYTES - headSize));
          head.push(part);
          headSize += part.byteLength;
        }
        yield chunk;
      }
    },
    result() {
      const bytes = Buffer.concat(head);
      const type = trueType(bytes, mime);
      const pixels = imageSize(bytes, type);
      return {
        key,
        size,
        sha256: hash.digest('hex'),
        mime: type,
        width: pixels?.width ?? null,
        height: pixels?.height ?? null,
      };
    },
  };
}

/** Bytes in memory or on their way, as a stream. */
export function asStream(source: Readable | Uint8Array): Readable {
  return source instanceof Readable ? source : Readable.from([source], { objectMode: false });
}
