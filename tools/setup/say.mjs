/** A fault the user can mend, in both languages, with what to do. */
export class SetupError extends Error {
  constructor(english, chinese) {
    super(`${english}\n${chinese}`);
    this.name = 'SetupError';
  }
}

/** Tells a step that takes a while. */
export function say(english, chinese) {
  process.stderr.write(`${english} / ${chinese}\n`);
}
