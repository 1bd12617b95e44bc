export type ImageSize = { width: number; height: number };

type Reader = (bytes: Buffer) => ImageSize | undefined;

const png: Reader = (bytes) =>
  bytes.toString('latin1', 12, 16) === 'IHDR'
    ? { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) }
    : undefined;

const gif: Reader = (bytes) => ({ width: bytes.readUInt16LE(6), height: bytes.readUInt16LE(8) });

/** The three forms of RFC 9649: extended, lossless, lossy. */
const webp: Reader = (bytes) => {
  const form = bytes.toString('latin1', 12, 16);
  if (form === 'VP8X')
    return { width: bytes.readUIntLE(24, 3) + 1, height: bytes.readUIntLE(27, 3) + 1 };
  if (form === 'VP8L') {
    const packed = bytes.readUInt32LE(21);
    return { width: (packed & 0x3fff) + 1, height: ((packed >> 14) & 0x3fff) + 1 };
  }
  if (form !== 'VP8 ') return undefined;
  return { width: bytes.readUInt16LE(26) & 0x3fff, height: bytes.readUInt16LE(28) & 0x3fff };
};

/** True when the camera was held sideways: orientation 5 to 8 in the first directory of the Exif segment. */
function isTurned(segment: Buffer): boolean {
  if (segment.toString('latin1', 0, 6) !== 'Exif\0\0') return false;
  const tiff = segment.subarray(6);
  const little = tiff.toString('latin1', 0, 2) === 'II';
  const short = (at: number): number => (little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
  const directory = little ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4);
  const entries = short(directory);
  for (let index = 0; index < entries; index += 1) {
    const entry = directory + 2 + index * 12;
    if (short(entry) === 0x0112) return short(entry + 8) >= 5;
  }
  return false;
}

function isTurnedOrBroken(segment: Buffer): boolean {
  try {
    return isTurned(segment);
  } catch {
    // A broken Exif segment does not stop a browser from showing the image.
    return false;
  }
}

/** Walks the segments to the start of frame (SOF0 to SOF15, without the tables C4, C8, CC). */
const jpeg: Reader = (bytes) => {
  let turned = false;
  let at = 2;
  for (;;) {
    if (bytes.readUInt8(at) !== 0xff) return undefined;
    const marker = bytes.readUInt8(at + 1);
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const length = bytes.readUInt16BE(at + 2);
    if (marker === 0xe1) turned ||= isTurnedOrBroken(bytes.subarray(at + 4, at + 2 + length));
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      const [height, width] = [bytes.readUInt16BE(at + 5), bytes.readUInt16BE(at + 7)];
      return turned ? { width: height, height: width } : { width, height };
    }
    if (marker === 0xda || length < 2) return undefined;
    at += 2 + length;
  }
};

const READERS: Record<string, Reader> = {
  'image/png': png,
  'image/gif': gif,
  'image/webp': webp,
  'image/jpeg': jpeg,
};

/**
 * Width and height in pixels as a browser shows them, from the first bytes of a file; undefined when the type is no
 * image we read, or the header is broken or further in than the bytes given.
 */
export function imageSize(bytes: Uint8Array, mime: string): ImageSize | undefined {
  const read = READERS[mime];
  if (!read) return undefined;
  try {
    const size = read(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    return size && size.width > 0 && size.height > 0 ? size : undefined;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
