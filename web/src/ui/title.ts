import { useEffect } from 'react';

/** Names the tab of the browser while mounted. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · Yingda`;
    return () => {
      document.title = 'Yingda';
    };
  }, [title]);
}
