import type { Locale } from '@yingda/contract';
import type { OutgoingMail } from '../../../platform/mail/index.ts';

type Letter = { organisationName: string; name: string; url: string; locale: Locale };

const texts = {
  invitation: {
    'zh-CN': ({ organisationName, name, url }: Letter) => ({
      subject: `邀请您加入 ${organisationName}`,
      text: `${name}，您好：\n\n请打开下面的链接设置密码，加入 ${organisationName} 的客服中心。链接 7 天内有效，只能使用一次。\n\n${url}\n\n如果您不清楚这封邮件的来由，请忽略。\n`,
    }),
    en: ({ organisationName, name, url }: Letter) => ({
      subject: `You are invited to ${organisationName}`,
      text: `Hello ${name},\n\nopen this link to set your password and join the service centre of ${organisationName}. It works once, within 7 days.\n\n${url}\n\nIf you do not know what this is about, ignore this mail.\n`,
    }),
  },
  passwordLink: {
    'zh-CN': ({ organisationName, name, url }: Letter) => ({
      subject: `设置新密码 · ${organisationName}`,
      text: `${name}，您好：\n\n请打开下面的链接设置新密码。链接 1 小时内有效，只能使用一次。\n\n${url}\n\n如果不是您本人申请，请忽略，原密码仍然有效。\n`,
    }),
    en: ({ organisationName, name, url }: Letter) => ({
      subject: `Set a new password · ${organisationName}`,
      text: `Hello ${name},\n\nopen this link to set a new password. It works once, within an hour.\n\n${url}\n\nIf you did not ask for it, ignore this mail: your password stays as it is.\n`,
    }),
  },
} as const;

/** The mail with an invitation, or with a link for a new password, in the reader's language. */
export function letter(kind: keyof typeof texts, to: string, content: Letter): OutgoingMail {
  return { to, ...texts[kind][content.locale](content) };
}
