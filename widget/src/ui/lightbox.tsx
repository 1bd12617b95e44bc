import type { JSX } from 'preact';
import type { FileView } from '../chat/types.ts';
import { useFocusTrap } from './focus.ts';
import { Icon } from './icons.tsx';
import { useUi } from './ui.ts';

export function Lightbox({ file, close }: { file: FileView; close: () => void }): JSX.Element {
  const { t, base } = useUi();
  const ref = useFocusTrap<HTMLDivElement>(close);
  const url = new URL(file.url, base).href;
  return (
    <div
      ref={ref}
      class="lightbox"
      role="dialog"
      aria-modal="true"
      aria-label={t('lightbox.title')}
      tabIndex={-1}
    >
      <button type="button" class="backdrop" tabIndex={-1} aria-hidden="true" onClick={close} />
      <img src={url} alt={file.name} />
      <div class="tools">
        <a
          class="round"
          href={url}
          target="_blank"
          rel="noopener noreferrer"
          aria-label={t('lightbox.download')}
        >
          <Icon name="open" />
        </a>
        <button
          type="button"
          class="round"
          data-first
          aria-label={t('lightbox.close')}
          onClick={close}
        >
          <Icon name="close" />
        </button>
      </div>
    </div>
  );
}
