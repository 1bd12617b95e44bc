import { useState } from 'react';
import type { KeyboardEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { emojiGroups } from '../model/emoji.ts';
import { Dialog } from '../../../ui/dialog.tsx';

const columns = 8;
const steps: Record<string, number> = {
  ArrowRight: 1,
  ArrowLeft: -1,
  ArrowDown: columns,
  ArrowUp: -columns,
};

/** Arrow keys walk through the grid; from the search field down leads into it. */
function walk(event: KeyboardEvent<HTMLElement>): void {
  const step = steps[event.key];
  if (step === undefined) return;
  const buttons = [...event.currentTarget.querySelectorAll<HTMLElement>('button')];
  const at = buttons.findIndex((button) => button === document.activeElement);
  if (at === -1 && event.key !== 'ArrowDown') return;
  const next = buttons[at === -1 ? 0 : at + step];
  event.preventDefault();
  if (next) next.focus();
  else if (step < 0) event.currentTarget.querySelector('input')?.focus();
}

/** Chooses an emoji by pointing, by arrows, or by its name. */
export function EmojiDialog({
  anchor,
  onPick,
  onClose,
}: {
  anchor: Element;
  onPick: (emoji: string) => void;
  onClose: () => void;
}): ReactNode {
  const { t } = useTranslation('desk');
  const [typed, setTyped] = useState('');
  const wanted = typed.trim().toLowerCase();
  const groups = emojiGroups
    .map(({ group, emoji }) => ({
      group,
      emoji: emoji.filter(([name]) => t(`emoji.${name}`).toLowerCase().includes(wanted)),
    }))
    .filter(({ emoji }) => emoji.length > 0);
  return (
    <Dialog label={t('composer.emoji')} anchor={anchor} className="yd-emoji" onClose={onClose}>
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions */}
      <div onKeyDown={walk} className="yd-emoji-body">
        <div className="yd-picker-field">
          <input
            // The dialog is opened to find something.
            // oxlint-disable-next-line jsx-a11y/no-autofocus
            autoFocus
            aria-label={t('composer.emojiSearch')}
            placeholder={t('composer.emojiSearch')}
            value={typed}
            maxLength={40}
            onChange={(event) => setTyped(event.target.value)}
          />
        </div>
        <div className="yd-emoji-list">
          {groups.map(({ group, emoji }) => (
            <section key={group} aria-label={t(`emojiGroup.${group}`)}>
              <h3>{t(`emojiGroup.${group}`)}</h3>
              <div className="yd-emoji-grid">
                {emoji.map(([name, sign]) => (
                  <button
                    key={name}
                    type="button"
                    title={t(`emoji.${name}`)}
                    aria-label={t(`emoji.${name}`)}
                    onClick={() => {
                      onPick(sign);
                      onClose();
                    }}
                  >
                    {sign}
                  </button>
                ))}
              </div>
            </section>
          ))}
          {groups.length === 0 && <p className="yd-picker-none">{t('marks:nothingFits')}</p>}
        </div>
      </div>
    </Dialog>
  );
}
