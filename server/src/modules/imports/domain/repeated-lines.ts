import { ownText } from './model.ts';

const REMEMBERED = 200_000;

/** Lines that a file shares with the one before it: rotated copies often overlap. */
export function repeatedLines() {
  let lines = new Set<string>();
  let before = new Set<string>();
  let file = '';
  let [lastAt, fileLastAt] = [0, 0];
  return {
    isRepeated(text: string, at: number, inFile: string): boolean {
      if (inFile !== file) {
        file = inFile;
        before = lines;
        lines = new Set();
        lastAt = fileLastAt;
      }
      fileLastAt = Math.max(fileLastAt, at);
      if (at <= lastAt && before.has(text)) return true;
      if (lines.size >= REMEMBERED) {
        for (const old of lines) {
          lines.delete(old);
          if (lines.size <= REMEMBERED * 0.9) break;
        }
      }
      lines.add(ownText(text));
      return false;
    },
  };
}
