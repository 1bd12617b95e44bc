import type { JSX } from 'preact';

const paths = {
  chat: 'M12 3.5c-5 0-9 3.4-9 7.7 0 2.4 1.3 4.6 3.3 6-.1 1-.6 2.1-1.4 3 1.7-.2 3.3-.8 4.6-1.7.8.2 1.6.3 2.5.3 5 0 9-3.4 9-7.6S17 3.5 12 3.5Z',
  down: 'm6 9 6 6 6-6',
  close: 'm6 6 12 12M18 6 6 18',
  more: 'M5 12h.01M12 12h.01M19 12h.01',
  send: 'M12 19V5m0 0-6 6m6-6 6 6',
  clip: 'm20 11-8.2 8.2a5 5 0 0 1-7-7L13 4a3.3 3.3 0 0 1 4.7 4.7l-8.2 8.2a1.7 1.7 0 0 1-2.4-2.4L14.5 7',
  smile:
    'M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0ZM8.5 14.5c.8 1.1 2 1.8 3.5 1.8s2.7-.7 3.5-1.8M9 9.5h.01M15 9.5h.01',
  file: 'M14 3H7a2 2 0 0 0-2 2v14a2 2 0 0 0 2 2h10a2 2 0 0 0 2-2V8l-5-5Zm0 0v5h5',
  check: 'm5 12.5 4.5 4.5L19 7.5',
  mail: 'M4 6h16v12H4zm0 .5 8 6.5 8-6.5',
  clock: 'M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0ZM12 7v5l3 2',
  sound: 'M5 9.5v5h3l4.5 4v-13L8 9.5zM16 9a4 4 0 0 1 0 6M18.5 6.5a8 8 0 0 1 0 11',
  silent: 'M5 9.5v5h3l4.5 4v-13L8 9.5zM16.5 9.5l5 5M21.5 9.5l-5 5',
  open: 'M14 4h6v6M20 4l-9 9M18 14v5a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1V7a1 1 0 0 1 1-1h5',
  leave: 'M14 4H6v16h8M10 12h11m0 0-4-4m4 4-4 4',
} as const;

export type IconName = keyof typeof paths;

export function Icon({ name, size = 20 }: { name: IconName; size?: number }): JSX.Element {
  return (
    <svg
      class="icon"
      width={size}
      height={size}
      viewBox="0 0 24 24"
      aria-hidden="true"
      focusable="false"
      stroke-width={name === 'more' ? 3 : 1.8}
    >
      <path d={paths[name]} />
    </svg>
  );
}
