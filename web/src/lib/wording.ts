import type { Wording } from '@yingda/contract';
import { currentLanguage } from './language.ts';

/** A text that the organisation wrote in both languages, in the reader's. */
export const say = (wording: Wording): string => wording[currentLanguage()];
