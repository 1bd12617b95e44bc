import { DownOutlined } from '@ant-design/icons';
import { listTeams } from '@yingda/contract';
import { Button } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useRights } from '../../../lib/me.ts';
import { useCall } from '../../../lib/query.ts';
import { useDeskPlace, useGo } from '../data/place.ts';
import { Picker } from '../../../ui/picker.tsx';

const everyTeam = 'every';

/** Narrows a view to one team; nothing for people who see one team only, or in a view of their own. */
export function TeamFilter(): ReactNode {
  const { t } = useTranslation('desk');
  const { view, teamId } = useDeskPlace();
  const go = useGo();
  const held = useRights().teams('conversation.read');
  const [anchor, setAnchor] = useState<Element | null>(null);
  const { data } = useCall(listTeams, undefined, { staleTime: 5 * 60_000 });
  const teams = (data?.items ?? []).filter(({ id }) => held === 'all' || held.includes(id));
  if (teams.length < 2 || view === 'mine' || view === 'mentions') return null;
  const name = teams.find((team) => team.id === teamId)?.name ?? t('list.everyTeam');
  const options = [{ id: everyTeam, name: t('list.everyTeam') }, ...teams];
  return (
    <>
      <Button
        type="text"
        size="small"
        className="yd-list-order yd-team-filter"
        aria-haspopup="dialog"
        onClick={(event) => setAnchor(event.currentTarget)}
      >
        <span className="yd-ellipsis">{name}</span>
        <DownOutlined style={{ fontSize: 10 }} aria-hidden />
      </Button>
      {anchor && (
        <Picker
          title={t('list.chooseTeam')}
          placeholder={t('list.chooseTeam')}
          anchor={anchor}
          options={options.map((team) => ({
            id: team.id,
            label: team.name,
            checked: (teamId ?? everyTeam) === team.id,
          }))}
          onPick={(id) => go({ teamId: id === everyTeam ? null : id })}
          onClose={() => setAnchor(null)}
        />
      )}
    </>
  );
}
