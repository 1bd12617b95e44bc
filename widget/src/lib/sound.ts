let audio: AudioContext | undefined;

/** Two soft notes. Silent where the browser wants a click first: then nobody is surprised either. */
export function chime(): void {
  try {
    audio ??= new AudioContext();
    void audio.resume();
    const start = audio.currentTime;
    [659, 880].forEach((pitch, index) => note(audio, pitch, start + index * 0.14));
  } catch {
    // No audio device: the badge and the title still tell.
  }
}

function note(context: AudioContext | undefined, pitch: number, at: number): void {
  if (!context) return;
  const tone = context.createOscillator();
  const volume = context.createGain();
  tone.frequency.value = pitch;
  volume.gain.setValueAtTime(0, at);
  volume.gain.linearRampToValueAtTime(0.08, at + 0.02);
  volume.gain.exponentialRampToValueAtTime(0.0001, at + 0.35);
  tone.connect(volume).connect(context.destination);
  tone.start(at);
  tone.stop(at + 0.4);
}
