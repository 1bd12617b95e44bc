import { useEffect, useLayoutEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { shortcuts } from '../lib/use-shortcuts.ts';
import './picker.css';

interface DialogProps {
  label: string;
  /** Element the dialog hangs on; null opens it in the middle of the page. */
  anchor?: Element | null;
  className?: string;
  onClose: () => void;
  children: ReactNode;
}

const margin = 8;

/** Puts the dialog under its anchor, or above it where there is more room. */
function place(dialog: HTMLDialogElement, anchor: Element): void {
  const at = anchor.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = dialog;
  const left = Math.min(Math.max(margin, at.left), window.innerWidth - width - margin);
  const below = at.bottom + 4;
  const fits = below + height + margin <= window.innerHeight;
  const top = fits ? below : Math.max(margin, at.top - height - 4);
  dialog.style.left = `${left}px`;
  dialog.style.top = `${top}px`;
}

/**
 * A small modal dialog of the browser: focus stays inside, Esc and a click beside it close it, and focus goes back to
 * where it was. The keys of the page rest meanwhile.
 */
export function Dialog({
  label,
  anchor = null,
  className = '',
  onClose,
  children,
}: DialogProps): ReactNode {
  const ref = useRef<HTMLDialogElement>(null);
  useEffect(() => shortcuts.pause(), []);
  useLayoutEffect(() => {
    const dialog = ref.current;
    if (!dialog) return undefined;
    const before = document.activeElement;
    dialog.showModal();
    if (anchor) place(dialog, anchor);
    return () => {
      dialog.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, [anchor]);
  return (
    // A click beside the panel closes it; the keyboard has Esc for that.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions
    <dialog
      ref={ref}
      className={`yd-picker ${anchor ? '' : 'is-centred'} ${className}`}
      aria-label={label}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => {
        if (event.target === ref.current) onClose();
      }}
    >
      {children}
    </dialog>
  );
}
