import { CheckOutlined } from '@ant-design/icons';
import { useEffect, useId, useRef, useState } from 'react';
import type { KeyboardEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from './dialog.tsx';

export interface Option {
  id: string;
  label: string;
  hint?: ReactNode;
  icon?: ReactNode;
  group?: string;
  /** More words it is found by. */
  keywords?: string;
  checked?: boolean;
  disabled?: boolean;
}

interface PickerProps {
  title: string;
  placeholder: string;
  options: readonly Option[];
  anchor?: Element | null;
  /** Answering `stay` keeps the dialog: a second question follows in its place. */
  onPick: (id: string) => 'stay' | void;
  onClose: () => void;
  /** Offers what was typed as a new one; null when it may not be added. */
  create?: (typed: string) => Option | null;
  /** Stays open after a choice: several may be chosen. */
  several?: boolean;
  onTyped?: (typed: string) => void;
  footer?: ReactNode;
}

function matching(options: readonly Option[], typed: string): Option[] {
  const words = typed.trim().toLowerCase().split(/\s+/).filter(Boolean);
  return options.filter(({ label, keywords = '' }) => {
    const text = `${label} ${keywords}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

function Row({
  option,
  id,
  active,
  onHover,
  onPick,
}: {
  option: Option;
  id: string;
  active: boolean;
  onHover: () => void;
  onPick: () => void;
}): ReactNode {
  return (
    // The field owns the list by aria-activedescendant, so rows take no focus of their own.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
    <div
      id={id}
      role="option"
      aria-selected={active}
      aria-disabled={option.disabled === true}
      className="yd-option"
      onMouseMove={onHover}
      onClick={onPick}
    >
      {option.icon !== undefined && <span className="yd-option-icon">{option.icon}</span>}
      <span className="yd-option-label yd-ellipsis">{option.label}</span>
      {option.hint !== undefined && (
        <span className="yd-option-hint yd-ellipsis">{option.hint}</span>
      )}
      {option.checked === true && <CheckOutlined className="yd-option-check" />}
    </div>
  );
}

interface Choosing {
  typed: string;
  found: readonly Option[];
  at: number;
  type: (text: string) => void;
  choose: (index: number) => void;
  pick: (option: Option | undefined) => void;
  press: (event: KeyboardEvent) => void;
}

function useChoosing({
  options,
  onPick,
  onClose,
  create,
  several,
  onTyped,
}: PickerProps): Choosing {
  const [typed, setTyped] = useState('');
  const [chosen, setChosen] = useState(0);
  const made = typed.trim() === '' ? null : (create?.(typed.trim()) ?? null);
  const found = [...matching(options, typed), ...(made ? [made] : [])];
  const at = Math.min(chosen, Math.max(0, found.length - 1));
  const type = (text: string): void => {
    setTyped(text);
    setChosen(0);
    onTyped?.(text);
  };
  const pick = (option: Option | undefined): void => {
    if (!option || option.disabled === true) return;
    if (several === true) type('');
    const answer = onPick(option.id);
    if (several !== true && answer !== 'stay') onClose();
  };
  const press = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    const size = Math.max(1, found.length);
    if (event.key === 'ArrowDown') setChosen((at + 1) % size);
    else if (event.key === 'ArrowUp') setChosen((at - 1 + size) % size);
    else if (event.key === 'Enter') pick(found[at]);
    else return;
    event.preventDefault();
  };
  return { typed, found, at, type, choose: setChosen, pick, press };
}

/** A dialog to choose from a list by typing, arrows and Enter, or by pointing. */
export function Picker(props: PickerProps): ReactNode {
  const { title } = props;
  const { t } = useTranslation('marks');
  const listId = useId();
  const list = useRef<HTMLDivElement>(null);
  const { typed, found, at, type, choose, pick, press } = useChoosing(props);
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [at]);
  return (
    <Dialog label={title} anchor={props.anchor ?? null} onClose={props.onClose}>
      <div className="yd-picker-title">{title}</div>
      <div className="yd-picker-field">
        <input
          // The dialog is opened to type into it.
          // oxlint-disable-next-line jsx-a11y/no-autofocus
          autoFocus
          role="combobox"
          aria-expanded="true"
          aria-controls={listId}
          aria-activedescendant={found[at] ? `${listId}-${at}` : undefined}
          aria-label={title}
          placeholder={props.placeholder}
          maxLength={120}
          value={typed}
          onChange={(event) => type(event.target.value)}
          onKeyDown={press}
        />
      </div>
      <div
        ref={list}
        id={listId}
        role="listbox"
        aria-label={title}
        aria-multiselectable={props.several === true}
        className="yd-picker-list"
      >
        {found.map((option, index) => (
          <div key={option.id} role="presentation">
            {option.group !== undefined && option.group !== found[index - 1]?.group && (
              <div role="presentation" className="yd-picker-group">
                {option.group}
              </div>
            )}
            <Row
              option={option}
              id={`${listId}-${index}`}
              active={index === at}
              onHover={() => choose(index)}
              onPick={() => pick(option)}
            />
          </div>
        ))}
        {found.length === 0 && <p className="yd-picker-none">{t('nothingFits')}</p>}
      </div>
      {props.footer !== undefined && <div className="yd-picker-foot">{props.footer}</div>}
    </Dialog>
  );
}
