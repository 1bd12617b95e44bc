import { useEffect, useEffectEvent, useSyncExternalStore } from 'react';
import { createShortcuts } from './shortcuts.ts';
import type { Shortcut } from './shortcuts.ts';

/** The keys of this tab. */
export const shortcuts = createShortcuts();

/**
 * Adds keys while mounted; `run` sees the latest props. The list itself is read again when `enabled` or the
 * number and names of its keys change.
 */
export function useShortcuts(list: readonly Shortcut[], enabled = true): void {
  const signature = enabled ? list.map(({ keys, label }) => `${keys} ${label}`).join('\n') : '';
  const run = useEffectEvent((keys: string, event: KeyboardEvent) =>
    list.find((shortcut) => shortcut.keys === keys)?.run(event),
  );
  const current = useEffectEvent(() => list);
  useEffect(() => {
    if (signature === '') return undefined;
    return shortcuts.add(
      current().map((shortcut) => ({ ...shortcut, run: (event) => run(shortcut.keys, event) })),
    );
  }, [signature]);
}

/** All keys that work now, for the `?` sheet. */
export function useShortcutList(): Shortcut[] {
  return useSyncExternalStore(shortcuts.subscribe, shortcuts.list);
}

/** Listens to the keyboard; the root of the page calls it once. */
export function useKeyboard(singleKeys: boolean): void {
  useEffect(() => shortcuts.allowSingle(singleKeys), [singleKeys]);
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      // Behind an open dialog a single key would do something nobody sees.
      const dialogs = document.querySelectorAll('[aria-modal="true"], dialog[open]');
      const isCovered = [...dialogs].some((dialog) => dialog.checkVisibility());
      if (!isCovered || event.ctrlKey || event.metaKey) shortcuts.press(event);
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, []);
}
