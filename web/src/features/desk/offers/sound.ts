/** Sounds made by the browser itself: no file to fetch, and quiet until somebody has touched the page. */
let context: AudioContext | null = null;

/** Browsers let a page sound only after a gesture; the first one readies it. */
export function readySound(): void {
  context ??= new AudioContext();
  if (context.state === 'suspended') void context.resume().catch(() => undefined);
}

function note(frequency: number, delayS: number, lengthS: number): void {
  if (context?.state !== 'running') return;
  const start = context.currentTime + delayS;
  const tone = context.createOscillator();
  const volume = context.createGain();
  tone.type = 'sine';
  tone.frequency.value = frequency;
  volume.gain.setValueAtTime(0, start);
  volume.gain.linearRampToValueAtTime(0.12, start + 0.02);
  volume.gain.exponentialRampToValueAtTime(0.001, start + lengthS);
  tone.connect(volume).connect(context.destination);
  tone.start(start);
  tone.stop(start + lengthS);
}

/** One ring: a contact is offered. */
export function ring(): void {
  for (const at of [0, 0.45]) {
    note(784, at, 0.32);
    note(988, at + 0.14, 0.36);
  }
}

/** A short, low sign: a message or a mention came. */
export function chime(): void {
  note(659, 0, 0.18);
  note(880, 0.09, 0.22);
}
