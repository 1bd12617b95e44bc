import { afterAll, beforeAll, expect, test } from 'vitest';
import { startSmtpServer } from '../../../test/smtp-server.ts';
import type { SmtpServer } from '../../../test/smtp-server.ts';
import { createMailer } from './index.ts';
import type { Mailer } from './index.ts';

const hello = { to: 'li@example.com', subject: '你好', text: 'text' };
let server: SmtpServer;
let mailer: Mailer;
beforeAll(async () => {
  server = await startSmtpServer();
  mailer = createMailer({ mail: { smtpUrl: server.url, from: '客服 <service@example.com>' } });
});
afterAll(() => server.close());

test('a mail arrives as it was written', async () => {
  const text = '您好,\n.一行以点开头\nhttps://example.com/reset?token=abc=def\n';
  const { messageId } = await mailer.send({
    to: ['li@example.com', 'wang@example.com'],
    subject: '重置密码 reset',
    text,
    html: '<p>您好</p>',
    replyTo: 'desk@example.com',
    headers: { 'In-Reply-To': '<1@example.com>' },
  });
  const mail = server.mails.at(-1);
  expect(mail).toMatchObject({
    from: 'service@example.com',
    to: ['li@example.com', 'wang@example.com'],
  });
  expect(mail?.text.replaceAll('\r\n', '\n')).toBe(text);
  expect(mail?.html.trim()).toBe('<p>您好</p>');
  expect(mail?.headers).toMatchObject({
    'message-id': messageId,
    'reply-to': 'desk@example.com',
    'in-reply-to': '<1@example.com>',
    subject: expect.stringMatching(/^=\?UTF-8\?/),
  });
  await mailer.check();
});

test('line breaks in a field make no new header', async () => {
  await mailer.send({
    ...hello,
    subject: 'x\r\nBcc: thief@example.com',
    headers: { 'X-A': 'a\r\nX-B: b' },
  });
  const mail = server.mails.at(-1);
  expect(mail?.to).toEqual(['li@example.com']);
  expect(Object.keys(mail?.headers ?? {})).not.toEqual(expect.arrayContaining(['bcc', 'x-b']));
  expect([mail?.headers['bcc'], mail?.headers['x-b']]).toEqual([undefined, undefined]);
});

test('a refusal for good is told apart from one for now', async () => {
  const before = server.mails.length;
  server.answerNext('RCPT', '550 No such person');
  await expect(mailer.send(hello)).rejects.toMatchObject({ code: 'mail.refused' });
  server.answerNext('RCPT', '451 Try later');
  await expect(mailer.send(hello)).rejects.toMatchObject({ code: 'mail.unavailable' });
  expect(server.mails).toHaveLength(before);
});

test('a wrong password and a server that is away are told', async () => {
  const from = 'a@example.com';
  const wrong = createMailer({ mail: { smtpUrl: server.url.replace('geheim', 'x'), from } });
  await expect(wrong.check()).rejects.toMatchObject({ code: 'mail.unavailable' });
  const away = createMailer({ mail: { smtpUrl: 'smtp://127.0.0.1:1', from } });
  await expect(away.send(hello)).rejects.toMatchObject({ code: 'mail.unavailable' });
});

test('without a mail server the mailer says so', async () => {
  const none = createMailer({});
  expect(none.isConfigured).toBe(false);
  await expect(none.send(hello)).rejects.toMatchObject({
    code: 'mail.not_configured',
    status: 409,
  });
});
