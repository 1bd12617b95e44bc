import { RetweetOutlined } from '@ant-design/icons';
import type { OrderView } from '@yingda/contract';
import { Button } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { clashesOf, otherChanges } from '../model/form.ts';
import type { Clash, Typed } from '../model/form.ts';
import './changed-meanwhile.css';

export interface Meanwhile {
  before: OrderView;
  clashes: Clash[];
  others: string[];
  /** From now on the order counts as seen as it is. */
  accept: () => void;
}

/** What a colleague changed since typing began: `seen` is the order as it was then, when that was not just now. */
export function useMeanwhile(order: OrderView, typed: Typed, seen = order): Meanwhile {
  const isTyping = Object.keys(typed).length > 0;
  const [before, setBefore] = useState(seen);
  // While nothing is typed, nothing can be lost: the news is simply shown.
  if (!isTyping && before !== order) setBefore(order);
  const isOld = isTyping && before.version !== order.version;
  return {
    before,
    clashes: isOld ? clashesOf(before.form, order.form, typed) : [],
    others: isOld ? otherChanges(before, order, typed) : [],
    accept: () => setBefore(order),
  };
}

function ClashRow({
  clash,
  onTheirs,
}: {
  clash: Clash;
  onTheirs: (field: Clash['field']) => void;
}): ReactNode {
  const { t } = useTranslation('orders');
  return (
    <li>
      <strong>{t(`field.${clash.field}`)}</strong>
      <dl>
        <dt>{t('meanwhile.theirs')}</dt>
        <dd>{clash.theirs || t('empty.value')}</dd>
        <dt>{t('meanwhile.mine')}</dt>
        <dd>{clash.mine || t('empty.value')}</dd>
      </dl>
      <Button size="small" onClick={() => onTheirs(clash.field)}>
        {t('meanwhile.takeTheirs')}
      </Button>
    </li>
  );
}

/** Shows what a colleague changed meanwhile; what was typed stays. */
export function ChangedMeanwhile({
  meanwhile,
  onTheirs,
}: {
  meanwhile: Meanwhile;
  onTheirs: (field: Clash['field']) => void;
}): ReactNode {
  const { t } = useTranslation('orders');
  const { clashes, others, accept } = meanwhile;
  if (clashes.length === 0 && others.length === 0) return null;
  return (
    <div className="yd-meanwhile" role="alert">
      <RetweetOutlined aria-hidden />
      <div>
        <p>
          <strong>{t('meanwhile.title')}</strong> {t('meanwhile.kept')}
        </p>
        {others.length > 0 && (
          <p className="yd-soft">
            {t('meanwhile.changed', {
              what: others.map((name) => t(`field.${name}`)).join(t('comma')),
            })}
          </p>
        )}
        <ul>
          {clashes.map((clash) => (
            <ClashRow key={clash.field} clash={clash} onTheirs={onTheirs} />
          ))}
        </ul>
        <Button size="small" onClick={accept}>
          {clashes.length > 0 ? t('meanwhile.keepMine') : t('meanwhile.seen')}
        </Button>
      </div>
    </div>
  );
}
