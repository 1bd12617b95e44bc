import { fileURLToPath } from 'node:url';
import { openSync } from 'fontkit';

const file = (name: string): string =>
  fileURLToPath(new URL(`../fonts/${name}.otf`, import.meta.resolve('@embedpdf/fonts-sc')));

/** Noto Sans with Chinese and Latin letters (SIL Open Font License); only the letters in use go into a document. */
export const fontFiles = { regular: file('NotoSansHans-Regular'), bold: file('NotoSansHans-Bold') };

let face: ReturnType<typeof openSync> | null = null;

/** Whether the letters of both fonts hold this one. */
export function hasGlyph(codePoint: number): boolean {
  face ??= openSync(fontFiles.regular);
  return 'hasGlyphForCodePoint' in face && face.hasGlyphForCodePoint(codePoint);
}
