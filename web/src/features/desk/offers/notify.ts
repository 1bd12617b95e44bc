export interface Notice {
  title: string;
  body: string;
  /** A later notice with the same tag takes the place of the earlier one. */
  tag: string;
  onClick: () => void;
}

/** Shows a notification of the system while the page is not looked at, if the person allowed that. */
export function notify(
  { title, body, tag, onClick }: Notice,
  allowed: boolean,
): (() => void) | null {
  if (!allowed || document.hasFocus() || !('Notification' in window)) return null;
  if (Notification.permission !== 'granted') return null;
  const shown = new Notification(title, { body, tag, icon: '/yingda.svg' });
  shown.addEventListener('click', () => {
    window.focus();
    onClick();
    shown.close();
  });
  return () => shown.close();
}
