import { ShareAltOutlined } from '@ant-design/icons';
import { listFlows } from '@yingda/contract';
import { Link, useParams } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '../../lib/query.ts';
import { Bones, EmptyState, Loaded } from '../../ui/states.tsx';
import { familiesOf } from './data/flows.ts';
import { FlowList } from './list/flow-list.tsx';

// The drawing library comes only when somebody draws.
const Designer = lazy(async () => ({
  default: (await import('./designer/designer.tsx')).Designer,
}));

function OneFlow({ flowKey }: { flowKey: string }): ReactNode {
  const { t } = useTranslation('flows');
  const query = useCall(listFlows);
  return (
    <Loaded query={query}>
      {({ items }) => {
        const family = familiesOf(items).find(({ key }) => key === flowKey);
        return family ? (
          <Suspense fallback={<Bones />}>
            <Designer key={flowKey} family={family} />
          </Suspense>
        ) : (
          <EmptyState icon={<ShareAltOutlined />} title={t('unknown')} hint={t('unknownHint')}>
            <Link to="/settings/flows">{t('back')}</Link>
          </EmptyState>
        );
      }}
    </Loaded>
  );
}

/** The flows that orders go by: all of them, or one in the designer. */
export function FlowsPage(): ReactNode {
  const { flowKey } = useParams({ strict: false });
  return flowKey === undefined ? <FlowList /> : <OneFlow key={flowKey} flowKey={flowKey} />;
}
