import { Button } from 'antd';
import { CloseOutlined } from '@ant-design/icons';
import { useEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useShortcutList, useShortcuts } from '../lib/use-shortcuts.ts';
import { Keys } from './keys.tsx';
import './shortcut-sheet.css';

/** The `?` sheet: every key that works on the page that is open. */
export function ShortcutSheet(): ReactNode {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const dialog = useRef<HTMLDialogElement>(null);
  const list = useShortcutList();
  useShortcuts([
    {
      keys: '?',
      label: 'shortcuts.sheet',
      group: 'shortcuts.everywhere',
      run: () => setOpen(true),
    },
  ]);
  useEffect(() => {
    if (open) dialog.current?.showModal();
    else dialog.current?.close();
  }, [open]);
  const groups = [...new Set(list.map(({ group }) => group))];
  return (
    <dialog
      ref={dialog}
      className="yd-sheet"
      aria-label={t('shortcuts.sheet')}
      onClose={() => setOpen(false)}
    >
      <header>
        <h2>{t('shortcuts.sheet')}</h2>
        <Button
          type="text"
          icon={<CloseOutlined />}
          aria-label={t('close')}
          onClick={() => setOpen(false)}
        />
      </header>
      <div className="yd-sheet-groups">
        {groups.map((group) => (
          <section key={group}>
            <h3>{t(group)}</h3>
            <dl>
              {list
                .filter((shortcut) => shortcut.group === group)
                .map(({ keys, label }) => (
                  <div key={keys}>
                    <dt>{t(label)}</dt>
                    <dd>
                      <Keys keys={keys} />
                    </dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
      </div>
      <p className="yd-soft">{t('shortcuts.hint')}</p>
    </dialog>
  );
}
