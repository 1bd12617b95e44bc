import { DeleteOutlined } from '@ant-design/icons';
import { addCustomerNote, deleteCustomerNote, listCustomerNotes } from '@yingda/contract';
import type { CustomerNoteView } from '@yingda/contract';
import { Button } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../lib/me.ts';
import { useAct, useCall } from '../../lib/query.ts';
import { ConfirmButton } from '../../ui/confirm-button.tsx';
import { Loaded } from '../../ui/states.tsx';
import { TimeAgo } from '../../ui/time.tsx';
import { toast } from '../../ui/toast.tsx';

const longest = 5000;

function Note({ customerId, note }: { customerId: string; note: CustomerNoteView }): ReactNode {
  const { t } = useTranslation('customers');
  const me = useMe();
  const remove = useAct(deleteCustomerNote, { refreshes: [listCustomerNotes] });
  return (
    <li className="yd-note">
      <p>{note.text}</p>
      <div className="yd-note-by">
        <span>
          {note.authorName} · <TimeAgo at={note.createdAt} />
        </span>
        {note.authorId === me.id && (
          <ConfirmButton
            size="small"
            type="text"
            icon={<DeleteOutlined />}
            aria-label={t('notes.delete')}
            question={t('notes.deleteQuestion')}
            deed={t('common:delete')}
            danger
            onConfirm={() => remove.mutateAsync({ params: { id: customerId, noteId: note.id } })}
          />
        )}
      </div>
    </li>
  );
}

function Write({ customerId }: { customerId: string }): ReactNode {
  const { t } = useTranslation('customers');
  const [text, setText] = useState('');
  const add = useAct(addCustomerNote, { refreshes: [listCustomerNotes] });
  const save = (): void => {
    if (text.trim() === '' || add.isPending) return;
    add.mutate(
      { params: { id: customerId }, body: { text: text.trim() } },
      { onSuccess: () => setText(''), onError: toast.problem },
    );
  };
  return (
    <form
      className="yd-note-write"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <textarea
        rows={text === '' ? 1 : 3}
        aria-label={t('notes.add')}
        placeholder={t('notes.placeholder')}
        maxLength={longest}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          const isSend = event.key === 'Enter' && (event.ctrlKey || event.metaKey);
          if (isSend && !event.nativeEvent.isComposing) save();
        }}
      />
      {text.trim() !== '' && (
        <Button size="small" type="primary" htmlType="submit" loading={add.isPending}>
          {t('notes.add')}
        </Button>
      )}
    </form>
  );
}

/** What colleagues should remember about the customer. */
export function Notes({
  customerId,
  mayChange,
}: {
  customerId: string;
  mayChange: boolean;
}): ReactNode {
  const { t } = useTranslation('customers');
  const query = useCall(listCustomerNotes, { params: { id: customerId } }, { staleTime: 15_000 });
  return (
    <>
      {mayChange && <Write customerId={customerId} />}
      <Loaded query={query} rows={2}>
        {({ items }) =>
          items.length === 0 && !mayChange ? (
            <p className="yd-soft">{t('notes.none')}</p>
          ) : (
            <ul className="yd-notes">
              {items.map((note) => (
                <Note key={note.id} customerId={customerId} note={note} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </>
  );
}
