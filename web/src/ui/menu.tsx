import { cloneElement, useId, useRef, useState } from 'react';
import type { KeyboardEvent, ReactElement, ReactNode, ToggleEvent } from 'react';
import './menu.css';

/** A line of a menu: a deed, a heading over the following deeds, or a rule between them. */
export type MenuItem<K extends string = string> =
  | { key: K; label: ReactNode; icon?: ReactNode; disabled?: boolean; checked?: boolean }
  | { heading: ReactNode }
  | 'rule';

export interface MenuProps<K extends string> {
  items: readonly MenuItem<K>[];
  onChoose: (key: K) => void;
  /** The button that opens it. */
  children: ReactElement<ButtonAttributes>;
}
interface ButtonAttributes {
  popoverTarget?: string;
  'aria-haspopup'?: 'menu';
  'aria-expanded'?: boolean;
}

const gap = 4;
const edge = 8;

/** Under its button, flush with the side that has room; above it where the page ends. */
function place(menu: HTMLElement, button: Element): void {
  const at = button.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = menu;
  const isRight = at.left + width + edge > window.innerWidth;
  const left = isRight ? at.right - width : at.left;
  const fits = at.bottom + gap + height + edge <= window.innerHeight;
  menu.style.left = `${Math.max(edge, left)}px`;
  menu.style.top = `${fits ? at.bottom + gap : Math.max(edge, at.top - gap - height)}px`;
}

const deedsOf = (menu: HTMLElement): HTMLElement[] => [
  ...menu.querySelectorAll<HTMLElement>('[role^="menuitem"]:not(:disabled)'),
];

/** Arrows, Home and End move inside the menu; the browser does Esc, Enter and the way back to the button. */
function move(event: KeyboardEvent<HTMLElement>): void {
  const deeds = deedsOf(event.currentTarget);
  const now = deeds.findIndex((deed) => deed === document.activeElement);
  const steps: Record<string, number> = {
    ArrowDown: (now + 1) % deeds.length,
    ArrowUp: (now - 1 + deeds.length) % deeds.length,
    Home: 0,
    End: deeds.length - 1,
  };
  const next = steps[event.key];
  if (next === undefined) return;
  event.preventDefault();
  deeds[next]?.focus();
}

function Line<K extends string>({
  item,
  onChoose,
}: {
  item: MenuItem<K>;
  onChoose: (key: K) => void;
}): ReactNode {
  if (item === 'rule') return <hr />;
  if ('heading' in item) {
    return (
      <div className="yd-menu-heading" role="presentation">
        {item.heading}
      </div>
    );
  }
  const { key, label, icon, disabled = false, checked } = item;
  return (
    <button
      type="button"
      role={checked === undefined ? 'menuitem' : 'menuitemradio'}
      aria-checked={checked}
      tabIndex={-1}
      disabled={disabled}
      onClick={() => onChoose(key)}
    >
      {icon}
      <span>{label}</span>
    </button>
  );
}

/** A menu under a button, made of the browser's popover: light, over everything, closed by Esc or a click beside it. */
export function Menu<K extends string>({ items, onChoose, children }: MenuProps<K>): ReactNode {
  const id = useId();
  const menu = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);
  const toggled = (event: ToggleEvent<HTMLDivElement>): void => {
    const isOpen = event.newState === 'open';
    setOpen(isOpen);
    if (!isOpen) return;
    const button = document.querySelector(`[popovertarget="${CSS.escape(id)}"]`);
    if (button) place(event.currentTarget, button);
    deedsOf(event.currentTarget)[0]?.focus();
  };
  return (
    <>
      {cloneElement(children, {
        popoverTarget: id,
        'aria-haspopup': 'menu',
        'aria-expanded': open,
      })}
      <div
        ref={menu}
        id={id}
        popover="auto"
        role="menu"
        tabIndex={-1}
        className="yd-menu"
        onToggle={toggled}
        onKeyDown={move}
      >
        {items.map((item, at) => (
          <Line
            // oxlint-disable-next-line react/no-array-index-key -- headings and rules have no other name.
            key={typeof item === 'object' && 'key' in item ? item.key : at}
            item={item}
            onChoose={(key) => {
              menu.current?.hidePopover();
              onChoose(key);
            }}
          />
        ))}
      </div>
    </>
  );
}
