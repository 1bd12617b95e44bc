/**
 * A visitor's things that outlive the page. Where the browser refuses storage (private windows, sandboxed frames, a
 * full quota) they live as long as the page does, and nothing else changes.
 */
export interface Memory {
  get: (name: string) => string | null;
  set: (name: string, value: string | null) => void;
  names: () => string[];
  /** Calls back when another tab changed something. */
  onForeignChange: (listener: (name: string) => void) => void;
}

export function openMemory(prefix: string): Memory {
  const here = new Map<string, string>();
  const attempt = <T>(work: () => T, otherwise: T): T => {
    try {
      return work();
    } catch {
      return otherwise;
    }
  };
  return {
    get: (name) => here.get(name) ?? attempt(() => localStorage.getItem(prefix + name), null),
    set(name, value) {
      here.delete(name);
      const kept = attempt(() => {
        if (value === null) localStorage.removeItem(prefix + name);
        else localStorage.setItem(prefix + name, value);
        return true;
      }, false);
      if (!kept && value !== null) here.set(name, value);
    },
    names: () => [
      ...here.keys(),
      ...attempt(() => Object.keys(localStorage), [])
        .filter((key) => key.startsWith(prefix))
        .map((key) => key.slice(prefix.length)),
    ],
    onForeignChange(listener) {
      addEventListener('storage', (event) => {
        if (event.key?.startsWith(prefix)) listener(event.key.slice(prefix.length));
      });
    },
  };
}
