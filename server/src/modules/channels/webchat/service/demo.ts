import type { WidgetSettings } from '@yingda/contract';
import type { Ctx } from '../../../../platform/ctx.ts';
import type { WidgetRow } from '../store/widgets.ts';
import { createWidget } from './widgets.ts';

const settings: WidgetSettings = {
  colour: '#2f7d5b',
  position: 'right',
  title: { 'zh-CN': '青禾家居客服', en: 'Qinghe Home support' },
  greeting: {
    'zh-CN': '您好，这里是青禾家居。选品、配送、安装、售后，都可以直接在这里问我们。',
    en: 'Hello from Qinghe Home. Ask us anything about products, delivery, assembly or returns.',
  },
  preChat: [],
  whenClosed: 'form',
  closedText: {
    'zh-CN': '现在不在服务时间，请留言，我们会尽快通过邮箱或电话回复您。',
    en: 'We are closed right now. Leave a message and we will answer by e-mail or phone.',
  },
  allowedOrigins: [],
  requireIdentity: false,
};

/** The widget of the demo company's shop. */
export function webchatDemo(
  ctx: Ctx,
  { queueId, name }: { queueId: string; name: string },
): Promise<WidgetRow> {
  return createWidget(ctx, { name, queueId, settings });
}
