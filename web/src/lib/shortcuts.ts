/** One key or combination that does something on the page that is open. */
export interface Shortcut {
  /** `j`, `?`, `/`, `shift+j`, `mod+k` (Ctrl, on a Mac ⌘), `escape`, `mod+enter`. */
  keys: string;
  /** Catalogue keys of what it does and of the group it stands in on the `?` sheet. */
  label: string;
  group: string;
  run: (event: KeyboardEvent) => void;
  /** Also while a field has the focus; combinations with mod always do. */
  inFields?: boolean;
}

interface Combination {
  key: string;
  mod: boolean;
  shift: boolean;
  alt: boolean;
}

/** Reads `mod+shift+k` into its parts. */
export function parseKeys(keys: string): Combination {
  const parts = keys.toLowerCase().split('+');
  return {
    key: parts.at(-1) ?? '',
    mod: parts.includes('mod'),
    shift: parts.includes('shift'),
    alt: parts.includes('alt'),
  };
}

export type KeyPress = Pick<
  KeyboardEvent,
  'key' | 'code' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'
>;

/**
 * The Latin letter of a press: what the layout writes, and where the layout writes none (Cyrillic, an input method
 * that keeps the key to itself) the letter printed at that place.
 */
function letterOf(press: KeyPress): string {
  if (/^[\x20-\x7e]$/.test(press.key)) return press.key.toLowerCase();
  const placed = /^Key([A-Z])$/.exec(press.code);
  if (placed?.[1] && (press.key.length === 1 || press.key === 'Process')) {
    return placed[1].toLowerCase();
  }
  return press.key.toLowerCase();
}

/** Whether a press is the combination. Signs such as `?` say by themselves whether shift is part of them. */
export function matches(press: KeyPress, keys: string): boolean {
  const wanted = parseKeys(keys);
  if (wanted.mod !== (press.ctrlKey || press.metaKey) || wanted.alt !== press.altKey) return false;
  const isSign = /^[^a-z0-9]$/.test(wanted.key);
  if (!isSign && wanted.shift !== press.shiftKey) return false;
  return letterOf(press) === wanted.key;
}

/** True for keys that need no modifier: those may be switched off, and never work inside fields. */
export function isSingle(keys: string): boolean {
  const { key, mod, alt } = parseKeys(keys);
  return !mod && !alt && key.length === 1;
}

function isField(target: EventTarget | null): boolean {
  if (typeof HTMLElement === 'undefined' || !(target instanceof HTMLElement)) return false;
  return (
    target.isContentEditable ||
    ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName) ||
    target.closest('[role="listbox"], [role="menu"], [role="combobox"]') !== null
  );
}

export interface Shortcuts {
  /** Adds shortcuts, the latest winning; returns the removal. */
  add(shortcuts: readonly Shortcut[]): () => void;
  /** Those that work now, without the ones a later one hides. */
  list(): Shortcut[];
  /** Runs what a press means; true when something ran. `inField` is whether it was typed into a field. */
  press(event: KeyboardEvent, inField?: boolean): boolean;
  /** Switches the keys without modifier on or off. */
  allowSingle(allowed: boolean): void;
  /** While paused nothing runs: a dialog is open. */
  pause(): () => void;
  subscribe(hear: () => void): () => void;
}

/** A registry that parts of the page add their keys to while they are shown. */
export function createShortcuts(): Shortcuts {
  let sets: (readonly Shortcut[])[] = [];
  let shown: Shortcut[] = [];
  let singles = true;
  let pauses = 0;
  const watchers = new Set<() => void>();
  const update = (): void => {
    const byKeys = new Map<string, Shortcut>();
    for (const shortcut of sets.flat()) byKeys.set(shortcut.keys.toLowerCase(), shortcut);
    shown = [...byKeys.values()].filter(({ keys }) => singles || !isSingle(keys));
    for (const hear of watchers) hear();
  };
  return {
    add: (shortcuts) => {
      sets = [...sets, shortcuts];
      update();
      return () => {
        sets = sets.filter((set) => set !== shortcuts);
        update();
      };
    },
    list: () => shown,
    press: (event, inField = isField(event.target)) => {
      if (event.isComposing || event.defaultPrevented || pauses > 0) return false;
      const found = shown.find(
        (shortcut) =>
          matches(event, shortcut.keys) &&
          (!inField || shortcut.inFields === true || parseKeys(shortcut.keys).mod),
      );
      if (!found) return false;
      event.preventDefault();
      found.run(event);
      return true;
    },
    allowSingle: (allowed) => {
      singles = allowed;
      update();
    },
    pause: () => {
      pauses += 1;
      let over = false;
      return () => {
        if (!over) pauses -= 1;
        over = true;
      };
    },
    subscribe: (hear) => {
      watchers.add(hear);
      return () => watchers.delete(hear);
    },
  };
}

const isMac = (): boolean =>
  typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.userAgent);

const named: Record<string, string> = {
  escape: 'Esc',
  enter: 'Enter',
  arrowup: '↑',
  arrowdown: '↓',
  arrowleft: '←',
  arrowright: '→',
};

/** How a combination is written on this machine's keyboard: `Ctrl K` or `⌘ K`. */
export function keyCaps(keys: string): string[] {
  const { key, mod, shift, alt } = parseKeys(keys);
  return [
    ...(mod ? [isMac() ? '⌘' : 'Ctrl'] : []),
    ...(alt ? [isMac() ? '⌥' : 'Alt'] : []),
    ...(shift ? [isMac() ? '⇧' : 'Shift'] : []),
    named[key] ?? key.toUpperCase(),
  ];
}
