import { webhookEvents } from '@yingda/contract';
import type { WebhookEvent } from '@yingda/contract';
import { Checkbox } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { hasText } from '../../lib/i18n.ts';

const groups = [...new Set(webhookEvents.map((event) => event.split('.')[0] ?? ''))];

/** What an event is called; those of automations have their names there. */
export function useEventName(): (event: string) => string {
  const { t } = useTranslation(['webhooks', 'automations']);
  return (event) => {
    const key = event.replaceAll('.', '-');
    if (hasText(`automations:event.${key}`)) return t(`automations:event.${key}`);
    if (hasText(`webhooks:more.${key}`)) return t(`webhooks:more.${key}`);
    return event === 'test' || event.endsWith('.test') ? t('webhooks:test_event') : event;
  };
}

/** Events as boxes in groups. A field of a form. */
export function EventBoxes({
  value = [],
  onChange,
}: {
  value?: readonly WebhookEvent[];
  onChange?: (events: WebhookEvent[]) => void;
}): ReactNode {
  const { t } = useTranslation('webhooks');
  const nameOf = useEventName();
  const set = (events: readonly WebhookEvent[], on: boolean): void =>
    onChange?.(
      webhookEvents.filter((event) => (events.includes(event) ? on : value.includes(event))),
    );
  return (
    <div className="yd-hook-events">
      {groups.map((group) => {
        const members = webhookEvents.filter((event) => event.startsWith(`${group}.`));
        const chosen = members.filter((event) => value.includes(event)).length;
        return (
          <fieldset key={group}>
            <legend>
              {members.length > 1 ? (
                <Checkbox
                  checked={chosen === members.length}
                  indeterminate={chosen > 0 && chosen < members.length}
                  onChange={({ target }) => set(members, target.checked)}
                >
                  {t(`group.${group}`)}
                </Checkbox>
              ) : (
                t(`group.${group}`)
              )}
            </legend>
            <div>
              {members.map((event) => (
                <Checkbox
                  key={event}
                  checked={value.includes(event)}
                  onChange={({ target }) => set([event], target.checked)}
                >
                  {nameOf(event)}
                </Checkbox>
              ))}
            </div>
          </fieldset>
        );
      })}
    </div>
  );
}
