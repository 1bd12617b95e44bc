import type { Readable } from 'node:stream';
import { open } from 'yauzl';
import type { Entry, ZipFile } from 'yauzl';
import { Problem } from '../../../kernel/problem.ts';

/** Sheets are text and shrink to a tenth; what shrinks to a hundredth is made to fill memories. */
const MAX_RATIO = 100;
const FREE_BYTES = 32 * 1024 ** 2;
const MAX_TOTAL = 8 * 1024 ** 3;
const MAX_ENTRIES = 10_000;

export type Archive = {
  /** Bytes of a file when unpacked; 0: there is none. */
  sizeOf(name: string): number;
  /** Null: there is no such file in it. */
  read(name: string): Promise<Readable | null>;
  close(): void;
};

function opened(path: string): Promise<ZipFile> {
  return new Promise((resolve, reject) => {
    // Sizes are checked while unpacking too: a header may lie.
    open(path, { lazyEntries: true, autoClose: false, validateEntrySizes: true }, (error, zip) => {
      if (error) reject(new Problem('import.unreadable', { cause: error }));
      else resolve(zip);
    });
  });
}

function check(
  entries: Map<string, Entry>,
  { uncompressedSize, compressedSize }: Entry,
  total: number,
): void {
  const isBomb = uncompressedSize > FREE_BYTES && uncompressedSize > compressedSize * MAX_RATIO;
  if (isBomb || total > MAX_TOTAL || entries.size > MAX_ENTRIES)
    throw new Problem('import.zip_bomb');
}

function entriesOf(zip: ZipFile): Promise<Map<string, Entry>> {
  return new Promise((resolve, reject) => {
    const entries = new Map<string, Entry>();
    let total = 0;
    zip.on('entry', (entry: Entry) => {
      total += entry.uncompressedSize;
      entries.set(entry.fileName, entry);
      try {
        check(entries, entry, total);
        zip.readEntry();
      } catch (error) {
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    });
    zip.on('end', () => resolve(entries));
    zip.on('error', (error: Error) => reject(new Problem('import.unreadable', { cause: error })));
    zip.readEntry();
  });
}

/** A ZIP file's contents. Problems: `import.unreadable`, `import.zip_bomb`. */
export async function openArchive(path: string): Promise<Archive> {
  const zip = await opened(path);
  try {
    const entries = await entriesOf(zip);
    return {
      sizeOf: (name) => entries.get(name)?.uncompressedSize ?? 0,
      read(name) {
        const entry = entries.get(name);
        if (!entry) return Promise.resolve(null);
        return new Promise((resolve, reject) => {
          zip.openReadStream(entry, (error, stream) => {
            if (error) reject(new Problem('import.unreadable', { cause: error }));
            else resolve(stream);
          });
        });
      },
      close: () => zip.close(),
    };
  } catch (error) {
    zip.close();
    throw error;
  }
}
