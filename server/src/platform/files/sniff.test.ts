import fc from 'fast-check';
import { deflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { imageSize } from './image-size.ts';
import { rangeOf, serveHeaders } from './serve.ts';
import { sniff, trueType } from './sniff.ts';

const latin = (text: string): Buffer => Buffer.from(text, 'latin1');

function png(width: number, height: number): Buffer {
  const size = Buffer.alloc(8);
  size.writeUInt32BE(width, 0);
  size.writeUInt32BE(height, 4);
  return Buffer.concat([
    latin('\x89PNG\r\n\x1a\n\0\0\0\rIHDR'),
    size,
    latin('\x08\x02\0\0\0'),
    deflateSync(''),
  ]);
}

function segment(marker: number, body: Buffer): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([head, body]);
}

function exif(orientation: number): Buffer {
  const tiff = Buffer.from([
    0x49,
    0x49,
    42,
    0,
    8,
    0,
    0,
    0,
    1,
    0,
    0x12,
    1,
    3,
    0,
    1,
    0,
    0,
    0,
    orientation,
    0,
    0,
    0,
  ]);
  return segment(0xe1, Buffer.concat([latin('Exif\0\0'), tiff]));
}

function jpeg(width: number, height: number, orientation = 1): Buffer {
  const frame = Buffer.from([8, height >> 8, height & 255, width >> 8, width & 255, 3]);
  const profile = segment(0xe2, Buffer.alloc(60_000));
  return Buffer.concat([
    latin('\xff\xd8'),
    exif(orientation),
    profile,
    segment(0xc4, Buffer.alloc(20)),
    segment(0xc2, frame),
  ]);
}

describe('types', () => {
  test.each([
    ['image/png', png(1, 1)],
    ['image/jpeg', jpeg(1, 1)],
    ['image/gif', latin('GIF87a')],
    ['image/webp', latin('RIFF\x1a\0\0\0WEBPVP8L')],
    ['application/pdf', latin('%PDF-1.7')],
    ['application/zip', latin('PK\x03\x04')],
    ['audio/mpeg', latin('ID3\x04')],
    ['audio/mpeg', latin('\xff\xfb\x90\x64')],
    ['audio/ogg', latin('OggS\0\x02OpusHead')],
    ['video/webm', latin('\x1aE\xdf\xa3\x9fB\x86\x81\x01B\x82\x84webm')],
    ['video/mp4', latin('\0\0\0\x20ftypisom')],
    ['video/quicktime', latin('\0\0\0\x14ftypqt  ')],
    ['audio/amr', latin('#!AMR\n')],
    ['image/svg+xml', latin('\xef\xbb\xbf <?xml version="1.0"?>\n<svg xmlns="">')],
    ['text/html', latin('\n<!DOCTYPE HTML><script>')],
    ['audio/wav', latin('RIFF\0\0\0\0WAVEfmt ')],
  ])('%s is known by its bytes', (mime, bytes) => expect(sniff(bytes)).toBe(mime));

  test('the sender is believed only about containers and plain text', () => {
    const sheet = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
    expect(trueType(latin('PK\x03\x04'), sheet)).toBe(sheet);
    expect(trueType(latin('PK\x03\x04'), 'image/png')).toBe('application/zip');
    expect(trueType(latin('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'), 'application/msword')).toBe(
      'application/msword',
    );
    expect(trueType(latin('a,b'), 'text/csv; charset=utf-8')).toBe('text/csv');
    expect(trueType(latin('alert(1)'), 'text/javascript')).toBe('application/octet-stream');
    expect(trueType(latin('hello'), 'image/png')).toBe('application/octet-stream');
    expect(trueType(latin('<svg onload="x">'), 'image/png')).toBe('image/svg+xml');
  });
});

