import { Select } from 'antd';
import { useMemo } from 'react';
import type { ComponentProps, ReactNode } from 'react';
import { currentLanguage } from '../lib/language.ts';

function offsetOf(zone: string): string {
  const parts = new Intl.DateTimeFormat('en', {
    timeZone: zone,
    timeZoneName: 'longOffset',
  }).formatToParts(new Date());
  return parts.find(({ type }) => type === 'timeZoneName')?.value.replace('GMT', 'UTC') ?? 'UTC';
}

function nameOf(zone: string, language: string): string {
  const parts = new Intl.DateTimeFormat(language, {
    timeZone: zone,
    timeZoneName: 'longGeneric',
  }).formatToParts(new Date());
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
}

/** Chooses a time zone by city, offset or name. */
export function ZoneSelect(props: ComponentProps<typeof Select<string>>): ReactNode {
  const language = currentLanguage();
  const zones = useMemo(
    () =>
      [...new Set(['Asia/Shanghai', ...Intl.supportedValuesOf('timeZone'), 'UTC'])].map((zone) => ({
        value: zone,
        label: `${zone.replaceAll('_', ' ')}  (${offsetOf(zone)})`,
        words: `${zone} ${offsetOf(zone)} ${nameOf(zone, language)}`.toLowerCase(),
      })),
    [language],
  );
  return (
    <Select
      showSearch={{
        filterOption: (typed, option) =>
          (option as { words?: string } | undefined)?.words?.includes(
            typed.toLowerCase().replaceAll(' ', '_'),
          ) === true ||
          (option as { words?: string } | undefined)?.words?.includes(typed.toLowerCase()) === true,
      }}
      options={zones}
      {...props}
    />
  );
}
