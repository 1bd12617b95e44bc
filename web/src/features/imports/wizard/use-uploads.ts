import { uploadImportFile } from '@yingda/contract';
import type { ImportFileView } from '@yingda/contract';
import { useEffect, useRef, useState } from 'react';
import { upload } from '../../../lib/api.ts';
import { announce } from '../../../ui/announce.tsx';
import { text } from '../../../lib/i18n.ts';

export interface Upload {
  /** Names it on this page. */
  key: number;
  file: File;
  /** Share sent so far, 0 to 1. */
  share: number;
  view: ImportFileView | null;
  error: unknown;
}

export interface Uploads {
  items: readonly Upload[];
  /** The files that arrived, in the order they were chosen. */
  done: readonly ImportFileView[];
  busy: boolean;
  add: (files: Iterable<File>) => void;
  remove: (key: number) => void;
  retry: (key: number) => void;
}

let lastKey = 0;

/** Sends chosen files, one after the other, so that a slow line shows honest progress. */
export function useUploads(): Uploads {
  const [items, setItems] = useState<readonly Upload[]>([]);
  const running = useRef(new Map<number, AbortController>());
  const queue = useRef<Promise<void>>(Promise.resolve());
  const change = (key: number, more: Partial<Upload>): void =>
    setItems((all) => all.map((one) => (one.key === key ? { ...one, ...more } : one)));

  const run = async (key: number, file: File, control: AbortController): Promise<void> => {
    if (control.signal.aborted) return;
    try {
      const view = await upload(uploadImportFile, file, {
        signal: control.signal,
        onProgress: (share) => change(key, { share }),
      });
      change(key, { view, share: 1 });
      announce(text('imports:files.arrived', { name: file.name }));
    } catch (error) {
      if (!control.signal.aborted) change(key, { error });
    } finally {
      running.current.delete(key);
    }
  };
  const start = (key: number, file: File): void => {
    const control = new AbortController();
    running.current.set(key, control);
    queue.current = queue.current.then(() => run(key, file, control));
  };
  useEffect(() => {
    const { current } = running;
    return () => {
      for (const control of current.values()) control.abort();
    };
  }, []);
  return {
    items,
    done: items.flatMap(({ view }) => view ?? []),
    busy: items.some(({ view, error }) => view === null && error === null),
    add: (files) => {
      for (const file of files) {
        lastKey += 1;
        const key = lastKey;
        setItems((all) => [...all, { key, file, share: 0, view: null, error: null }]);
        start(key, file);
      }
    },
    remove: (key) => {
      running.current.get(key)?.abort();
      setItems((all) => all.filter((one) => one.key !== key));
    },
    retry: (key) => {
      const found = items.find((one) => one.key === key);
      if (!found) return;
      change(key, { share: 0, error: null });
      start(key, found.file);
    },
  };
}
