import type { ConversationSummary } from '@yingda/contract';
import type { ReactNode } from 'react';
import { useRights } from '../../../lib/me.ts';
import { useNames } from '../data/people.ts';
import type { Actions } from '../data/use-actions.ts';
import { AssignPicker, PriorityPicker, TagPicker } from './pickers.tsx';
import { SnoozePicker } from './snooze-picker.tsx';
import { TransferDialog } from './transfer-dialog.tsx';
import type { Asking } from './use-asking.ts';

/** The dialog of the question that is open. */
export function Questions({
  conversation,
  actions,
  asking,
}: {
  conversation: ConversationSummary;
  actions: Actions;
  asking: Asking;
}): ReactNode {
  const names = useNames();
  const rights = useRights();
  const shared = { anchor: asking.anchor, onClose: asking.close };
  const { tags } = conversation;
  switch (asking.question) {
    case 'assign':
      return (
        <AssignPicker
          {...shared}
          assigneeId={conversation.assigneeId}
          teamId={conversation.teamId}
          mayGive={rights.may('conversation.manage', conversation.teamId)}
          onPick={(id) => actions.assign(id, id === null ? '' : names.person(id))}
        />
      );
    case 'transfer':
      return (
        <TransferDialog {...shared} teamId={conversation.teamId} onTransfer={actions.transfer} />
      );
    case 'snooze':
      return <SnoozePicker {...shared} onPick={actions.snooze} />;
    case 'priority':
      return (
        <PriorityPicker {...shared} priority={conversation.priority} onPick={actions.prioritise} />
      );
    case 'tags':
      return (
        <TagPicker
          {...shared}
          tags={tags}
          onToggle={(tag) =>
            actions.tag(tags.includes(tag) ? tags.filter((own) => own !== tag) : [...tags, tag])
          }
        />
      );
    case null:
      return null;
  }
}
