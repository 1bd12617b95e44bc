import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  NoSuchKey,
  S3Client,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { Readable } from 'node:stream';
import { Problem } from '../../kernel/problem.ts';
import type { S3Config } from '../config/index.ts';
import { asStream, inspect } from './inspect.ts';
import { isFileKey } from './store.ts';
import type { FileStore } from './store.ts';

function objectName(key: string): string {
  if (!isFileKey(key)) throw new Problem('file.not_found');
  return `files/${key}`;
}

function unavailable(error: unknown): never {
  if (error instanceof Problem) throw error;
  throw new Problem('server.unavailable', { cause: error });
}

function connect(config: S3Config): S3Client {
  return new S3Client({
    endpoint: config.endpoint,
    region: config.region,
    credentials: { accessKeyId: config.accessKeyId, secretAccessKey: config.secretAccessKey },
    // Bucket names are no host names at most self-hosted stores, and not all of them know the newer checksums.
    forcePathStyle: true,
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
}

/** Files in a bucket of any S3-compatible store, under `files/`. Beyond 5 MB they go up in parts, 5 MB in memory each. */
export function createS3Store(config: S3Config): FileStore {
  const client = connect(config);
  const { bucket: Bucket } = config;
  return {
    async put(source, description) {
      const inspection = inspect(description);
      const body = Readable.from(inspection.pass(asStream(source)), { objectMode: false });
      const upload = new Upload({
        client,
        queueSize: 2,
        // Never the file's own type: a bucket open to the world must not serve it as a page either.
        params: {
          Bucket,
          Key: objectName(inspection.key),
          Body: body,
          ContentType: 'application/octet-stream',
        },
      });
      try {
        await upload.done();
        return inspection.result();
      } catch (error) {
        body.destroy();
        return unavailable(error);
      }
    },

    async get(key, range) {
      const Range = range && `bytes=${range.start}-${range.end}`;
      try {
        const { Body } = await client.send(
          new GetObjectCommand({ Bucket, Key: objectName(key), Range }),
        );
        if (!(Body instanceof Readable)) throw new TypeError('the store gave no stream');
        return Body;
      } catch (error) {
        if (error instanceof NoSuchKey) throw new Problem('file.not_found');
        return unavailable(error);
      }
    },

    async delete(key) {
      await client
        .send(new DeleteObjectCommand({ Bucket, Key: objectName(key) }))
        .catch(unavailable);
    },

    async check() {
      await client.send(new HeadBucketCommand({ Bucket })).catch(unavailable);
    },
  };
}
