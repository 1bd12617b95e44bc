import { ApartmentOutlined, ExpandOutlined, MinusOutlined, PlusOutlined } from '@ant-design/icons';
import { Panel, useReactFlow } from '@xyflow/react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { arranged } from '../model/layout.ts';
import { useScene } from './scene.ts';

/** Zoom, show all, arrange; beside the drawing's lower edge. */
export function CanvasTools(): ReactNode {
  const { t } = useTranslation('flows');
  const { change, mayChange } = useScene();
  const flow = useReactFlow();
  const isStill = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
  const duration = isStill ? 0 : 150;
  const fit = (): void => void flow.fitView({ padding: 0.12, maxZoom: 1, duration });
  const tools = [
    { key: 'zoomIn', icon: <PlusOutlined />, run: () => void flow.zoomIn({ duration }) },
    { key: 'zoomOut', icon: <MinusOutlined />, run: () => void flow.zoomOut({ duration }) },
    { key: 'fit', icon: <ExpandOutlined />, run: fit },
  ] as const;
  const arrange = (): void => {
    change(arranged);
    // The new places are drawn first.
    requestAnimationFrame(() => requestAnimationFrame(fit));
  };
  return (
    <Panel position="bottom-left" className="yd-flow-tools">
      {tools.map(({ key, icon, run }) => (
        <button
          key={key}
          type="button"
          title={t(`canvas.${key}`)}
          aria-label={t(`canvas.${key}`)}
          onClick={run}
        >
          {icon}
        </button>
      ))}
      {mayChange && (
        <button
          type="button"
          title={t('do.arrange')}
          aria-label={t('do.arrange')}
          onClick={arrange}
        >
          <ApartmentOutlined />
        </button>
      )}
    </Panel>
  );
}
