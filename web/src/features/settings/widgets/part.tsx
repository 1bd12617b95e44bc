import type { ReactNode } from 'react';

/** A part of the editor under its own heading. */
export function Part({
  title,
  hint,
  children,
}: {
  title: string;
  hint?: ReactNode;
  children: ReactNode;
}): ReactNode {
  return (
    <section className="yd-widget-part">
      <h2>{title}</h2>
      {hint && <p className="yd-soft">{hint}</p>}
      {children}
    </section>
  );
}
