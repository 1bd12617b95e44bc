/** Files that wait to be sent, kept beside the page's memory because that holds text only. */
export interface Blobs {
  put: (key: string, blob: Blob) => Promise<void>;
  get: (key: string) => Promise<Blob | undefined>;
  remove: (key: string) => void;
}

function opened(name: string): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, 1);
    request.onupgradeneeded = () => request.result.createObjectStore('file');
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(new Error('no database'));
    request.onblocked = request.onerror;
  });
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(new Error('not stored'));
  });
}

/** Without a database (private windows of some browsers) files live as long as the page. */
export function openBlobs(name: string): Blobs {
  const here = new Map<string, Blob>();
  let database: Promise<IDBDatabase> | undefined;
  const store = async (mode: IDBTransactionMode): Promise<IDBObjectStore> => {
    database ??= opened(name);
    return (await database).transaction('file', mode).objectStore('file');
  };
  return {
    async put(key, blob) {
      here.set(key, blob);
      await store('readwrite').then(
        (files) => settled(files.put(blob, key)),
        () => undefined,
      );
    },
    async get(key) {
      const held = here.get(key);
      if (held) return held;
      try {
        const found: unknown = await settled((await store('readonly')).get(key));
        return found instanceof Blob ? found : undefined;
      } catch {
        return undefined;
      }
    },
    remove(key) {
      here.delete(key);
      store('readwrite').then(
        (files) => files.delete(key),
        () => undefined,
      );
    },
  };
}
