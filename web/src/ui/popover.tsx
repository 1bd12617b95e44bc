import { useId, useState } from 'react';
import type { ReactNode, ToggleEvent } from 'react';
import './popover.css';

const gap = 4;
const edge = 8;

function place(panel: HTMLElement, button: Element): void {
  const at = button.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = panel;
  const left = Math.min(Math.max(edge, at.left), window.innerWidth - width - edge);
  const fits = at.bottom + gap + height + edge <= window.innerHeight;
  panel.style.left = `${left}px`;
  panel.style.top = `${fits ? at.bottom + gap : Math.max(edge, at.top - gap - height)}px`;
}

/** A button with an explanation behind it, made of the browser's popover; drawn only while it is open. */
export function Popover({
  label,
  button,
  className = '',
  children,
}: {
  /** Name of the button and of what it opens. */
  label: string;
  button: ReactNode;
  className?: string;
  children: () => ReactNode;
}): ReactNode {
  const id = useId();
  const [open, setOpen] = useState(false);
  const before = (event: ToggleEvent<HTMLDivElement>): void => setOpen(event.newState === 'open');
  const after = (event: ToggleEvent<HTMLDivElement>): void => {
    if (event.newState !== 'open') return;
    const opener = document.querySelector(`[popovertarget="${CSS.escape(id)}"]`);
    if (opener) place(event.currentTarget, opener);
  };
  return (
    <>
      <button
        type="button"
        className={`yd-popover-button ${className}`}
        popoverTarget={id}
        aria-label={label}
        aria-expanded={open}
        title={label}
      >
        {button}
      </button>
      <div
        id={id}
        popover="auto"
        role="dialog"
        aria-label={label}
        className="yd-popover"
        onBeforeToggle={before}
        onToggle={after}
      >
        {open && children()}
      </div>
    </>
  );
}
