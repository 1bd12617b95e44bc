import type { AutomationView } from '@yingda/contract';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '../../../lib/format.ts';
import { spanOf } from './draft.ts';
import { textKey } from './keys.ts';

/** A rule in one sentence: when what happens, under how many conditions, what is done. */
export function useSentence(): (
  rule: Pick<AutomationView, 'when' | 'conditions' | 'actions'>,
) => string {
  const { t } = useTranslation('automations');
  const whenText = (when: AutomationView['when']): string => {
    if (when.kind === 'event') {
      return when.events.map((event) => t(`event.${textKey(event)}`)).join(t('comma'));
    }
    const { amount, unit } = spanOf(when.minutes);
    return t('sentenceTime', {
      clock: t(`clock.${textKey(when.clock)}`),
      span: `${formatNumber(amount)} ${t(`when.${unit}`)}`,
    });
  };
  return ({ when, conditions, actions }) => {
    const count = conditions.groups.flatMap(({ items }) => items).length;
    return t('sentence', {
      when: whenText(when),
      if: count === 0 ? '' : t('sentenceIf', { count }),
      then: actions.map(({ kind }) => t(`action.${kind}`)).join(t('comma')),
    });
  };
}
