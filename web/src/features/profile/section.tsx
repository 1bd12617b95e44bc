import type { ReactNode } from 'react';
import './profile.css';

/** A part of the profile: what it is on the left, what one can do on the right. */
export function Section({
  title,
  hint,
  children,
}: {
  title: string;
  hint?: ReactNode;
  children: ReactNode;
}): ReactNode {
  return (
    <section className="yd-section">
      <div className="yd-section-head">
        <h2>{title}</h2>
        {hint && <p>{hint}</p>}
      </div>
      <div className="yd-section-body">{children}</div>
    </section>
  );
}

/** One choice with its explanation, the control at the right. */
export function Choice({
  label,
  hint,
  htmlFor,
  children,
}: {
  label: string;
  hint?: string;
  htmlFor?: string;
  children: ReactNode;
}): ReactNode {
  return (
    <div className="yd-choice">
      <div>
        <label htmlFor={htmlFor}>{label}</label>
        {hint && <p>{hint}</p>}
      </div>
      {children}
    </div>
  );
}
