import type { CannedView, ColleagueView } from '@yingda/contract';
import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Avatar } from '../../../ui/avatar.tsx';

export type Suggestion =
  | { kind: 'canned'; id: string; reply: CannedView }
  | { kind: 'colleague'; id: string; person: ColleagueView };

interface SuggestionsProps {
  listId: string;
  items: readonly Suggestion[];
  chosen: number;
  sign: '/' | '@';
  onHover: (index: number) => void;
  onPick: (item: Suggestion) => void;
}

function Content({ item }: { item: Suggestion }): ReactNode {
  if (item.kind === 'colleague') {
    return (
      <>
        <Avatar name={item.person.name} image={item.person.image} px={22} />
        <span>{item.person.name}</span>
      </>
    );
  }
  return (
    <>
      <code className="yd-canned-key">/{item.reply.shortcut}</code>
      <span className="yd-canned-title">{item.reply.title}</span>
      <span className="yd-canned-text yd-ellipsis">{item.reply.text}</span>
    </>
  );
}

/** The list over the composer while a canned reply or a colleague is being looked for. */
export function Suggestions({
  listId,
  items,
  chosen,
  sign,
  onHover,
  onPick,
}: SuggestionsProps): ReactNode {
  const { t } = useTranslation('desk');
  const list = useRef<HTMLDivElement>(null);
  const label = t(sign === '/' ? 'composer.canned' : 'composer.mention');
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);
  return (
    <div className="yd-suggestions">
      <div className="yd-suggestions-head">
        <span>{label}</span>
        <span>{t('composer.suggestionKeys')}</span>
      </div>
      <div ref={list} id={listId} role="listbox" aria-label={label} tabIndex={0}>
        {items.map((item, index) => (
          // The field keeps the focus and names the chosen row by aria-activedescendant.
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
          <div
            key={item.id}
            id={`${listId}-${index}`}
            role="option"
            aria-selected={index === chosen}
            className="yd-option"
            onMouseMove={() => onHover(index)}
            onMouseDown={(event) => {
              event.preventDefault();
              onPick(item);
            }}
          >
            <Content item={item} />
          </div>
        ))}
      </div>
    </div>
  );
}
