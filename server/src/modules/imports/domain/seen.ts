/**
 * Remembers which texts were seen, in a fixed amount of memory: "no" is certain, "perhaps" is wrong for about one in a
 * hundred when ten million were seen (a Bloom filter of four places).
 */
export function seenTexts(bits = 1 << 27) {
  const words = new Uint32Array(bits / 32);
  const mask = bits - 1;
  const places = new Uint32Array(4);
  const find = (text: string): void => {
    // FNV-1a in two lanes; ids are hashes already.
    let [a, b] = [0x811c9dc5, 0x01000193];
    for (let i = 0; i < text.length; i += 1) {
      const code = text.charCodeAt(i);
      a = Math.imul(a ^ code, 0x01000193);
      b = Math.imul(b ^ code, 0x85ebca6b) ^ (b >>> 13);
    }
    for (let i = 0; i < 4; i += 1) places[i] = (a + Math.imul(i, b | 1)) & mask;
  };
  return {
    /** Whether it may have been seen before; from now on it was. */
    perhaps(text: string): boolean {
      find(text);
      let all = true;
      for (let i = 0; i < 4; i += 1) {
        const place = places[i] ?? 0;
        const word = place >>> 5;
        const bit = 1 << (place & 31);
        const before = words[word] ?? 0;
        if ((before & bit) === 0) {
          all = false;
          words[word] = before | bit;
        }
      }
      return all;
    },
  };
}
