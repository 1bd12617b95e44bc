import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../../lib/me.ts';
import { Avatar } from '../../../ui/avatar.tsx';
import { usePresenceIn } from '../data/presence-store.ts';
import { TypingDots } from '../../../ui/marks.tsx';

/** Colleagues who have the same conversation open, so that two do not answer at once. */
export function ViewersNow({ id }: { id: string }): ReactNode {
  const { t } = useTranslation('desk');
  const me = useMe();
  const others = usePresenceIn(id).viewers.filter((viewer) => viewer.userId !== me.id);
  const [first] = others;
  if (!first) return null;
  const typing = others.find((viewer) => viewer.typing);
  const names = others.map((viewer) => viewer.name).join(', ');
  const label = typing
    ? t('viewers.typing', { names: typing.name })
    : t('viewers.viewing', { names });
  return (
    <span className="yd-viewers-now" role="status" title={label}>
      <Avatar name={(typing ?? first).name} px={18} />
      <span className="yd-ellipsis">{label}</span>
      {typing && <TypingDots />}
    </span>
  );
}
