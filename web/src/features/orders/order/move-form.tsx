import type { OrderView } from '@yingda/contract';
import { Button } from 'antd';
import { useEffect, useId, useRef } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { FormProblem } from '../../../ui/form-problem.tsx';
import { say } from '../data/orders.ts';
import { ChangedMeanwhile } from '../parts/changed-meanwhile.tsx';
import { DraftNote } from '../parts/draft-note.tsx';
import { AttachButton, Attaching } from '../parts/files.tsx';
import { useFieldName } from '../parts/own-field.tsx';
import { Needed } from './move-fields.tsx';
import { useMove } from './use-move.ts';
import type { MoveFormProps, Moving } from './use-move.ts';
import './move-form.css';

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/** What the step waits for. */
function Undone({ undone }: { undone: readonly string[] }): ReactNode {
  const { t } = useTranslation('orders');
  if (undone.length === 0) return null;
  return (
    <div className="yd-order-missing" role="alert">
      {t('undone')}
      <ul>
        {undone.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
    </div>
  );
}

/** Why it did not go. */
function Refusals({ order, moving }: { order: OrderView; moving: Moving }): ReactNode {
  const { t } = useTranslation('orders');
  const fieldName = useFieldName();
  const { isGone, tried, missing } = moving;
  return (
    <>
      {isGone && (
        <p className="yd-order-missing" role="alert">
          {t('movedMeanwhile', { step: say(order.stepName) })}
        </p>
      )}
      <FormProblem error={moving.problem} />
      {tried && missing.length > 0 && (
        <p className="yd-order-missing" role="alert">
          {t('missing', {
            fields: missing.map(fieldName).join(t('comma')),
          })}
        </p>
      )}
    </>
  );
}

/** Takes an order to the next step: the fields that the step asks for, a note, files. */
export function MoveForm(props: MoveFormProps): ReactNode {
  const { order, move, onCancel } = props;
  const { t } = useTranslation('orders');
  const moving = useMove(props);
  const { found, isGone, filled, fill, files, undone } = moving;
  const titleId = useId();
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    // What is to be filled in first has the focus.
    const fields = [...(form.current?.querySelectorAll<Field>('input, textarea, select') ?? [])];
    (fields.find(({ value, hidden }) => value === '' && !hidden) ?? fields[0])?.focus();
  }, []);
  const name = order.moves.find(({ key }) => key === move)?.name ?? found?.name;
  const target = order.definition.steps.find(({ key }) => key === found?.to);
  return (
    // Esc leaves it, and what was typed waits; Ctrl+Enter sends it from every field.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <form
      ref={form}
      className="yd-move-form"
      aria-labelledby={titleId}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void moving.submit();
      }}
      onKeyDown={(event) => {
        // An input method has its own use for these keys.
        if (event.nativeEvent.isComposing) return;
        if (event.key === 'Escape') onCancel();
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void moving.submit();
      }}
    >
      <h2 id={titleId}>
        {name && say(name)}
        {target && <span className="yd-soft"> → {say(target.name)}</span>}
      </h2>
      {moving.isDraft && <DraftNote text={t('note.draft')} onAnew={moving.startAnew} />}
      <Undone undone={undone} />
      <Needed order={order} moving={moving} />
      <label className="yd-order-field">
        <span>{t('note.label')}</span>
        <textarea
          rows={2}
          maxLength={5000}
          value={filled.note}
          placeholder={t('note.hint')}
          onChange={(event) => fill({ note: event.target.value })}
        />
      </label>
      <Attaching files={files} />
      <ChangedMeanwhile
        meanwhile={moving.meanwhile}
        onTheirs={(field) => {
          const { [field]: _mine, ...rest } = filled.typed;
          fill({ typed: rest });
        }}
      />
      <Refusals order={order} moving={moving} />
      <div className="yd-move-foot">
        <AttachButton files={files} label={t('files.attach')} />
        <span className="yd-row-gap" />
        <Button
          onClick={() => {
            moving.forget();
            onCancel();
          }}
        >
          {t('common:cancel')}
        </Button>
        <Button
          type="primary"
          htmlType="submit"
          loading={moving.busy}
          disabled={
            isGone || undone.length > 0 || files.isBusy || moving.meanwhile.clashes.length > 0
          }
        >
          {name ? say(name) : t('common:save')}
        </Button>
      </div>
    </form>
  );
}
