import { ConverterFactory } from 'opencc-js/core';
import hongKongVariants from 'opencc-js/dict/HKVariantsRev';
import traditionalCharacters from 'opencc-js/dict/TSCharacters';
import traditionalPhrases from 'opencc-js/dict/TSPhrases';

let converter: ((text: string) => string) | undefined;

/**
 * Traditional Chinese as simplified. Only the small tables (45 KB) are read: the ready-made converters of opencc-js
 * carry the simplified→traditional phrases too, which are a megabyte that searching never needs.
 */
function simplify(text: string): string {
  converter ??= ConverterFactory(
    [[hongKongVariants]],
    [[traditionalPhrases, traditionalCharacters]],
  );
  return converter(text);
}

/** Text as it is compared for searching: compatibility forms unified (NFKC), lower case, simplified Chinese. */
export function fold(text: string): string {
  return simplify(text.normalize('NFKC').toLowerCase());
}
