/** A value that tells its watchers when it is replaced. */
export interface Store<T> {
  get: () => T;
  /** Replaces the fields named; watchers hear it once per turn of the event loop. */
  set: (patch: Partial<T>) => void;
  watch: (listener: (now: T) => void) => () => void;
}

export function createStore<T extends object>(initial: T): Store<T> {
  let value = initial;
  let announced = true;
  const listeners = new Set<(now: T) => void>();
  const announce = (): void => {
    announced = true;
    for (const listener of listeners) listener(value);
  };
  return {
    get: () => value,
    set(patch) {
      value = { ...value, ...patch };
      if (!announced) return;
      announced = false;
      queueMicrotask(announce);
    },
    watch(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
