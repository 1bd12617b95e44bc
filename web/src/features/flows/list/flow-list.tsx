import { PlusOutlined, ShareAltOutlined } from '@ant-design/icons';
import { listFlows } from '@yingda/contract';
import { Link, useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '../../../lib/query.ts';
import { say } from '../../../lib/wording.ts';
import { Tag } from '../../../ui/data-table.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { EmptyState, Loaded } from '../../../ui/states.tsx';
import { useTitle } from '../../../ui/title.ts';
import { familiesOf, openOrdersOf, useCategoriesByFlow } from '../data/flows.ts';
import type { FlowFamily } from '../data/flows.ts';
import { MiniFlow } from './mini-flow.tsx';
import { NewFlow } from './new-flow.tsx';
import './flow-list.css';

function Card({ family }: { family: FlowFamily }): ReactNode {
  const { t } = useTranslation('flows');
  const categories = useCategoriesByFlow().get(family.key) ?? [];
  const { shown, draft, published, key } = family;
  const open = openOrdersOf(family);
  const names = categories.map(({ name }) => say(name)).join(t('comma'));
  return (
    <li className="yd-flow-card">
      <MiniFlow definition={shown.definition} />
      <div className="yd-flow-card-text">
        <h2>
          <Link to="/settings/flows/$flowKey" params={{ flowKey: key }}>
            {say(shown.name)}
          </Link>
        </h2>
        <p className="yd-flow-card-tags">
          {published ? (
            <Tag tone="green">{t('version', { version: published.version })}</Tag>
          ) : (
            <Tag>{t('card.unpublished')}</Tag>
          )}
          {published && draft && <Tag tone="amber">{t('card.draft')}</Tag>}
        </p>
        <p className="yd-soft yd-figures">
          {t('card.steps', { count: shown.definition.steps.length })} ·{' '}
          {t('card.open', { count: open })}
        </p>
        <p className="yd-soft">{names ? t('card.categories', { names }) : t('card.unused')}</p>
      </div>
    </li>
  );
}

/** All flows with a small drawing of each. */
export function FlowList(): ReactNode {
  const { t } = useTranslation('flows');
  useTitle(t('title'));
  const query = useCall(listFlows);
  const navigate = useNavigate();
  const [isMaking, setMaking] = useState(false);
  const families = familiesOf(query.data?.items ?? []);
  return (
    <>
      <PageHeader title={t('title')} hint={t('hint')}>
        <Button
          type="primary"
          icon={<PlusOutlined />}
          disabled={!query.data}
          onClick={() => setMaking(true)}
        >
          {t('create')}
        </Button>
      </PageHeader>
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState icon={<ShareAltOutlined />} title={t('none')} hint={t('noneHint')} />
          ) : (
            <ul className="yd-flow-cards">
              {families.map((family) => (
                <Card key={family.key} family={family} />
              ))}
            </ul>
          )
        }
      </Loaded>
      {isMaking && (
        <NewFlow
          families={families}
          onClose={() => setMaking(false)}
          onMade={(flowKey) =>
            void navigate({ to: '/settings/flows/$flowKey', params: { flowKey } })
          }
        />
      )}
    </>
  );
}
