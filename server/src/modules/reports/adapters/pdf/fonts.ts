import { fileURLToPath } from 'node:url';

const file = (name: string): string =>
  fileURLToPath(new URL(`../fonts/${name}.otf`, import.meta.resolve('@embedpdf/fonts-sc')));

/** Noto Sans with Chinese and Latin letters (SIL Open Font License); only the letters in use go into a document. */
export const fontFiles = { regular: file('NotoSansHans-Regular'), bold: file('NotoSansHans-Bold') };
