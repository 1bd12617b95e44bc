import type { AuditView } from '@yingda/contract';
import { Button, Drawer } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatExact } from '../../../lib/format.ts';
import { useActionText } from './actions.ts';
import './audit.css';

/** Details are told as they were stored: names of fields and values, nothing left out. */
function Details({ details }: { details: AuditView['details'] }): ReactNode {
  const { t } = useTranslation('settings');
  const entries = Object.entries(details);
  if (entries.length === 0) return null;
  return (
    <>
      <h3 className="yd-audit-head">{t('auditLog.details')}</h3>
      <dl className="yd-audit-facts">
        {entries.map(([key, value]) => (
          <div key={key}>
            <dt>
              <code>{key}</code>
            </dt>
            <dd>
              <pre>{typeof value === 'string' ? value : JSON.stringify(value, null, 2)}</pre>
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}

/** Everything known about one entry of the log. */
export function AuditDrawer({
  entry,
  onClose,
}: {
  entry: AuditView;
  onClose: () => void;
}): ReactNode {
  const { t } = useTranslation('settings');
  const actionText = useActionText();
  const { at, actorKind, actorName, subjectName, subjectId, ip, action, details } = entry;
  const facts: [string, ReactNode][] = [
    [t('auditLog.at'), formatExact(at)],
    [t('auditLog.actor'), `${actorName} (${t(`auditLog.kind.${actorKind}`)})`],
    [t('auditLog.subject'), subjectName ?? subjectId ?? '–'],
    [t('auditLog.address'), ip ?? '–'],
    [t('auditLog.code'), <code key="code">{action}</code>],
  ];
  return (
    <Drawer
      open
      title={actionText(action)}
      size="min(520px, 100vw)"
      onClose={onClose}
      footer={
        <div className="yd-drawer-foot">
          <span className="yd-bar-space" />
          <Button onClick={onClose}>{t('common:close')}</Button>
        </div>
      }
    >
      <dl className="yd-audit-facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <Details details={details} />
    </Drawer>
  );
}
