import { systemCtx } from '../platform/ctx.ts';
import type { Services } from '../platform/ctx.ts';
import { needsSetup } from '../modules/identity/index.ts';
import { demoAccounts } from './demo/accounts.ts';

/** What the operator reads when the product is ready: the address and how to sign in. */
export async function welcome(services: Services, { demo }: { demo: boolean }): Promise<string> {
  const { baseUrl } = services.config;
  const lines = ['', `  Yingda 应答  ${baseUrl}`, ''];
  if (await needsSetup(systemCtx(services, 'welcome'))) {
    lines.push(
      '  Open the address and create the first administrator. 打开上面的地址，创建第一位管理员。',
    );
  } else if (demo) {
    lines.push('  Sign in 登录:');
    for (const { email, password, title } of demoAccounts)
      lines.push(`    ${email}  ${password}  ${title}`);
    lines.push('', `  Shop with the chat widget 带聊天窗口的示例商店: ${baseUrl}/demo`);
  } else {
    lines.push('  Sign in with your e-mail and password. 用邮箱和密码登录。');
    lines.push('  Password forgotten 忘记密码: npm run admin -- reset-password --email …');
  }
  return [...lines, ''].join('\n');
}
