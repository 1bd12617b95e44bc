import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined } from '@ant-design/icons';
import { actionsOf } from '@yingda/contract';
import type { Action, AutomationSubject } from '@yingda/contract';
import { Button } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { blankAction, moved } from '../model/draft.ts';
import { ActionForm } from './action-forms.tsx';
import { Step } from './parts.tsx';

interface ActionsProps {
  subject: AutomationSubject;
  actions: readonly Action[];
  onChange: (actions: Action[]) => void;
}

/** Names for rows that have none, which follow them when they are moved. */
function useRowKeys(length: number) {
  const [keys, setKeys] = useState<number[]>([]);
  const [next, setNext] = useState(0);
  if (keys.length < length) {
    const missing = length - keys.length;
    setKeys([...keys, ...Array.from({ length: missing }, (_, index) => next + index)]);
    setNext(next + missing);
  }
  return { keys, setKeys };
}

/** What is done, one after the other. */
export function ActionList({ subject, actions, onChange }: ActionsProps): ReactNode {
  const { t } = useTranslation('automations');
  const { keys, setKeys } = useRowKeys(actions.length);
  const move = (at: number, by: 1 | -1): void => {
    onChange(moved(actions, at, by));
    setKeys(moved(keys, at, by));
  };
  const remove = (at: number): void => {
    onChange(actions.filter((_, index) => index !== at));
    setKeys(keys.filter((_, index) => index !== at));
  };
  return (
    <>
      <ol className="yd-rule-actions">
        {actions.map((action, index) => (
          <li key={keys[index] ?? index}>
            <header>
              <strong>{t(`action.${action.kind}`)}</strong>
              <Button
                type="text"
                size="small"
                icon={<ArrowUpOutlined />}
                aria-label={t('then.up')}
                title={t('then.up')}
                disabled={index === 0}
                onClick={() => move(index, -1)}
              />
              <Button
                type="text"
                size="small"
                icon={<ArrowDownOutlined />}
                aria-label={t('then.down')}
                title={t('then.down')}
                disabled={index === actions.length - 1}
                onClick={() => move(index, 1)}
              />
              <Button
                type="text"
                size="small"
                icon={<DeleteOutlined />}
                aria-label={t('then.remove')}
                title={t('then.remove')}
                onClick={() => remove(index)}
              />
            </header>
            <div className="yd-rule-form">
              <ActionForm
                subject={subject}
                action={action}
                onChange={(next) => onChange(actions.map((one, at) => (at === index ? next : one)))}
              />
            </div>
          </li>
        ))}
      </ol>
      {actions.length < 20 && (
        <select
          className="yd-plain-select"
          aria-label={t('then.add')}
          value=""
          onChange={({ target }) => {
            const kind = actionsOf[subject].find((one) => one === target.value);
            if (kind) onChange([...actions, blankAction(kind, subject)]);
          }}
        >
          <option value="">{t('then.add')}</option>
          {actionsOf[subject].map((kind) => (
            <option key={kind} value={kind}>
              {t(`action.${kind}`)}
            </option>
          ))}
        </select>
      )}
    </>
  );
}

/** What the rule does. */
export function ThenPart(props: ActionsProps): ReactNode {
  const { t } = useTranslation('automations');
  return (
    <Step word={t('then.title')}>
      <ActionList {...props} />
    </Step>
  );
}
