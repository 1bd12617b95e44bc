import { createHash, createHmac, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { S3Config } from '../src/platform/config/index.ts';

/**
 * A small S3 server over real HTTP, after the API reference of Amazon S3: PutObject, GetObject (with Range), HeadBucket,
 * DeleteObject, multipart uploads with the rule of 5 MB a part, and signatures of version 4 that must be right.
 */
export type S3Server = {
  config: S3Config;
  /** Name of the object → its bytes and declared type. */
  objects: Map<string, { bytes: Buffer; type: string | undefined }>;
  /** Multipart uploads begun and neither completed nor aborted. */
  openUploads: () => number;
  /** From now on every request is answered 503, until called with false. */
  fail: (failing: boolean) => void;
  close: () => Promise<void>;
};

type Answer = { status: number; headers?: Record<string, string>; body?: Buffer | string };
type Call = {
  method: string;
  key: string;
  query: URLSearchParams;
  headers: IncomingMessage['headers'];
  body: Buffer;
};
type State = Pick<S3Server, 'objects'> & { uploads: Map<string, Map<number, Buffer>> };

const MIN_PART_BYTES = 5 * 1024 * 1024;
const BUCKET = 'files-of-tests';

const sha256 = (data: Buffer | string): string => createHash('sha256').update(data).digest('hex');
const etag = (data: Buffer): string => `"${createHash('md5').update(data).digest('hex')}"`;
const hmac = (key: Buffer | string, text: string): Buffer =>
  createHmac('sha256', key).update(text).digest();

function fault(status: number, code: string): Answer {
  const body = `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`;
  return { status, headers: { 'content-type': 'application/xml' }, body };
}

function strictEncode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** The signature that AWS Signature Version 4 asks for this request. */
function isSigned(request: IncomingMessage, body: Buffer, config: S3Config): boolean {
  const pattern =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/([^,]+), ?SignedHeaders=([^,]+), ?Signature=(\w+)$/;
  const [, id, scope = '', names = '', signature] =
    pattern.exec(request.headers.authorization ?? '') ?? [];
  const [day = '', region = '', service = ''] = scope.split('/');
  const url = new URL(request.url ?? '/', 'http://s3');
  const query = [...url.searchParams]
    .map(([name, value]) => `${strictEncode(name)}=${strictEncode(value)}`)
    .toSorted();
  const declared = String(request.headers['x-amz-content-sha256']);
  if (declared !== 'UNSIGNED-PAYLOAD' && declared !== sha256(body)) return false;
  const headers = names
    .split(';')
    .map((name) => `${name}:${String(request.headers[name]).trim()}\n`);
  const canonical = [
    request.method,
    url.pathname,
    query.join('&'),
    headers.join(''),
    names,
    declared,
  ].join('\n');
  const toSign = ['AWS4-HMAC-SHA256', request.headers['x-amz-date'], scope, sha256(canonical)].join(
    '\n',
  );
  const key = [region, service, 'aws4_request'].reduce(
    hmac,
    hmac(`AWS4${config.secretAccessKey}`, day),
  );
  return id === config.accessKeyId && hmac(key, toSign).toString('hex') === signature;
}

function getObject({ objects }: State, { key, headers, method }: Call): Answer {
  const object = objects.get(key);
  if (!object) return fault(404, 'NoSuchKey');
  const { bytes } = object;
  const base = {
    etag: etag(bytes),
    'accept-ranges': 'bytes',
    'content-type': object.type ?? 'binary/octet-stream',
  };
  const range = /^bytes=(\d+)-(\d+)$/.exec(headers.range ?? '');
  if (!range) return { status: 200, headers: base, body: method === 'HEAD' ? '' : bytes };
  const [start, end] = [Number(range[1]), Math.min(Number(range[2]), bytes.length - 1)];
  if (start > end) return fault(416, 'InvalidRange');
  const part = { ...base, 'content-range': `bytes ${start}-${end}/${bytes.length}` };
  return { status: 206, headers: part, body: bytes.subarray(start, end + 1) };
}

function completeUpload({ objects, uploads }: State, { key, query, body }: Call): Answer {
  const id = query.get('uploadId') ?? '';
  const parts = uploads.get(id);
  if (!parts) return fault(404, 'NoSuchUpload');
  const wanted = [...body.toString().matchAll(/<Part>(.*?)<\/Part>/gs)].map(([, part = '']) => ({
    number: Number(/<PartNumber>(\d+)</.exec(part)?.[1]),
    etag: /<ETag>(.*?)</.exec(part)?.[1]?.replaceAll('&quot;', '"'),
  }));
  const bytes = wanted.map(({ number }) => parts.get(number) ?? Buffer.alloc(0));
  if (wanted.some(({ etag: given }, index) => given !== etag(bytes[index] ?? Buffer.alloc(0))))
    return fault(400, 'InvalidPart');
  if (wanted.some(({ number }, index) => number <= (wanted[index - 1]?.number ?? 0)))
    return fault(400, 'InvalidPartOrder');
  if (bytes.slice(0, -1).some((part) => part.length < MIN_PART_BYTES))
    return fault(400, 'EntityTooSmall');
  uploads.delete(id);
  const whole = Buffer.concat(bytes);
  objects.set(key, { bytes: whole, type: undefined });
  return {
    status: 200,
    headers: { 'content-type': 'application/xml' },
    body: `<CompleteMultipartUploadResult><Bucket>${BUCKET}</Bucket><Key>${key}</Key><ETag>${etag(whole)}</ETag></CompleteMultipartUploadResult>`,
  };
}

function put(state: State, { key, query, headers, body }: Call): Answer {
  if (!query.has('partNumber')) {
    state.objects.set(key, { bytes: body, type: headers['content-type'] });
    return { status: 200, headers: { etag: etag(body) } };
  }
  const parts = state.uploads.get(query.get('uploadId') ?? '');
  if (!parts) return fault(404, 'NoSuchUpload');
  parts.set(Number(query.get('partNumber')), body);
  return { status: 200, headers: { etag: etag(body) } };
}

function post(state: State, call: Call): Answer {
  if (!call.query.has('uploads')) return completeUpload(state, call);
  const id = randomUUID();
  state.uploads.set(id, new Map());
  return {
    status: 200,
    headers: { 'content-type': 'application/xml' },
    body: `<InitiateMultipartUploadResult><Bucket>${BUCKET}</Bucket><Key>${call.key}</Key><UploadId>${id}</UploadId></InitiateMultipartUploadResult>`,
  };
}

function remove({ objects, uploads }: State, { key, query }: Call): Answer {
  const upload = query.get('uploadId');
  if (upload === null) objects.delete(key);
  else uploads.delete(upload);
  return { status: 204 };
}

function answer(state: State, call: Call): Answer {
  if (call.key === '')
    return call.method === 'HEAD' ? { status: 200 } : fault(501, 'NotImplemented');
  const handlers: Record<string, (state: State, call: Call) => Answer> = {
    GET: getObject,
    HEAD: getObject,
    PUT: put,
    POST: post,
    DELETE: remove,
  };
  return handlers[call.method]?.(state, call) ?? fault(405, 'MethodNotAllowed');
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function route(
  request: IncomingMessage,
  body: Buffer,
  context: { state: State; config: S3Config },
): Answer {
  const url = new URL(request.url ?? '/', 'http://s3');
  const [, bucket, ...rest] = decodeURIComponent(url.pathname).split('/');
  if (!isSigned(request, body, context.config)) return fault(403, 'SignatureDoesNotMatch');
  if (bucket !== BUCKET) return fault(404, 'NoSuchBucket');
  const call = {
    method: request.method ?? '',
    key: rest.join('/'),
    query: url.searchParams,
    headers: request.headers,
    body,
  };
  return answer(context.state, call);
}

/** Starts the server on a free port. */
export async function startS3Server(): Promise<S3Server> {
  const state: State = { objects: new Map(), uploads: new Map() };
  const config: S3Config = {
    endpoint: '',
    bucket: BUCKET,
    region: 'us-east-1',
    accessKeyId: 'test-key',
    secretAccessKey: 'test-secret',
  };
  let failing = false;
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await bodyOf(request);
    const result = failing
      ? fault(503, 'ServiceUnavailable')
      : route(request, body, { state, config });
    response.writeHead(result.status, { 'x-amz-request-id': randomUUID(), ...result.headers });
    response.end(result.body);
  };
  const server = createServer((request, response) => {
    serve(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  config.endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    config,
    objects: state.objects,
    openUploads: () => state.uploads.size,
    fail: (value) => {
      failing = value;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}
