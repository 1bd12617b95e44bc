import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { MessageWindow } from '../model/message-window.ts';
import { firstSeqOf, lastSeqOf } from '../model/message-window.ts';

interface ScrollInput {
  scroller: RefObject<HTMLElement | null>;
  window: MessageWindow;
  /** Number of rows on their way: sending one's own message goes to the end. */
  outgoing: number;
  targetSeq: number | null;
  loadOlder: () => void;
  loadNewer: () => void;
}

export interface TimelineScroll {
  isAtEnd: boolean;
  /** The newest seq that was there when the end was left; what came later is new. */
  leftAtSeq: number;
  onScroll: () => void;
  toEnd: () => void;
}

const nearPx = 320;
const endPx = 48;

const distanceToEnd = (element: HTMLElement): number =>
  element.scrollHeight - element.scrollTop - element.clientHeight;

/**
 * Keeps the reader's place: at the end it follows new messages, elsewhere it stays put while older ones are put in
 * front. A message that was searched for is brought into the middle.
 */
export function useTimelineScroll(input: ScrollInput): TimelineScroll {
  const { scroller, window, outgoing, targetSeq, loadOlder, loadNewer } = input;
  const [isAtEnd, setAtEnd] = useState(true);
  const [leftAtSeq, setLeftAtSeq] = useState(0);
  const before = useRef({
    firstSeq: 0,
    height: 0,
    atEnd: targetSeq === null,
    outgoing: 0,
    target: 0,
  });
  const first = firstSeqOf(window);
  const last = lastSeqOf(window);

  const toEnd = useCallback(() => {
    const element = scroller.current;
    if (element) element.scrollTop = element.scrollHeight;
    before.current.atEnd = true;
    setAtEnd(true);
  }, [scroller]);

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const known = before.current;
    const sends = outgoing > known.outgoing;
    const target =
      targetSeq !== null && known.target !== targetSeq && first <= targetSeq && targetSeq <= last;
    if (target) {
      element.querySelector(`[data-seq="${targetSeq}"]`)?.scrollIntoView({ block: 'center' });
      known.target = targetSeq;
      known.atEnd = distanceToEnd(element) < endPx;
      setAtEnd(known.atEnd);
    } else if (sends || known.atEnd) element.scrollTop = element.scrollHeight;
    else if (known.firstSeq > 0 && first < known.firstSeq) {
      element.scrollTop += element.scrollHeight - known.height;
    }
    known.firstSeq = first;
    known.height = element.scrollHeight;
    known.outgoing = outgoing;
  }, [scroller, window, outgoing, targetSeq, first, last]);

  // Images and fonts that arrive late, and a pane that is resized, move the end away.
  useEffect(() => {
    const element = scroller.current;
    const content = element?.firstElementChild;
    if (!element || !content) return undefined;
    const observer = new ResizeObserver(() => {
      if (before.current.atEnd) element.scrollTop = element.scrollHeight;
      before.current.height = element.scrollHeight;
    });
    observer.observe(content);
    observer.observe(element);
    return () => observer.disconnect();
  }, [scroller]);

  const onScroll = (): void => {
    const element = scroller.current;
    if (!element) return;
    const atEnd = distanceToEnd(element) < endPx && !window.moreAfter;
    if (before.current.atEnd && !atEnd) setLeftAtSeq(last);
    before.current.atEnd = atEnd;
    setAtEnd(atEnd);
    if (window.moreBefore && element.scrollTop < nearPx) loadOlder();
    if (window.moreAfter && distanceToEnd(element) < nearPx) loadNewer();
  };
  return { isAtEnd, leftAtSeq, onScroll, toEnd };
}
