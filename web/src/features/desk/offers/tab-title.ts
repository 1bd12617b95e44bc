import { titleWith } from '../model/unread-title.ts';

let count = 0;
let alarm: string | null = null;
let showAlarm = false;
let blink: ReturnType<typeof setInterval> | undefined;
let watching = false;

function draw(): void {
  const plain = titleWith(document.title.replace(/^[^|]*\u200b/, ''), 0);
  const next = showAlarm && alarm !== null ? `${alarm} \u200b${plain}` : titleWith(plain, count);
  if (document.title !== next) document.title = next;
}

/** Pages set their own title when they open; the figure is put in front of that one again. */
function watch(): void {
  const element = document.querySelector('title');
  if (watching || !element) return;
  watching = true;
  new MutationObserver(draw).observe(element, { childList: true });
}

/** Shows in the tab's title how much waits for me: `(2) …`. */
export function setTitleCount(next: number): void {
  count = next;
  watch();
  draw();
}

/** Lets the tab's title alternate with a text while something rings; null ends it. */
export function setTitleAlarm(text: string | null): void {
  alarm = text;
  watch();
  clearInterval(blink);
  showAlarm = text !== null;
  if (text !== null) {
    blink = setInterval(() => {
      showAlarm = !showAlarm;
      draw();
    }, 1000);
  }
  draw();
}
