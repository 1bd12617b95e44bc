import type { FieldValues, OrderView } from '@yingda/contract';
import { createOrder, moveOrder } from '@yingda/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../../lib/api.ts';
import { useMe } from '../../../lib/me.ts';
import { toast } from '../../../ui/toast.tsx';
import { keepOrder, refreshLists, say, useCategories } from '../data/orders.ts';
import { longest, phonesOf, phonesText } from '../model/form.ts';
import type { ChosenCustomer } from '../parts/customer-field.tsx';
import { useFiles } from '../parts/use-files.ts';

/** What is known before anybody types: from a conversation, from a customer. */
export interface Prefilled {
  subject?: string;
  description?: string;
  phones?: readonly string[];
  customer?: ChosenCustomer | null;
  conversationId?: string;
}

export interface NewOrderProps {
  filled?: Prefilled;
  onClose: () => void;
  onCreated: (order: OrderView) => void;
}

export interface Values {
  subject: string;
  description: string;
  phones: string;
  region: string;
  address: string;
  product: string;
  fields: FieldValues;
  customer: ChosenCustomer | null;
  customerName: string;
  categoryId: string | null;
  departmentId: string | null;
  priority: OrderView['priority'];
}

const first = (filled: Prefilled): Values => ({
  subject: filled.subject?.slice(0, longest.subject) ?? '',
  description: filled.description ?? '',
  phones: phonesText(filled.phones ?? []),
  region: '',
  address: '',
  product: '',
  fields: {},
  customer: filled.customer ?? null,
  customerName: '',
  categoryId: null,
  departmentId: null,
  priority: 'normal',
});

/** The move that hands a new order to its department, when nothing is missing for it. */
function handOverOf(order: OrderView): string | null {
  const step = order.definition.steps.find(({ key }) => key === order.stepKey);
  const toDepartment = step?.moves.find(({ needs }) => needs.includes('department'));
  const may = order.moves.find(({ key }) => key === toDepartment?.key);
  return may && may.missing.length === 0 ? may.key : null;
}

async function handOver(order: OrderView): Promise<OrderView> {
  const move = handOverOf(order);
  if (move === null) return order;
  return call(moveOrder, { params: { id: order.id }, body: { version: order.version, move } });
}

interface Draft {
  values: Values;
  /** Sent twice it is the same order, also when the answer was lost and the form was opened again. */
  idempotencyKey: string;
}

/** What was begun and not recorded, by person and conversation: closing the form by mistake loses nothing. */
const drafts = new Map<string, Draft>();

/** What is asked for before an order can be recorded, and is not there. */
export type Lacking = 'subject' | 'category';

function lackingOf({ subject, categoryId }: Values): Lacking[] {
  return [
    ...(subject.trim() === '' ? (['subject'] as const) : []),
    ...(categoryId === null ? (['category'] as const) : []),
  ];
}

function useDraft(filled: Prefilled) {
  const key = `${useMe().id} ${filled.conversationId ?? ''}`;
  const [isDraft, setDraft] = useState(() => drafts.has(key));
  const [draft, setShown] = useState<Draft>(
    () => drafts.get(key) ?? { values: first(filled), idempotencyKey: crypto.randomUUID() },
  );
  const categories = useCategories();
  const set = (change: Partial<Values>): void => {
    // Two changes of one press follow each other.
    const { values: before, ...rest } = drafts.get(key) ?? draft;
    // A category knows its department; one that was chosen by hand stays.
    const category = categories.find(({ id }) => id === change.categoryId);
    const department =
      category?.departmentId && before.departmentId === null
        ? { departmentId: category.departmentId }
        : {};
    const next = { ...rest, values: { ...before, ...change, ...department } };
    drafts.set(key, next);
    setShown(next);
  };
  const forget = (): void => void drafts.delete(key);
  const startAnew = (): void => {
    forget();
    setDraft(false);
    setShown({ values: first(filled), idempotencyKey: crypto.randomUUID() });
  };
  return { ...draft, isDraft, set, forget, startAnew };
}

/** What the server is asked to record. */
function bodyOf(values: Values, categoryId: string) {
  const { customer, customerName, phones, subject, ...rest } = values;
  const isTyped = customer === null && customerName.trim() !== '';
  return {
    ...rest,
    subject: subject.trim(),
    phones: phonesOf(phones),
    categoryId,
    customerId: customer?.id ?? null,
    ...(isTyped ? { customerName: customerName.trim() } : {}),
  };
}

/** What is filled in for a new order, and its recording. */
export function useCreating({ filled = {}, onClose, onCreated }: NewOrderProps) {
  const { t } = useTranslation('orders');
  const draft = useDraft(filled);
  const { values, idempotencyKey, forget } = draft;
  const [tries, setTries] = useState(0);
  const [busy, setBusy] = useState<'record' | 'transfer' | null>(null);
  const [error, setError] = useState<unknown>(null);
  const files = useFiles();
  const lacking = lackingOf(values);
  const create = async (how: 'record' | 'transfer'): Promise<void> => {
    const { categoryId } = values;
    setTries((before) => before + 1);
    if (lacking.length > 0 || categoryId === null || busy !== null || files.isBusy) return;
    setBusy(how);
    setError(null);
    try {
      const made = await call(createOrder, {
        body: {
          ...bodyOf(values, categoryId),
          conversationId: filled.conversationId ?? null,
          fileIds: files.ids,
          idempotencyKey,
        },
      });
      const order =
        how === 'transfer'
          ? await handOver(made).catch((problem: unknown) => {
              // The order is there; only the handing over is left to do.
              toast.problem(problem);
              return made;
            })
          : made;
      keepOrder(order);
      void refreshLists();
      forget();
      // From a conversation its page says so itself, with the way to the order.
      if (!filled.conversationId) {
        toast.success(t('create.done', { number: order.number, step: say(order.stepName) }));
      }
      onClose();
      onCreated(order);
    } catch (problem) {
      setError(problem);
    } finally {
      setBusy(null);
    }
  };
  return { ...draft, files, tries, lacking: tries > 0 ? lacking : [], busy, error, create };
}

export type Creating = ReturnType<typeof useCreating>;
