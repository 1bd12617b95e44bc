import type { Locale, MessageView } from '@yingda/contract';
import type { VisitorRow } from '../store/visitors.ts';

type Content = {
  visitor: VisitorRow;
  answers: readonly MessageView[];
  organisationName: string;
  /** Before the addresses of files. */
  baseUrl: string;
};

const texts = {
  'zh-CN': {
    subject: (organisation: string) => `${organisation} 回复了您的咨询`,
    greeting: (name: string) => (name ? `${name}，您好：` : '您好：'),
    intro: '您离开页面后，我们回复了您的咨询：',
    said: (name: string) => `${name}：`,
    back: '回到页面继续沟通：',
    note: '请勿直接回复本邮件，如需继续沟通请回到上面的页面。',
  },
  en: {
    subject: (organisation: string) => `${organisation} has answered you`,
    greeting: (name: string) => (name ? `Hello ${name},` : 'Hello,'),
    intro: 'after you left the page, we answered your question:',
    said: (name: string) => `${name}:`,
    back: 'Go back to the page to continue:',
    note: 'Please do not reply to this mail; continue on the page above.',
  },
} as const satisfies Record<Locale, unknown>;

function bodyOf({ parts }: MessageView, baseUrl: string): string {
  const lines = parts.flatMap((part) => {
    if (part.type === 'text') return [part.text];
    if (part.type === 'event') return [];
    return [`${part.file.name}  ${new URL(part.file.url, baseUrl).href}`];
  });
  return lines.join('\n');
}

/** The page the visitor wrote from; null when it is no web address. */
function pageOf({ page }: VisitorRow): string | null {
  const url = URL.parse(page?.url ?? '');
  return url && /^https?:$/.test(url.protocol) ? url.href : null;
}

/** The mail with answers that the visitor has not read, in the visitor's language. */
export function answersLetter(content: Content): { subject: string; text: string } {
  const { visitor, answers, organisationName, baseUrl } = content;
  const words = texts[visitor.locale];
  const told = answers.map(
    (message) => `${words.said(message.author.name)}\n${bodyOf(message, baseUrl)}`,
  );
  const page = pageOf(visitor);
  const text = [
    words.greeting(visitor.name),
    words.intro,
    ...told,
    ...(page ? [`${words.back}\n${page}`, words.note] : []),
    organisationName,
  ].join('\n\n');
  return { subject: words.subject(organisationName), text: `${text}\n` };
}
