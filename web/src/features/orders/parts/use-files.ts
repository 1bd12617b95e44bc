import type { FileView } from '@yingda/contract';
import { uploadFile } from '@yingda/contract';
import { useRef, useState } from 'react';
import { upload } from '../../../lib/api.ts';
import { problemText } from '../../../lib/problems.ts';

export interface Attached {
  key: string;
  name: string;
  size: number;
  /** Share sent, 0 to 1. */
  progress: number;
  file: FileView | null;
  error: string | null;
}
/** As many as one line of an order takes. */
const most = 20;

export interface Files {
  items: readonly Attached[];
  /** Ids of those that are there. */
  ids: string[];
  isBusy: boolean;
  add: (files: Iterable<File>) => void;
  remove: (key: string) => void;
  clear: () => void;
}

/** Files that go with what is being written; they are sent up as soon as they are chosen. `begun`: those of a draft. */
export function useFiles(begun: readonly Attached[] = []): Files {
  const [items, setItems] = useState(begun);
  const sending = useRef(new Map<string, AbortController>());
  const change = (key: string, fields: Partial<Attached>): void =>
    setItems((all) => all.map((item) => (item.key === key ? { ...item, ...fields } : item)));
  const send = async (key: string, file: File): Promise<void> => {
    const stop = new AbortController();
    sending.current.set(key, stop);
    try {
      const stored = await upload(uploadFile, file, {
        signal: stop.signal,
        onProgress: (progress) => change(key, { progress }),
      });
      change(key, { file: stored, progress: 1 });
    } catch (error) {
      if (!stop.signal.aborted) change(key, { error: problemText(error) });
    } finally {
      sending.current.delete(key);
    }
  };
  return {
    items,
    ids: items.flatMap(({ file }) => (file ? [file.id] : [])),
    isBusy: items.some(({ file, error }) => file === null && error === null),
    add: (files) => {
      const fresh = [...files].slice(0, most - items.length);
      const added = fresh.map((file) => ({ key: crypto.randomUUID(), file }));
      setItems((all) => [
        ...all,
        ...added.map(({ key, file: { name, size } }) => ({
          key,
          name,
          size,
          progress: 0,
          file: null,
          error: null,
        })),
      ]);
      for (const { key, file } of added) void send(key, file);
    },
    remove: (key) => {
      sending.current.get(key)?.abort();
      setItems((all) => all.filter((item) => item.key !== key));
    },
    clear: () => setItems([]),
  };
}
