import { useState } from 'react';
import type { KeyboardEvent, ReactNode } from 'react';
import './inline-edit.css';

interface InlineEditProps {
  value: string;
  /** What a screen reader and the hover text call it. */
  label: string;
  placeholder: string;
  type?: 'text' | 'number' | 'date';
  maxLength?: number;
  disabled?: boolean;
  /** Shown instead of the value, for example a date in words. */
  shown?: ReactNode;
  className?: string;
  onSave: (value: string) => void;
}

/** A value that is changed where it stands: Enter or leaving keeps, Esc leaves it as it was. */
export function InlineEdit(props: InlineEditProps): ReactNode {
  const { value, label, placeholder, type = 'text', maxLength = 2000, className = '' } = props;
  const [edited, setEdited] = useState<string | null>(null);
  if (props.disabled === true) return <span className={className}>{props.shown ?? value}</span>;
  if (edited === null) {
    return (
      <button
        type="button"
        className={`yd-inline ${value === '' ? 'is-empty' : ''} ${className}`}
        title={label}
        aria-label={`${label}: ${value === '' ? placeholder : value}`}
        onClick={() => setEdited(value)}
      >
        {value === '' ? placeholder : (props.shown ?? value)}
      </button>
    );
  }
  const keep = (): void => {
    setEdited(null);
    if (edited.trim() !== value) props.onSave(edited.trim());
  };
  const press = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter') keep();
    else if (event.key === 'Escape') setEdited(null);
    else return;
    event.stopPropagation();
  };
  return (
    <input
      className={`yd-inline-field ${className}`}
      type={type}
      step="any"
      aria-label={label}
      placeholder={placeholder}
      // Whoever asked to change it wants to type.
      // oxlint-disable-next-line jsx-a11y/no-autofocus
      autoFocus
      maxLength={maxLength}
      value={edited}
      onChange={(event) => setEdited(event.target.value)}
      onBlur={keep}
      onKeyDown={press}
    />
  );
}
