import type { FlowMove, NeededField, OrderField, OrderView } from '@yingda/contract';
import { moveOrder, ownFieldOf, updateOrder } from '@yingda/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call, isProblem } from '../../../lib/api.ts';
import { toast } from '../../../ui/toast.tsx';
import { keepOrder, refreshLists, rereadOrder, say } from '../data/orders.ts';
import { bodyOf, changedIn, saidIn } from '../model/form.ts';
import type { Typed } from '../model/form.ts';
import { useOwnFields } from '../parts/own-field.tsx';
import type { Files } from '../parts/use-files.ts';
import { useMoveDraft } from './use-move-draft.ts';
import type { Filled } from './use-move-draft.ts';

export type FormField = keyof Typed & OrderField;
export const isTyped = (field: NeededField): field is FormField =>
  ownFieldOf(field) === null && !['category', 'customer', 'department'].includes(field);

/** Sends the move; a customer who was missing is put into the form first. */
async function send(
  order: OrderView,
  { move, filled, files }: { move: string; filled: Filled; files: Files },
): Promise<OrderView> {
  const { typed, own, note, departmentId, customer } = filled;
  const params = { id: order.id };
  const seen =
    customer === null
      ? order
      : await call(updateOrder, {
          params,
          body: { version: order.version, customerId: customer.id },
        });
  keepOrder(seen);
  return call(moveOrder, {
    params,
    body: {
      version: seen.version,
      move,
      ...bodyOf(changedIn(order.form, typed)),
      ...(Object.keys(own).length === 0 ? {} : { fields: own }),
      note: note.trim(),
      fileIds: files.ids,
      ...(departmentId === null ? {} : { departmentId }),
    },
  });
}

export interface MoveFormProps {
  order: OrderView;
  /** Key of the move. */
  move: string;
  onCancel: () => void;
  onDone: (order: OrderView) => void;
}

/** The move as the flow has it at the step where the order is. */
function moveIn({ definition, stepKey }: OrderView, move: string): FlowMove | undefined {
  const step = definition.steps.find(({ key }) => key === stepKey);
  return step?.moves.find(({ key }) => key === move);
}

/** What is filled in, what is missing of it, and the sending. */
export function useMove({ order, move, onDone }: MoveFormProps) {
  const { t } = useTranslation('orders');
  // As it was when the form was opened: a colleague may take the order on meanwhile.
  const [found] = useState(() => moveIn(order, move));
  const isGone = !order.moves.some(({ key }) => key === move);
  const offered = order.moves.find(({ key }) => key === move);
  const needs = found?.needs ?? offered?.missing ?? [];
  const ownFields = useOwnFields();
  const ownOf = (need: NeededField) => ownFields.find(({ key }) => key === ownFieldOf(need));
  const draft = useMoveDraft(order, move);
  const { filled, files, meanwhile } = draft;
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const valueOf = (field: FormField): string => filled.typed[field] ?? saidIn(order.form, field);
  const ownValue = (key: string) => (key in filled.own ? filled.own[key] : order.form.fields[key]);
  const isEmpty = (field: NeededField): boolean => {
    const own = ownOf(field);
    // One that the form has lost since is asked for no more.
    if (own) return String(ownValue(own.key) ?? '').trim() === '';
    if (field === 'department') return !filled.departmentId;
    if (field === 'customer') return !order.customerId && !order.customerName && !filled.customer;
    return isTyped(field) && valueOf(field).trim() === '';
  };
  const missing = needs.filter(isEmpty);
  const undone = offered?.undone ?? [];
  const submit = async (): Promise<void> => {
    setTried(true);
    setProblem(null);
    if (
      isGone ||
      undone.length > 0 ||
      missing.length > 0 ||
      meanwhile.clashes.length > 0 ||
      files.isBusy
    )
      return;
    setBusy(true);
    try {
      const answer = await send(order, { move, filled, files });
      draft.forget();
      keepOrder(answer);
      void refreshLists();
      toast.success(t('moved', { step: say(answer.stepName) }));
      onDone(answer);
    } catch (error) {
      setProblem(error);
      if (isProblem(error, 'order.changed_meanwhile')) void rereadOrder(order.id);
    } finally {
      setBusy(false);
    }
  };
  return {
    ...draft,
    needs,
    found,
    isGone,
    tried,
    busy,
    problem,
    valueOf,
    ownOf,
    ownValue,
    missing,
    undone,
    submit,
  };
}

export type Moving = ReturnType<typeof useMove>;
