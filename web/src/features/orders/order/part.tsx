import type { ReactNode } from 'react';

/** A part of what stands beside the form: its name, what can be done with it, and what it holds. */
export function Part({
  title,
  deed,
  children,
}: {
  title: string;
  deed?: ReactNode;
  children: ReactNode;
}): ReactNode {
  return (
    <section className="yd-side-part" aria-label={title}>
      <header>
        <h2>{title}</h2>
        {deed}
      </header>
      {children}
    </section>
  );
}
