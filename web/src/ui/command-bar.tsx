import { SearchOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useEffect, useId, useRef, useState } from 'react';
import type { KeyboardEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Keys } from './keys.tsx';
import {
  closeCommandBar,
  commandsFor,
  useCommandBarOpen,
  useCommandList,
  useCommandSources,
} from './commands.ts';
import type { Command } from './commands.ts';
import './command-bar.css';

function useFound(words: string): Command[] {
  const all = useCommandList();
  const sources = useCommandSources();
  const later = useDeferredValue(words.trim());
  const { data = [] } = useQuery({
    queryKey: ['command-bar', later, sources.map(({ id }) => id)],
    queryFn: async ({ signal }) => {
      // Waits for a pause in typing; a newer word cancels this one.
      await new Promise((resolve) => setTimeout(resolve, 120));
      if (signal.aborted) return [];
      const found = await Promise.all(
        sources.map((source) => source.search(later, signal).catch(() => [])),
      );
      return found.flat();
    },
    enabled: later.length > 0 && sources.length > 0,
    placeholderData: (before) => before,
    staleTime: 10_000,
  });
  return [...commandsFor(words, all), ...(later === '' ? [] : data)];
}

function Row({
  command,
  id,
  active,
  onHover,
}: {
  command: Command;
  id: string;
  active: boolean;
  onHover: () => void;
}): ReactNode {
  return (
    // The keyboard reaches rows through the field, which owns the list by aria-activedescendant.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
    <div
      id={id}
      role="option"
      aria-selected={active}
      className="yd-command"
      onMouseMove={onHover}
      onClick={() => {
        closeCommandBar();
        command.run();
      }}
    >
      <span className="yd-command-icon" aria-hidden>
        {command.icon}
      </span>
      <span className="yd-ellipsis">{command.label}</span>
      {command.hint && <span className="yd-command-hint yd-ellipsis">{command.hint}</span>}
      {command.keys && <Keys keys={command.keys} />}
    </div>
  );
}

function Panel(): ReactNode {
  const { t } = useTranslation();
  const [words, setWords] = useState('');
  const [chosen, setChosen] = useState(0);
  const listId = useId();
  const list = useRef<HTMLDivElement>(null);
  const found = useFound(words);
  const at = Math.min(chosen, Math.max(0, found.length - 1));
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [at]);
  const move = (by: number): void =>
    setChosen(found.length === 0 ? 0 : (at + by + found.length) % found.length);
  const press = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowDown') move(1);
    else if (event.key === 'ArrowUp') move(-1);
    else if (event.key === 'Enter') {
      closeCommandBar();
      found[at]?.run();
    } else return;
    event.preventDefault();
  };
  return (
    <>
      <label className="yd-command-field">
        <SearchOutlined aria-hidden />
        <input
          // The bar is opened to type into it.
          // oxlint-disable-next-line jsx-a11y/no-autofocus
          autoFocus
          role="combobox"
          aria-expanded="true"
          aria-controls={listId}
          aria-activedescendant={found[at] ? `${listId}-${at}` : undefined}
          aria-label={t('commands.open')}
          placeholder={t('commands.placeholder')}
          value={words}
          maxLength={200}
          onChange={(event) => {
            setWords(event.target.value);
            setChosen(0);
          }}
          onKeyDown={press}
        />
        <kbd>Esc</kbd>
      </label>
      <div ref={list} id={listId} role="listbox" aria-label={t('commands.open')}>
        {found.map((command, index) => (
          <div key={command.id} role="presentation">
            {command.group !== found[index - 1]?.group && (
              <div className="yd-command-group" role="presentation">
                {command.group}
              </div>
            )}
            <Row
              command={command}
              id={`${listId}-${index}`}
              active={index === at}
              onHover={() => setChosen(index)}
            />
          </div>
        ))}
        {found.length === 0 && <p className="yd-command-none">{t('commands.none')}</p>}
      </div>
    </>
  );
}

/** The command bar: a dialog of the browser, so that focus stays inside and Esc closes it. */
export function CommandBar(): ReactNode {
  const open = useCommandBarOpen();
  const dialog = useRef<HTMLDialogElement>(null);
  const { t } = useTranslation();
  useEffect(() => {
    if (open) dialog.current?.showModal();
    else dialog.current?.close();
  }, [open]);
  return (
    // A click beside the panel closes it; the keyboard has Esc for that.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions
    <dialog
      ref={dialog}
      className="yd-command-bar"
      aria-label={t('commands.open')}
      onClose={closeCommandBar}
      onClick={(event) => {
        if (event.target === dialog.current) closeCommandBar();
      }}
    >
      {open && <Panel />}
    </dialog>
  );
}
