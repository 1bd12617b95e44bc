import type { FileView, MessagePart, PartInput } from '@yingda/contract';
import { Problem } from '../../../kernel/problem.ts';

const PREVIEW_LENGTH = 140;

/** The parts a sender gave, files filled in; refuses a message that says nothing. */
export function resolveParts(given: PartInput[], files: Map<string, FileView>): MessagePart[] {
  const parts = given.flatMap((part): MessagePart[] => {
    if (part.type === 'text') {
      const text = part.text.toWellFormed();
      return text.trim() === '' ? [] : [{ type: 'text', text }];
    }
    const file = files.get(part.fileId);
    if (!file) throw new Problem('file.not_found');
    return [{ type: file.width === null ? 'file' : 'image', file }];
  });
  if (parts.length === 0) throw new Problem('message.empty');
  return parts;
}

/** One line for lists: the text, or the names of the files. */
export function previewOf(parts: MessagePart[]): string {
  const words = parts.map((part) => {
    if (part.type === 'text') return part.text;
    return part.type === 'event' ? '' : part.file.name;
  });
  const line = words.join(' ').replaceAll(/\s+/g, ' ').trim();
  return line.length > PREVIEW_LENGTH
    ? `${line.slice(0, PREVIEW_LENGTH - 1).toWellFormed()}…`
    : line;
}

/** All text of a message, for search. */
export function textOf(parts: MessagePart[]): string {
  return parts
    .map((part) => (part.type === 'text' ? part.text : part.type === 'event' ? '' : part.file.name))
    .join('\n');
}
