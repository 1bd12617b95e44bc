import { invitePerson, listInvitations, listRoles } from '@yingda/contract';
import type { SentOf } from '@yingda/contract';
import { Form, Input, Select } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../../lib/api.ts';
import { refresh, useCall } from '../../../lib/query.ts';
import { EditorDrawer } from '../../../ui/editor-drawer.tsx';
import { chosen, email, required } from '../../../ui/rules.ts';
import { Loaded } from '../../../ui/states.tsx';
import { GrantsField } from '../shared/grants-field.tsx';
import { useTeamNames } from '../shared/names.ts';
import { LinkModal } from './link-modal.tsx';

type Values = SentOf<typeof invitePerson, 'body'>;

/** Invites a person; afterwards shows the link to hand over. */
export function InviteDrawer({ onClose }: { onClose: () => void }): ReactNode {
  const { t } = useTranslation('settings');
  const teams = useTeamNames();
  const roles = useCall(listRoles);
  const [sent, setSent] = useState<{ url: string; mailed: boolean; name: string } | null>(null);
  const save = async (body: Values): Promise<void> => {
    const { url, invitation } = await call(invitePerson, { body });
    setSent({ url, mailed: invitation.mailed, name: invitation.name });
    await refresh(listInvitations);
  };
  if (sent) {
    return (
      <LinkModal
        title={t('people.invitedTitle', { name: sent.name })}
        hint={t(sent.mailed ? 'people.invitedByMail' : 'people.invitedByHand')}
        url={sent.url}
        onClose={onClose}
      />
    );
  }
  return (
    <Loaded query={roles}>
      {({ items }) => {
        const agent = items.find(({ builtIn }) => builtIn === 'agent');
        return (
          <EditorDrawer<Values>
            title={t('people.invite')}
            initial={{
              teamIds: [],
              grants: agent ? [{ roleId: agent.id, teamId: null }] : [],
            }}
            deed={t('people.makeInvitation')}
            done={null}
            save={save}
            onSaved={() => undefined}
            onClose={onClose}
            fieldOf={{ 'person.email_taken': 'email', 'role.beyond_own_rights': 'grants' }}
          >
            <Form.Item name="name" label={t('people.name')} rules={[required()]}>
              <Input maxLength={80} />
            </Form.Item>
            <Form.Item name="email" label={t('people.email')} rules={[required(), email()]}>
              <Input maxLength={200} type="email" autoComplete="off" />
            </Form.Item>
            <Form.Item name="teamIds" label={t('people.teams')} extra={t('people.teamsHint')}>
              <Select mode="multiple" options={teams.options} optionFilterProp="label" />
            </Form.Item>
            <Form.Item
              name="grants"
              label={t('people.roles')}
              extra={t('people.rolesHint')}
              rules={[chosen()]}
            >
              <GrantsField />
            </Form.Item>
          </EditorDrawer>
        );
      }}
    </Loaded>
  );
}
