import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { keep, kept } from '../lib/storage.ts';
import { usePage } from '../page.ts';
import { useDeed } from '../use-deed.ts';
import type { Chosen, Files as FilesOf } from './use-files.ts';
import { useFiles } from './use-files.ts';

function ChosenFile({ chosen, onRemove }: { chosen: Chosen; onRemove: () => void }): JSX.Element {
  const { t } = usePage();
  const { name, share, file, problem } = chosen;
  const state = file ? '' : t('talk.sending', { share: Math.round(share * 100) });
  return (
    <li class={problem ? 'is-refused' : ''}>
      <span>{name}</span>
      <span role={problem ? 'alert' : undefined}>{problem || state}</span>
      <button type="button" aria-label={t('talk.remove', { name })} onClick={onRemove}>
        ×
      </button>
    </li>
  );
}

function Files({ files }: { files: FilesOf }): JSX.Element {
  const { t } = usePage();
  return (
    <>
      {files.files.length > 0 && (
        <ul class="chosen">
          {files.files.map((chosen) => (
            <ChosenFile
              key={chosen.key}
              chosen={chosen}
              onRemove={() => files.remove(chosen.key)}
            />
          ))}
        </ul>
      )}
      <label class="attach">
        <input
          type="file"
          multiple
          onChange={(event) => {
            files.choose(event.currentTarget.files);
            event.currentTarget.value = '';
          }}
        />
        {`+ ${t('talk.attach')}`}
      </label>
    </>
  );
}

/** A text that stays with the browser until it is sent. */
function useDraft(name: string) {
  const { token } = usePage();
  const key = `yingda.${name}.${token.slice(-32)}`;
  const [text, setText] = useState(() => kept(key) ?? '');
  return {
    text,
    write: (typed: string): void => {
      setText(typed);
      keep(key, typed);
    },
  };
}

interface Props {
  deed: 'add' | 'reject';
  label: string;
  children?: ComponentChildren;
  onDone?: () => void;
}

/** What the customer writes and adds: nothing typed is lost when the phone drops the page. */
export function Writing({ deed, label, children, onDone }: Props): JSX.Element {
  const { t } = usePage();
  const { text, write } = useDraft(deed);
  const [isSent, setSent] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const files = useFiles();
  const { act, isBusy, problem } = useDeed();
  useEffect(() => {
    if (deed === 'reject') field.current?.focus();
  }, [deed]);
  const isEmpty = deed === 'add' && text.trim() === '' && files.ids.length === 0;
  const send = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (isEmpty || files.isBusy) return;
    if (!(await act({ deed, text: text.trim(), fileIds: files.ids }))) return;
    write('');
    files.clear();
    setSent(true);
    onDone?.();
  };
  return (
    <form onSubmit={(event) => void send(event)}>
      <label>
        <span class={deed === 'add' ? 'hidden' : ''}>{label}</span>
        <textarea
          ref={field}
          rows={3}
          maxLength={5000}
          placeholder={deed === 'add' ? label : ''}
          value={text}
          onInput={(event) => {
            write(event.currentTarget.value);
            setSent(false);
          }}
        />
      </label>
      <Files files={files} />
      <p class="problem" role="alert">
        {files.problem || problem}
      </p>
      <div class="deeds">
        {children}
        <button
          type="submit"
          class={deed === 'reject' ? 'main' : ''}
          disabled={isEmpty || isBusy || files.isBusy}
        >
          {t(deed === 'add' ? 'talk.send' : 'confirm.send')}
        </button>
      </div>
      <p class="hidden" role="status">
        {isSent ? t('talk.sent') : ''}
      </p>
    </form>
  );
}
