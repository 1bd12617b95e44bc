import { RightOutlined } from '@ant-design/icons';
import type { ReactNode } from 'react';
import { useStored } from '../lib/use-stored.ts';
import './fold.css';

const asBoolean = (value: unknown): boolean | null => (typeof value === 'boolean' ? value : null);

/** A section that opens and closes, and stays so on this browser. Its content is drawn only while it is open. */
export function Fold({
  name,
  title,
  initiallyOpen = true,
  children,
}: {
  name: string;
  title: string;
  initiallyOpen?: boolean;
  children: ReactNode;
}): ReactNode {
  const [isOpen, setOpen] = useStored(`fold.${name}`, initiallyOpen, asBoolean);
  return (
    <section className="yd-fold">
      <h3>
        <button type="button" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          <RightOutlined aria-hidden />
          {title}
        </button>
      </h3>
      {isOpen && <div className="yd-fold-body">{children}</div>}
    </section>
  );
}
