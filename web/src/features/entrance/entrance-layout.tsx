import { GlobalOutlined, MoonOutlined, SunOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { changeLanguage } from '../../lib/i18n.ts';
import { useTitle } from '../../ui/title.ts';
import { chooseTheme, useScheme } from '../../ui/theme.tsx';
import './entrance.css';

function Choices(): ReactNode {
  const { t, i18n } = useTranslation();
  const next = useScheme() === 'dark' ? 'light' : 'dark';
  return (
    <div className="yd-entrance-choices">
      <Button
        type="text"
        icon={<GlobalOutlined />}
        onClick={() => void changeLanguage(i18n.language === 'en' ? 'zh-CN' : 'en')}
      >
        {t('entrance:otherLanguage')}
      </Button>
      <Button
        type="text"
        icon={next === 'dark' ? <MoonOutlined /> : <SunOutlined />}
        aria-label={t(`frame.theme.${next}`)}
        onClick={() => chooseTheme(next)}
      />
    </div>
  );
}

/** A quiet picture of what the product does: somebody asks, somebody answers. */
function Picture(): ReactNode {
  const { t } = useTranslation('entrance');
  return (
    <aside className="yd-entrance-side">
      <div className="yd-entrance-brand">
        <img src="/yingda.svg" alt="" width="36" height="36" />
        <span>{t('brand')}</span>
      </div>
      <div className="yd-entrance-talk" aria-hidden>
        <span className="yd-entrance-bubble" />
        <span className="yd-entrance-bubble yd-entrance-answer" />
        <span className="yd-entrance-bubble yd-entrance-short" />
        <span className="yd-entrance-bubble yd-entrance-answer yd-entrance-long">
          <i />
          <i />
        </span>
      </div>
      <p className="yd-entrance-claim">{t('claim')}</p>
    </aside>
  );
}

/** Around the pages for people who are not signed in. */
export function EntranceLayout({
  title,
  hint,
  children,
}: {
  title: string;
  hint?: ReactNode;
  children: ReactNode;
}): ReactNode {
  useTitle(title);
  return (
    <div className="yd-entrance">
      <Picture />
      <main className="yd-entrance-main">
        <Choices />
        <div className="yd-entrance-card">
          <img className="yd-entrance-mark" src="/yingda.svg" alt="" width="40" height="40" />
          <h1>{title}</h1>
          {hint && <p className="yd-entrance-hint">{hint}</p>}
          {children}
        </div>
      </main>
    </div>
  );
}
