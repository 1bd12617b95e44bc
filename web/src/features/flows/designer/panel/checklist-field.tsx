import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import type { FlowStep } from '@yingda/contract';
import { Button, Input } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { changeStep } from '../../model/edit.ts';
import { useScene } from '../scene.ts';
import { Field } from './field.tsx';

/** What is to be ticked off in a step. */
export function ChecklistField({ step, at }: { step: FlowStep; at: number }): ReactNode {
  const { t } = useTranslation('flows');
  const { change } = useScene();
  const { checklist } = step;
  const path = `steps.${at}.checklist`;
  const set = (next: string[], key?: string): void =>
    change((flow) => changeStep(flow, step.key, { checklist: next }), key);
  return (
    <Field
      label={t('step.checklist')}
      at={path}
      aside={
        <Button
          type="text"
          size="small"
          icon={<PlusOutlined />}
          disabled={checklist.length >= 30}
          onClick={() => set([...checklist, ''])}
        >
          {t('step.checklistAdd')}
        </Button>
      }
    >
      {checklist.map((line, place) => (
        // Lines have no name but their place.
        // oxlint-disable-next-line react/no-array-index-key
        <div key={place} className="yd-flow-line">
          <Input
            aria-label={t('step.checklistLine', { at: place + 1 })}
            maxLength={200}
            value={line}
            status={line.trim() === '' ? 'error' : ''}
            onChange={({ target }) =>
              set(checklist.with(place, target.value), `${path}.${step.key}.${place}`)
            }
          />
          <Button
            type="text"
            icon={<DeleteOutlined />}
            aria-label={t('step.checklistRemove', { at: place + 1 })}
            onClick={() => set(checklist.toSpliced(place, 1))}
          />
        </div>
      ))}
    </Field>
  );
}
