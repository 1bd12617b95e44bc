import { useEffect, useRef } from 'preact/hooks';

const focusable =
  'button:not(:disabled), a[href], input:not(:disabled):not([type=file]), select, textarea, [tabindex="0"]';

function visible(element: HTMLElement): boolean {
  return element.getClientRects().length > 0;
}

/**
 * Keeps the Tab key inside the element while it is shown and calls `leave` on Escape. Focus goes in when it appears and
 * back to where it was when it goes.
 */
export function useFocusTrap<T extends HTMLElement>(leave: () => void): { current: T | null } {
  const ref = useRef<T>(null);
  const leaving = useRef(leave);
  leaving.current = leave;
  useEffect(() => {
    const element = ref.current;
    if (!element) return undefined;
    const root = element.getRootNode() as ShadowRoot;
    const before = root.activeElement;
    const onKey = (event: KeyboardEvent): void => {
      if (event.isComposing || (event.key !== 'Escape' && event.key !== 'Tab')) return;
      // A question inside the panel keeps its keys to itself.
      event.stopPropagation();
      if (event.key === 'Escape') leaving.current();
      else turn(event, element, root);
    };
    element.addEventListener('keydown', onKey);
    if (!element.contains(root.activeElement)) {
      (element.querySelector<HTMLElement>('[data-first]') ?? element).focus({
        preventScroll: true,
      });
    }
    return () => {
      element.removeEventListener('keydown', onKey);
      if (before instanceof HTMLElement) before.focus({ preventScroll: true });
    };
  }, []);
  return ref;
}

function turn(event: KeyboardEvent, element: HTMLElement, root: ShadowRoot): void {
  const all = [...element.querySelectorAll<HTMLElement>(focusable)].filter(visible);
  const [first, last] = [all[0], all.at(-1)];
  const edge = event.shiftKey ? first : last;
  if (root.activeElement !== edge && root.activeElement !== element) return;
  event.preventDefault();
  (event.shiftKey ? last : first)?.focus();
}

/** While `isOpen`, calls `close` on a press outside the element or Escape in it. */
export function useDismiss<T extends HTMLElement>(
  isOpen: boolean,
  close: () => void,
): { current: T | null } {
  const ref = useRef<T>(null);
  const opened = useRef(isOpen);
  opened.current = isOpen;
  const closing = useRef(close);
  closing.current = close;
  useEffect(() => {
    const element = ref.current;
    const onPress = (event: Event): void => {
      if (element && !event.composedPath().includes(element)) closing.current();
    };
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || !opened.current) return;
      event.stopPropagation();
      closing.current();
    };
    addEventListener('pointerdown', onPress, true);
    element?.addEventListener('keydown', onKey);
    return () => {
      removeEventListener('pointerdown', onPress, true);
      element?.removeEventListener('keydown', onKey);
    };
  }, []);
  return ref;
}
