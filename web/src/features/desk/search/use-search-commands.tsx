import { MessageOutlined } from '@ant-design/icons';
import { search } from '@yingda/contract';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { call } from '../../../lib/api.ts';
import { Avatar } from '../../../ui/avatar.tsx';
import { useCommandSource } from '../../../ui/commands.ts';

const most = 8;

/** Lets the command bar (Ctrl-K) find conversations and customers. */
export function useSearchCommands(): void {
  const { t } = useTranslation('desk');
  const navigate = useNavigate();
  useCommandSource({
    id: 'desk.search',
    search: async (words, signal) => {
      const { hits, customers } = await call(
        search,
        { query: { q: words, limit: most } },
        { signal },
      );
      return [
        ...hits.map(({ conversation, seq, excerpt }) => ({
          id: `hit.${conversation.id}`,
          label: `${conversation.customer.name} · ${conversation.subject || `#${conversation.number}`}`,
          hint: excerpt,
          group: t('search.conversations'),
          icon: <MessageOutlined />,
          run: () =>
            void navigate({
              to: '/desk/$conversationId',
              params: { conversationId: conversation.id },
              search: { seq: seq ?? undefined },
            }),
        })),
        ...customers.map((customer) => ({
          id: `customer.${customer.id}`,
          label: customer.name,
          group: t('search.customers'),
          icon: <Avatar name={customer.name} px={18} />,
          run: () =>
            void navigate({
              to: '/customers/$customerId',
              params: { customerId: customer.id },
              search: {},
            }),
        })),
      ];
    },
  });
}
