import {
  CheckCircleFilled,
  CloseCircleFilled,
  CloseOutlined,
  InfoCircleFilled,
} from '@ant-design/icons';
import { Button } from 'antd';
import { useEffect, useSyncExternalStore } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { problemText } from '../lib/problems.ts';

type Kind = 'success' | 'error' | 'info';
interface Toast {
  id: number;
  kind: Kind;
  text: string;
  action?: { label: string; run: () => void };
}

let toasts: readonly Toast[] = [];
let lastId = 0;
const hearers = new Set<() => void>();
function set(next: readonly Toast[]): void {
  toasts = next;
  for (const hear of hearers) hear();
}
function subscribe(hear: () => void): () => void {
  hearers.add(hear);
  return () => hearers.delete(hear);
}
function close(id: number): void {
  set(toasts.filter((toast) => toast.id !== id));
}
function add(kind: Kind, text: string, action?: Toast['action']): void {
  lastId += 1;
  // The same text twice is one message; the newest four are enough to read.
  const others = toasts.filter((toast) => toast.text !== text).slice(-3);
  set([...others, { id: lastId, kind, text, ...(action ? { action } : {}) }]);
}

/** Short messages at the edge of the page; read out to screen readers too. */
export const toast = {
  success: (text: string, action?: Toast['action']): void => add('success', text, action),
  info: (text: string, action?: Toast['action']): void => add('info', text, action),
  error: (text: string): void => add('error', text),
  /** Says what a failed call means. */
  problem: (error: unknown): void => add('error', problemText(error)),
};

const icons: Record<Kind, [typeof InfoCircleFilled, string]> = {
  success: [CheckCircleFilled, 'var(--yd-green)'],
  error: [CloseCircleFilled, 'var(--yd-red)'],
  info: [InfoCircleFilled, 'var(--yd-blue)'],
};

function Item({ toast: { id, kind, text, action } }: { toast: Toast }): ReactNode {
  const { t } = useTranslation();
  // Errors stay longer: they ask for something to be done.
  const stay = kind === 'error' ? 10_000 : action ? 8000 : 4000;
  useEffect(() => {
    const timer = setTimeout(() => close(id), stay);
    return () => clearTimeout(timer);
  }, [id, stay]);
  const [Icon, colour] = icons[kind];
  return (
    <div className="yd-toast" role={kind === 'error' ? 'alert' : 'status'}>
      <Icon className="yd-toast-icon" style={{ color: colour }} aria-hidden />
      <span className="yd-toast-text">{text}</span>
      {action && (
        <Button
          size="small"
          type="link"
          onClick={() => {
            close(id);
            action.run();
          }}
        >
          {action.label}
        </Button>
      )}
      <Button
        size="small"
        type="text"
        icon={<CloseOutlined />}
        aria-label={t('close')}
        onClick={() => close(id)}
      />
    </div>
  );
}

/** Where toasts appear; the root of the page holds one. */
export function Toasts(): ReactNode {
  const shown = useSyncExternalStore(subscribe, () => toasts);
  return (
    <div className="yd-toasts">
      {shown.map((item) => (
        <Item key={item.id} toast={item} />
      ))}
    </div>
  );
}
