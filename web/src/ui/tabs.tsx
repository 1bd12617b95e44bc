import { useId, useState } from 'react';
import type { KeyboardEvent, ReactNode } from 'react';
import './tabs.css';

export interface Tab {
  key: string;
  label: string;
  /** Drawn when the tab is first opened; what was typed stays when another is looked at. */
  content: ReactNode;
}

/** Tabs that scroll sideways where they do not fit; arrows, Home and End go between them. */
export function Tabs({ label, tabs }: { label: string; tabs: readonly Tab[] }): ReactNode {
  const id = useId();
  const [current, setCurrent] = useState(tabs[0]?.key ?? '');
  const [opened, setOpened] = useState<ReadonlySet<string>>(() => new Set([current]));
  const open = (key: string): void => {
    setCurrent(key);
    setOpened(new Set([...opened, key]));
  };
  const move = (event: KeyboardEvent): void => {
    const at = tabs.findIndex(({ key }) => key === current);
    const steps: Record<string, number> = {
      ArrowRight: (at + 1) % tabs.length,
      ArrowLeft: (at - 1 + tabs.length) % tabs.length,
      Home: 0,
      End: tabs.length - 1,
    };
    const next = tabs[steps[event.key] ?? -1];
    if (!next) return;
    event.preventDefault();
    open(next.key);
    document.getElementById(`${id}-tab-${next.key}`)?.focus();
  };
  return (
    <>
      <div role="tablist" aria-label={label} tabIndex={-1} className="yd-tabs" onKeyDown={move}>
        {tabs.map((tab) => (
          <button
            key={tab.key}
            type="button"
            role="tab"
            id={`${id}-tab-${tab.key}`}
            aria-selected={tab.key === current}
            aria-controls={`${id}-panel-${tab.key}`}
            tabIndex={tab.key === current ? 0 : -1}
            onClick={() => open(tab.key)}
          >
            {tab.label}
          </button>
        ))}
      </div>
      {tabs.map((tab) => (
        <div
          key={tab.key}
          role="tabpanel"
          id={`${id}-panel-${tab.key}`}
          aria-labelledby={`${id}-tab-${tab.key}`}
          hidden={tab.key !== current}
        >
          {opened.has(tab.key) && tab.content}
        </div>
      ))}
    </>
  );
}
