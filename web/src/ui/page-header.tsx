import type { ReactNode } from 'react';

/** The head of a page: its name, one sentence about it, and what one can do there. */
export function PageHeader({
  title,
  hint,
  children,
}: {
  title: string;
  hint?: ReactNode;
  children?: ReactNode;
}): ReactNode {
  return (
    <header className="yd-page-header">
      <div className="yd-page-header-text">
        <h1>{title}</h1>
        {hint && <p>{hint}</p>}
      </div>
      {children && <div className="yd-page-header-actions">{children}</div>}
    </header>
  );
}