describe('image sizes', () => {
  test('are read from all four formats', () => {
    expect(imageSize(png(640, 480), 'image/png')).toEqual({ width: 640, height: 480 });
    expect(imageSize(jpeg(640, 480), 'image/jpeg')).toEqual({ width: 640, height: 480 });
    expect(imageSize(latin('GIF89a\x80\x02\xe0\x01\0\0\0'), 'image/gif')).toEqual({
      width: 640,
      height: 480,
    });
    const extended = latin('RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\x7f\x02\0\xdf\x01\0');
    expect(imageSize(extended, 'image/webp')).toEqual({ width: 640, height: 480 });
    const lossy = latin('RIFF\0\0\0\0WEBPVP8 \0\0\0\0\0\0\0\x9d\x01\x2a\x80\x02\xe0\x01');
    expect(imageSize(lossy, 'image/webp')).toEqual({ width: 640, height: 480 });
    const lossless = latin('RIFF\0\0\0\0WEBPVP8L\0\0\0\0\x2f\x7f\xc2\x77\0\0');
    expect(imageSize(lossless, 'image/webp')).toEqual({ width: 640, height: 480 });
  });

  test('follow the way the camera was held', () => {
    expect(imageSize(jpeg(640, 480, 6), 'image/jpeg')).toEqual({ width: 480, height: 640 });
    expect(imageSize(jpeg(640, 480, 3), 'image/jpeg')).toEqual({ width: 640, height: 480 });
  });

  test('of cut or broken files are unknown, never an error', () => {
    const whole = [
      png(9, 9),
      jpeg(9, 9, 6),
      latin('GIF89a\x09\0\x09\0'),
      latin('RIFF\0\0\0\0WEBPVP8X'),
    ];
    const types = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'];
    const anyBytes = fc.oneof(
      fc
        .constantFrom(...whole)
        .chain((bytes) => fc.nat(bytes.length).map((end) => bytes.subarray(0, end))),
      fc
        .tuple(fc.constantFrom(...whole), fc.uint8Array())
        .map(([bytes, rest]) => Buffer.concat([bytes.subarray(0, 30), rest])),
      fc.uint8Array(),
    );
    fc.assert(
      fc.property(anyBytes, fc.constantFrom(...types), (bytes, type) => {
        expect(['object', 'undefined']).toContain(typeof imageSize(bytes, type));
        expect(['string', 'undefined']).toContain(typeof sniff(bytes));
      }),
      { numRuns: 1000 },
    );
  });
});

describe('serving', () => {
  test('shows pictures and saves everything else, inert', () => {
    const picture = serveHeaders({ name: '截图.png', mime: 'image/png', sha256: 'ab' });
    expect(picture).toMatchObject({
      'content-type': 'image/png',
      'content-disposition': `inline; filename="__.png"; filename*=UTF-8''%E6%88%AA%E5%9B%BE.png`,
      'x-content-type-options': 'nosniff',
      'content-security-policy': "sandbox; default-src 'none'",
      etag: '"ab"',
    });
    for (const mime of [
      'image/svg+xml',
      'text/html',
      'application/xml',
      'application/xhtml+xml',
      'text/javascript',
    ]) {
      const headers = serveHeaders({ name: 'a', mime });
      expect(headers['content-type']).toBe('application/octet-stream');
      expect(headers['content-disposition']).toMatch(/^attachment/);
    }
    expect(serveHeaders({ name: 'a.pdf', mime: 'application/pdf' })['content-disposition']).toMatch(
      /^attachment/,
    );
  });

  test('a name cannot break out of its header', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        const value = serveHeaders({ name, mime: 'text/plain' })['content-disposition'] ?? '';
        expect(value).toMatch(/^attachment; filename="[^"\\%;]*"; filename\*=UTF-8''[\w.~%$&+-]+$/);
        expect(new Headers({ a: value }).get('a')).toBe(value);
      }),
    );
    const long = serveHeaders({ name: `a\r\nSet-Cookie: x\u202Egnp.exe`, mime: 'text/plain' });
    expect(long['content-disposition']).toContain(`filename="aSet-Cookie_ xgnp.exe"`);
  });

  test('understands the ranges that players ask for', () => {
    expect(rangeOf(undefined, 10)).toBeUndefined();
    expect(rangeOf('bytes=0-', 10)).toEqual({ start: 0, end: 9 });
    expect(rangeOf('bytes=2-4', 10)).toEqual({ start: 2, end: 4 });
    expect(rangeOf('bytes=2-99', 10)).toEqual({ start: 2, end: 9 });
    expect(rangeOf('bytes=-3', 10)).toEqual({ start: 7, end: 9 });
    expect(rangeOf('bytes=10-', 10)).toBeNull();
    expect(rangeOf('bytes=0-1,4-5', 10)).toBeUndefined();
  });
});
