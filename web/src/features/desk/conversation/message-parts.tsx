import { FileOutlined } from '@ant-design/icons';
import type { FileView, MessagePart } from '@yingda/contract';
import { memo } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatBytes } from '../../../lib/format.ts';
import { splitMentions } from '../model/editing.ts';
import { piecesOf } from '../model/text-pieces.ts';
import { openLightbox } from './lightbox.tsx';

/** Text with its addresses as links; in notes the names of colleagues stand out. */
export const MessageText = memo(function MessageText({
  text,
  names,
}: {
  text: string;
  names: readonly string[];
}): ReactNode {
  return (
    <div className="yd-text">
      {piecesOf(text).map((piece, at) =>
        piece.href === null ? (
          // The pieces of one text never change places.
          // oxlint-disable-next-line react/no-array-index-key
          <PlainText key={at} text={piece.text} names={names} />
        ) : (
          // oxlint-disable-next-line react/no-array-index-key
          <a key={at} href={piece.href} target="_blank" rel="noopener noreferrer nofollow">
            {piece.text}
          </a>
        ),
      )}
    </div>
  );
});

function PlainText({ text, names }: { text: string; names: readonly string[] }): ReactNode {
  if (names.length === 0) return text;
  return splitMentions(text, names).map((piece, at) =>
    piece.mention ? (
      // oxlint-disable-next-line react/no-array-index-key
      <strong key={at} className="yd-mention">
        {piece.text}
      </strong>
    ) : (
      piece.text
    ),
  );
}

const widest = 280;
const highest = 220;

/** The size an image is drawn at, known before it is loaded, so that nothing jumps. */
function sizeOf({ width, height }: FileView): { width: number; height: number } {
  if (!width || !height) return { width: 160, height: 120 };
  const scale = Math.min(1, widest / width, highest / height);
  return {
    width: Math.max(48, Math.round(width * scale)),
    height: Math.max(32, Math.round(height * scale)),
  };
}

export function Picture({ file }: { file: FileView }): ReactNode {
  const { t } = useTranslation('desk');
  return (
    <button
      type="button"
      className="yd-picture"
      aria-label={t('message.enlarge', { name: file.name })}
      onClick={() => openLightbox(file)}
    >
      <img src={file.url} alt={file.name} loading="lazy" decoding="async" {...sizeOf(file)} />
    </button>
  );
}

export function Attachment({ file }: { file: FileView }): ReactNode {
  return (
    <a
      className="yd-file"
      href={file.url}
      download={file.name}
      target="_blank"
      rel="noopener noreferrer"
    >
      <FileOutlined aria-hidden />
      <span className="yd-file-name">
        <span className="yd-ellipsis">{file.name}</span>
        <span className="yd-soft yd-figures">{formatBytes(file.size)}</span>
      </span>
    </a>
  );
}

/** The content of a message. */
export function Parts({
  parts,
  names,
}: {
  parts: readonly MessagePart[];
  names: readonly string[];
}): ReactNode {
  return parts.map((part, at) => {
    const key = `${part.type} ${at}`;
    if (part.type === 'text') return <MessageText key={key} text={part.text} names={names} />;
    if (part.type === 'image') return <Picture key={key} file={part.file} />;
    if (part.type === 'file') return <Attachment key={key} file={part.file} />;
    return null;
  });
}
