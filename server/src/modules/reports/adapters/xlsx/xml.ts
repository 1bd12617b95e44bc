/** Characters that XML 1.0 cannot hold, lone halves of surrogate pairs among them, are left out. */
export function xmlText(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

export const xmlHead = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

/** `A`, `B`, … `AA`; 0 is the first. */
export function columnName(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : `${columnName(Math.floor(index / 26) - 1)}${letter}`;
}

/** Excel keeps this name for the list of changes. */
const RESERVED = 'history';

/** Letters that a sheet's name may not hold replaced, at most 31, and none twice. */
export function sheetName(wanted: string, taken: string[]): string {
  const clean =
    wanted
      .toWellFormed()
      .replaceAll(/[\\/?*[\]:']/g, ' ')
      .trim()
      .slice(0, 31) || 'Sheet';
  for (let n = 2, name = clean; ; n++) {
    const plain = name.toLowerCase();
    if (plain !== RESERVED && !taken.some((other) => other.toLowerCase() === plain)) return name;
    name = `${clean.slice(0, 27)} ${n}`;
  }
}
