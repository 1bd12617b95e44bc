import { FileAddOutlined } from '@ant-design/icons';
import type { ConversationSummary, MessageView } from '@yingda/contract';
import { getCustomer, listMessages } from '@yingda/contract';
import { Button } from 'antd';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../../lib/api.ts';
import { useRights } from '../../../lib/me.ts';
import { useShortcuts } from '../../../lib/use-shortcuts.ts';
import { useCommands } from '../../../ui/commands.ts';
import { toast } from '../../../ui/toast.tsx';
import { NewOrder } from './new-order.tsx';
import type { Prefilled } from './use-creating.ts';

const mostText = 2000;

/** What the customer wrote, as a description to begin with. */
export function saidByCustomer(messages: readonly MessageView[]): string {
  const texts = messages
    .filter(({ kind, author, retractedAt }) => {
      return kind === 'message' && author.kind === 'customer' && retractedAt === null;
    })
    .flatMap(({ parts }) =>
      parts.flatMap((part) => (part.type === 'text' ? [part.text.trim()] : [])),
    );
  return texts.filter(Boolean).join('\n').slice(0, mostText);
}

async function filledFrom(conversation: ConversationSummary): Promise<Prefilled> {
  const { id, subject, customer } = conversation;
  const [known, said] = await Promise.all([
    call(getCustomer, { params: { id: customer.id } }).catch(() => null),
    call(listMessages, { params: { id }, query: { limit: 100 } }).catch(() => ({ items: [] })),
  ]);
  const description = saidByCustomer(said.items);
  const phones = known?.identities.filter(({ kind }) => kind === 'phone').map(({ value }) => value);
  return {
    subject: subject || (description.split('\n')[0] ?? ''),
    description,
    phones: phones ?? [],
    customer: { id: customer.id, name: customer.name },
    conversationId: id,
  };
}

/** Records an order out of a conversation: the form comes filled in. */
export function ConversationOrder({
  conversation,
}: {
  conversation: ConversationSummary;
}): ReactNode {
  const { t } = useTranslation('orders');
  const navigate = useNavigate();
  const mayWrite = useRights().may('order.write');
  const [filled, setFilled] = useState<Prefilled | null>(null);
  const start = (): void => void filledFrom(conversation).then(setFilled, toast.problem);
  useShortcuts(
    [{ keys: 'o', label: 'orders:create.title', group: 'desk:keys.conversation', run: start }],
    mayWrite,
  );
  useCommands(
    mayWrite
      ? [
          {
            id: 'conversation.order',
            label: t('create.title'),
            group: t('desk:keys.conversation'),
            icon: <FileAddOutlined />,
            keys: 'o',
            run: start,
          },
        ]
      : [],
  );
  if (!mayWrite) return null;
  return (
    <>
      <Button
        type="text"
        icon={<FileAddOutlined />}
        title={`${t('create.title')} (O)`}
        aria-label={t('create.title')}
        onClick={start}
      />
      {filled && (
        <NewOrder
          filled={filled}
          onClose={() => setFilled(null)}
          onCreated={({ id, number }) =>
            toast.success(t('create.done_short', { number }), {
              label: t('create.show'),
              run: () =>
                void navigate({ to: '/orders/$orderId', params: { orderId: id }, search: {} }),
            })
          }
        />
      )}
    </>
  );
}
