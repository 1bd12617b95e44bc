import { spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startS3Server } from '../../../test/s3-server.ts';
import type { S3Server } from '../../../test/s3-server.ts';
import { createFileStore } from './index.ts';
import type { FileStore } from './index.ts';

const description = { name: 'a.bin', mime: 'application/octet-stream', maxBytes: 20_000_000 };

function chunksOf(bytes: Buffer, size: number): Readable {
  const count = Math.ceil(bytes.length / size);
  return Readable.from(
    Array.from({ length: count }, (_, index) => bytes.subarray(index * size, (index + 1) * size)),
  );
}

let s3: S3Server;
beforeAll(async () => {
  s3 = await startS3Server();
});
afterAll(() => s3.close());

const newFolder = (): string => mkdtempSync(join(tmpdir(), 'files-'));

describe.each([
  ['a folder', () => createFileStore({ dataDir: newFolder() })],
  ['a bucket', () => createFileStore({ dataDir: '/nowhere', s3: s3.config })],
] as const)('files in %s', (_, create: () => FileStore) => {
  test.each([0, 1, 70_000, 5_242_880, 12_000_000])('keep %i bytes as they are', async (size) => {
    const store = create();
    const bytes = randomBytes(size);
    const stored = await store.put(chunksOf(bytes, 60_000), description);
    expect(stored).toMatchObject({
      size,
      sha256: createHash('sha256').update(bytes).digest('hex'),
    });
    expect((await buffer(await store.get(stored.key))).equals(bytes)).toBe(true);
  });

  test('are taken from memory, given in part, and forgotten', async () => {
    const store = create();
    const { key } = await store.put(Buffer.from('0123456789'), description);
    expect((await buffer(await store.get(key, { start: 2, end: 4 }))).toString()).toBe('234');
    await store.delete(key);
    await store.delete(key);
    await expect(store.get(key)).rejects.toMatchObject({ code: 'file.not_found' });
    await store.check();
  });

  test('have the type and size their bytes show', async () => {
    const store = create();
    const gif = Buffer.from('GIF89a\x03\x00\x02\x00\x00\x00\x00;', 'latin1');
    const stored = await store.put(gif, { ...description, mime: 'text/html' });
    expect(stored).toMatchObject({ mime: 'image/gif', width: 3, height: 2 });
    const page = await store.put(Buffer.from('<html>'), { ...description, mime: 'image/png' });
    expect(page).toMatchObject({ mime: 'text/html', width: null, height: null });
  });

  test('past the limit are refused, and nothing is left', async () => {
    const store = create();
    const before = s3.objects.size;
    const source = chunksOf(randomBytes(11_000_000), 60_000);
    await expect(store.put(source, { ...description, maxBytes: 10_000_000 })).rejects.toMatchObject(
      {
        code: 'file.too_large',
        params: { maxBytes: 10_000_000 },
      },
    );
    expect(source.destroyed).toBe(true);
    expect([s3.objects.size, s3.openUploads()]).toEqual([before, 0]);
  });

  test('whose sender goes away are not kept', async () => {
    const store = create();
    const before = s3.objects.size;
    const source = new Readable({
      read() {
        this.push(randomBytes(1000));
        this.destroy(new Error('gone'));
      },
    });
    await expect(store.put(source, description)).rejects.toBeInstanceOf(Error);
    expect([s3.objects.size, s3.openUploads()]).toEqual([before, 0]);
  });

  test('are not reached by a key that is a path', async () => {
    const store = create();
    await expect(store.get('../../../../etc/passwd')).rejects.toMatchObject({
      code: 'file.not_found',
    });
    await expect(store.delete('../secret')).rejects.toMatchObject({ code: 'file.not_found' });
  });
});

test('a folder of files leaves no draft and lets nobody else read', async () => {
  const dataDir = newFolder();
  const store = createFileStore({ dataDir });
  const { key } = await store.put(Buffer.from('x'), description);
  await expect(store.put(Buffer.from('xx'), { ...description, maxBytes: 1 })).rejects.toThrow(
    'file.too_large',
  );
  const folder = join(dataDir, 'files');
  expect(readdirSync(join(folder, 'drafts'))).toEqual([]);
  expect(statSync(join(folder, key.slice(0, 2), key.slice(2, 4), key)).mode & 0o777).toBe(0o600);
});

test('drafts of a crash are removed a day later', async () => {
  const dataDir = newFolder();
  createFileStore({ dataDir });
  const drafts = join(dataDir, 'files', 'drafts');
  for (const name of ['old', 'new']) writeFileSync(join(drafts, name), 'x');
  utimesSync(join(drafts, 'old'), 1, 1);
  createFileStore({ dataDir });
  expect(readdirSync(drafts)).toEqual(['new']);
});

// A limit on the size of files stands for the full disk: the system reports it at the same place (EFBIG for ENOSPC).
test.skipIf(process.platform === 'win32')('a full disk is told as such', () => {
  const script = `
    import { createFileStore } from ${JSON.stringify(join(import.meta.dirname, 'index.ts'))};
    const store = createFileStore({ dataDir: ${JSON.stringify(newFolder())} });
    const put = store.put(Buffer.alloc(1_000_000), { name: 'a', mime: 'b/c', maxBytes: 2_000_000 });
    console.log(await put.then(() => 'kept', (error) => error.code));`;
  const result = spawnSync('sh', [
    '-c',
    'ulimit -f 100; exec "$0" --input-type=module -e "$1"',
    process.execPath,
    script,
  ]);
  expect(`${result.stdout.toString()}${result.stderr.toString()}`.trim()).toBe('server.disk_full');
});

test('a bucket that is down is told as such, and never serves a page', async () => {
  const store = createFileStore({ dataDir: '/nowhere', s3: s3.config });
  const { key } = await store.put(Buffer.from('<script>'), { ...description, mime: 'text/html' });
  expect(s3.objects.get(`files/${key}`)?.type).toBe('application/octet-stream');
  s3.fail(true);
  await expect(store.put(Buffer.from('x'), description)).rejects.toMatchObject({
    code: 'server.unavailable',
  });
  await expect(store.get(key)).rejects.toMatchObject({ code: 'server.unavailable' });
  await expect(store.check()).rejects.toMatchObject({ code: 'server.unavailable' });
  s3.fail(false);
});

test('a wrong secret of the bucket is told as such', async () => {
  const wrong = { ...s3.config, secretAccessKey: 'other' };
  const store = createFileStore({ dataDir: '/nowhere', s3: wrong });
  await expect(store.put(Buffer.from('x'), description)).rejects.toMatchObject({
    code: 'server.unavailable',
  });
});
