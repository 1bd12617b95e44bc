/** One thing wrong with the configuration, in words for the person who set it. */
export type ConfigFault = {
  /** The setting, or the file `.env`. */
  name: string;
  /** What is wrong with its value. */
  problem: string;
  /** What to do about it. */
  remedy: string;
};

/** The configuration cannot be used; all its faults at once. */
export class ConfigError extends Error {
  readonly faults: readonly ConfigFault[];

  constructor(faults: readonly ConfigFault[]) {
    const lines = faults.map((fault) => `  ${fault.name} ${fault.problem}. ${fault.remedy}`);
    super(['The configuration cannot be used:', ...lines].join('\n'));
    this.name = 'ConfigError';
    this.faults = faults;
  }
}
