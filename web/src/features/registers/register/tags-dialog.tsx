import {
  getRegisterSettings,
  listRegister,
  setRegisterSettings,
  summariseRegister,
} from '@yingda/contract';
import type { RegisterSettings } from '@yingda/contract';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct, useCall } from '../../../lib/query.ts';
import { FormDialog } from '../../../ui/form-dialog.tsx';
import { toast } from '../../../ui/toast.tsx';

const tagsOf = (typed: string): string[] =>
  typed
    .split(/[,，、\n]/)
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '');

function TagsForm({ known, onClose }: { known: RegisterSettings; onClose: () => void }) {
  const { t } = useTranslation('registers');
  const [purchase, setPurchase] = useState(known.purchaseTags.join(', '));
  const [deal, setDeal] = useState(known.dealTags.join(', '));
  const save = useAct(setRegisterSettings, {
    refreshes: [getRegisterSettings, listRegister, summariseRegister],
    onDone: () => {
      toast.success(t('common:saved'));
      onClose();
    },
  });
  const field = (label: string, value: string, set: (typed: string) => void): ReactNode => (
    <label className="yd-field">
      <span>{label}</span>
      <input value={value} maxLength={1000} onChange={(event) => set(event.target.value)} />
      <small>{t('tags.comma')}</small>
    </label>
  );
  return (
    <FormDialog
      title={t('tags.title')}
      hint={t('tags.hint')}
      deed={t('common:save')}
      busy={save.isPending}
      error={save.error}
      onSubmit={() =>
        save.mutate({ body: { purchaseTags: tagsOf(purchase), dealTags: tagsOf(deal) } })
      }
      onClose={onClose}
    >
      {field(t('tags.purchase'), purchase, setPurchase)}
      {field(t('tags.deal'), deal, setDeal)}
    </FormDialog>
  );
}

/** Which conversations stand on the registers of purchases and deals. */
export function TagsDialog({ onClose }: { onClose: () => void }): ReactNode {
  const { data } = useCall(getRegisterSettings);
  return data ? <TagsForm known={data} onClose={onClose} /> : null;
}
