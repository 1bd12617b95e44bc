import { CheckOutlined, CopyOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { ButtonProps } from 'antd';
import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { announce } from './announce.tsx';
import { toast } from './toast.tsx';
import './copy.css';

/** Puts a text on the clipboard; also on pages served without TLS, where browsers hide the modern way. */
async function copy(text: string): Promise<void> {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const field = document.createElement('textarea');
  field.value = text;
  field.style.cssText = 'position:fixed;opacity:0';
  (document.querySelector('dialog[open], .ant-drawer, .ant-modal') ?? document.body).append(field);
  field.select();
  const done = document.execCommand('copy');
  field.remove();
  if (!done) throw new Error('refused');
}

/** A button that copies, and says that it did. */
export function CopyButton({
  text,
  label,
  ...button
}: { text: string; label?: string } & ButtonProps): ReactNode {
  const { t } = useTranslation();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [copied]);
  const run = (): void =>
    void copy(text).then(
      () => {
        setCopied(true);
        announce(t('copied'));
      },
      () => toast.error(t('copyFailed')),
    );
  return (
    <Button icon={copied ? <CheckOutlined /> : <CopyOutlined />} onClick={run} {...button}>
      {copied ? t('copied') : (label ?? t('copy'))}
    </Button>
  );
}

/** Text for a machine with a button to copy it: a link, a secret, a piece of code. */
export function CopyBox({ text, label }: { text: string; label?: string }): ReactNode {
  const isLong = text.includes('\n');
  return (
    <div className={isLong ? 'yd-copy-box yd-copy-long' : 'yd-copy-box'}>
      {/* Scrollable text must be reachable by the keyboard. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre tabIndex={0} aria-label={label}>
        {text}
      </pre>
      <CopyButton text={text} size="small" />
    </div>
  );
}
