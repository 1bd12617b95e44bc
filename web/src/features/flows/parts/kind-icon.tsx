import {
  AuditOutlined,
  CheckCircleOutlined,
  FileTextOutlined,
  PhoneOutlined,
} from '@ant-design/icons';
import type { FlowStep } from '@yingda/contract';
import type { ReactNode } from 'react';

const icons: Record<FlowStep['kind'], ReactNode> = {
  work: <FileTextOutlined aria-hidden />,
  approval: <AuditOutlined aria-hidden />,
  callback: <PhoneOutlined aria-hidden />,
  end: <CheckCircleOutlined aria-hidden />,
};

/** The sign of a kind of step, on a ground of its colour. */
export function KindIcon({ kind }: { kind: FlowStep['kind'] }): ReactNode {
  return <span className={`yd-flow-kind is-${kind}`}>{icons[kind]}</span>;
}
