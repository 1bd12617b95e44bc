import { useEffect, useRef, useState } from 'preact/hooks';

const holdsFiles = (event: DragEvent): boolean =>
  event.dataTransfer?.types.includes('Files') ?? false;

/** Files dropped anywhere on the panel around the element. True while some are dragged over it. */
export function useDrop(
  inside: { current: HTMLElement | null },
  drop: (files: Iterable<File>) => void,
): boolean {
  const [isOver, setOver] = useState(false);
  const latest = useRef(drop);
  latest.current = drop;
  useEffect(() => {
    const panel = inside.current?.closest<HTMLElement>('.panel');
    if (!panel) return undefined;
    // Entering a child leaves its parent: count both.
    let depth = 0;
    const step = (by: number) => (event: DragEvent) => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      depth = Math.max(0, depth + by);
      setOver(depth > 0);
    };
    const [enter, over, leave] = [step(1), step(0), step(-1)];
    const onDrop = (event: DragEvent): void => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      depth = 0;
      setOver(false);
      latest.current([...(event.dataTransfer?.files ?? [])]);
    };
    panel.addEventListener('dragenter', enter);
    panel.addEventListener('dragover', over);
    panel.addEventListener('dragleave', leave);
    panel.addEventListener('drop', onDrop);
    return () => {
      panel.removeEventListener('dragenter', enter);
      panel.removeEventListener('dragover', over);
      panel.removeEventListener('dragleave', leave);
      panel.removeEventListener('drop', onDrop);
    };
  }, [inside]);
  return isOver;
}
