import type { Readable } from 'node:stream';

/** What is known of a file before its bytes are: the sender's words, neither of them trusted. */
export type FileDescription = { name: string; mime: string; maxBytes: number };

/** A file as stored. */
export type StoredFile = {
  /** Where the store keeps it; 32 hexadecimal digits, not guessable. */
  key: string;
  /** Bytes. */
  size: number;
  sha256: string;
  /** The type its bytes show; the sender's word only where bytes tell nothing and the type is harmless. */
  mime: string;
  /** Pixels, as shown (turned as the camera says); null for what is no image. */
  width: number | null;
  height: number | null;
};

/** Part of a file: the bytes from `start` to `end`, both included. */
export type ByteRange = { start: number; end: number };

/** Where uploads are kept. */
export type FileStore = {
  /**
   * Keeps the bytes; they are safe on disk when this resolves, and nothing is left when it rejects. Problems:
   * `file.too_large`, `server.disk_full`, `server.unavailable`.
   */
  put(source: Readable | Uint8Array, description: FileDescription): Promise<StoredFile>;
  /** The bytes, or a part of them. Problem: `file.not_found`. */
  get(key: string, range?: ByteRange): Promise<Readable>;
  /** Forgets a file; one that is not there is no fault. */
  delete(key: string): Promise<void>;
  /** Throws when the store cannot be used now. */
  check(): Promise<void>;
};

/** True for keys that a store made; anything else could point outside of it. */
export function isFileKey(key: string): boolean {
  return /^[0-9a-f]{32}$/.test(key);
}
