import type { FileView } from '@yingda/contract';
import { uploadFile } from '@yingda/contract';
import { useSyncExternalStore } from 'react';
import { ProblemError, upload } from '../../../lib/api.ts';
import { problemText } from '../../../lib/problems.ts';

/** A file somebody attached: on its way up, there, or refused. */
export interface Attached {
  key: string;
  name: string;
  size: number;
  /** Address of a picture in this browser, to show it before it is uploaded. */
  preview: string | null;
  /** Share sent, 0 to 1. */
  progress: number;
  file: FileView | null;
  error: string | null;
}

/** A message takes twenty parts: the text and these. */
export const mostFiles = 19;

const none: readonly Attached[] = [];
let byConversation = new Map<string, readonly Attached[]>();
const listeners = new Set<() => void>();
const uploads = new Map<string, AbortController>();

const attachedTo = (id: string): readonly Attached[] => byConversation.get(id) ?? none;

function set(id: string, items: readonly Attached[]): void {
  byConversation = new Map(byConversation).set(id, items);
  for (const listener of listeners) listener();
}

function change(id: string, key: string, fields: Partial<Attached>): void {
  set(
    id,
    attachedTo(id).map((item) => (item.key === key ? { ...item, ...fields } : item)),
  );
}

async function send(id: string, key: string, file: File): Promise<void> {
  const controller = new AbortController();
  uploads.set(key, controller);
  try {
    const stored = await upload(uploadFile, file, {
      signal: controller.signal,
      onProgress: (progress) => change(id, key, { progress }),
    });
    change(id, key, { file: stored, progress: 1 });
  } catch (error) {
    if (error instanceof ProblemError) change(id, key, { error: problemText(error) });
  } finally {
    uploads.delete(key);
  }
}

/** Attaches files to what is being written; they are uploaded at once. */
export function attach(id: string, files: readonly File[]): void {
  const room = mostFiles - attachedTo(id).length;
  for (const file of files.slice(0, room)) {
    const key = crypto.randomUUID();
    const isPicture = file.type.startsWith('image/') && file.type !== 'image/svg+xml';
    const item: Attached = {
      key,
      name: file.name,
      size: file.size,
      preview: isPicture ? URL.createObjectURL(file) : null,
      progress: 0,
      file: null,
      error: null,
    };
    set(id, [...attachedTo(id), item]);
    void send(id, key, file);
  }
}

/** Takes an attachment off again; an upload under way is given up. */
export function detach(id: string, key: string): void {
  uploads.get(key)?.abort();
  for (const item of attachedTo(id)) {
    if (item.key === key && item.preview) URL.revokeObjectURL(item.preview);
  }
  set(
    id,
    attachedTo(id).filter((item) => item.key !== key),
  );
}

export function detachAll(id: string): void {
  for (const { key } of attachedTo(id)) detach(id, key);
}

/** Puts back what was sent and is wanted again. */
export function attachStored(id: string, files: readonly FileView[]): void {
  const items = files.map((file) => ({
    key: file.id,
    name: file.name,
    size: file.size,
    preview: file.width === null ? null : file.url,
    progress: 1,
    file,
    error: null,
  }));
  set(id, [...attachedTo(id), ...items]);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** What is attached to the message being written in a conversation. */
export function useAttached(id: string): readonly Attached[] {
  return useSyncExternalStore(subscribe, () => attachedTo(id));
}
