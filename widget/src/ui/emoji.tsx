import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { useDismiss } from './focus.ts';
import { Icon } from './icons.tsx';
import { useUi } from './ui.ts';

const emojis =
  '😀 😄 😁 😂 🤣 😊 😍 😘 😎 🤔 😅 😉 🙂 😌 😋 🤗 😮 😳 🥺 😢 😭 😤 😡 😱 😴 🤒 😷 🙄 👍 👎 👌 🙏 👏 💪 🤝 👋 ✌️ 🙌 ❤️ 💔 🌹 🌸 🎉 🎁 🎂 ☕ 🍵 🔥 ⭐ ✅ ❌ ❓ ❗ 💯 📷 📦 🚚 💰'.split(
    ' ',
  );

export function EmojiPicker({ pick }: { pick: (emoji: string) => void }): JSX.Element {
  const { t } = useUi();
  const [isOpen, setOpen] = useState(false);
  const ref = useDismiss<HTMLDivElement>(isOpen, () => setOpen(false));
  return (
    <div ref={ref} class="emoji-place">
      <button
        type="button"
        class="round"
        aria-label={t('composer.emoji')}
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        <Icon name="smile" />
      </button>
      {isOpen && (
        <div class="emojis" role="group" aria-label={t('emoji.title')}>
          {emojis.map((emoji) => (
            <button
              key={emoji}
              type="button"
              onClick={() => {
                setOpen(false);
                pick(emoji);
              }}
            >
              {emoji}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}
