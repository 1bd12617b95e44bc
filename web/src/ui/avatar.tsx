import type { ReactNode } from 'react';

/** First sign of a Chinese name's given part, first letters of a Western one. */
export function initialsOf(name: string): string {
  const trimmed = name.trim();
  if (/[\u3400-\u9fff]/u.test(trimmed)) return [...trimmed.replace(/\s/g, '')].slice(-1).join('');
  const words = trimmed.split(/\s+/).filter(Boolean);
  return words
    .slice(0, 2)
    .map((word) => [...word][0]?.toUpperCase() ?? '')
    .join('');
}

const hues = [174, 210, 260, 320, 15, 40, 95, 140];
const hueOf = (name: string): number =>
  hues[[...name].reduce((sum, sign) => sum + (sign.codePointAt(0) ?? 0), 0) % hues.length] ?? 174;

/** A person's picture, or the initials of the name on a colour of its own. The name stands beside it or in `title`. */
export function Avatar({
  name,
  image = null,
  px = 28,
}: {
  name: string;
  image?: string | null;
  px?: number;
}): ReactNode {
  const hue = hueOf(name);
  return (
    <span
      className="yd-avatar"
      aria-hidden
      style={{
        width: px,
        height: px,
        fontSize: Math.round(px * 0.42),
        background: `light-dark(hsl(${hue} 45% 90%), hsl(${hue} 30% 24%))`,
        color: `light-dark(hsl(${hue} 55% 26%), hsl(${hue} 45% 82%))`,
      }}
    >
      {image ? <img src={image} alt="" /> : initialsOf(name)}
    </span>
  );
}
