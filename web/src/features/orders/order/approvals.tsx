import {
  CheckCircleFilled,
  CloseCircleFilled,
  ClockCircleOutlined,
  MinusCircleOutlined,
} from '@ant-design/icons';
import type { OrderView } from '@yingda/contract';
import { voteOrder } from '@yingda/contract';
import { Button } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatStamp } from '../../../lib/format.ts';
import { useOrderAct } from '../data/orders.ts';
import { useTellProblem } from './head.tsx';
import { Part } from './part.tsx';

const voteIcons = {
  waiting: <MinusCircleOutlined />,
  asked: <ClockCircleOutlined />,
  approved: <CheckCircleFilled />,
  refused: <CloseCircleFilled />,
};

/** Who is asked to approve, what they said, and the reader's own turn. */
export function Approvals({ order }: { order: OrderView }): ReactNode {
  const { t } = useTranslation('orders');
  const [note, setNote] = useState('');
  const vote = useOrderAct(voteOrder);
  const tell = useTellProblem(order.id);
  if (order.approvals.length === 0) return null;
  const { approval } = order.definition.steps.find(({ key }) => key === order.stepKey) ?? {};
  const cast = (approve: boolean): void =>
    vote.mutate(
      { params: { id: order.id }, body: { version: order.version, approve, note: note.trim() } },
      { onError: tell, onSuccess: () => setNote('') },
    );
  return (
    <Part title={t('approval.title')}>
      {approval && order.approvals.length > 1 && (
        <p className="yd-side-hint">{t(`approval.modes.${approval.mode}`)}</p>
      )}
      <ul className="yd-side-list yd-side-votes">
        {order.approvals.map(({ name, state, at, note: said }, index) => (
          <li key={`${index} ${name}`} className={`is-${state}`}>
            <span aria-hidden>{voteIcons[state]}</span>
            <span>
              {name} <span className="yd-soft">{t(`approval.${state}`)}</span>
              {(at ?? said) && (
                <span className="yd-side-hint">
                  {[at && formatStamp(at), said].filter(Boolean).join(' · ')}
                </span>
              )}
            </span>
          </li>
        ))}
      </ul>
      {order.may.vote && (
        <div className="yd-side-form">
          <input
            aria-label={t('approval.note')}
            placeholder={t('approval.note')}
            maxLength={2000}
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
          <div>
            <Button size="small" danger loading={vote.isPending} onClick={() => cast(false)}>
              {t('approval.refuse')}
            </Button>
            <Button size="small" type="primary" loading={vote.isPending} onClick={() => cast(true)}>
              {t('approval.approve')}
            </Button>
          </div>
        </div>
      )}
    </Part>
  );
}
