import { deleteSavedView, listSavedViews, updateSavedView } from '@yingda/contract';
import type { SavedView } from '@yingda/contract';
import { Button, Drawer, Switch } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useRights } from '../../lib/me.ts';
import { useAct, useCall } from '../../lib/query.ts';
import { ConfirmButton } from '../../ui/confirm-button.tsx';
import { Loaded } from '../../ui/states.tsx';
import { toast } from '../../ui/toast.tsx';
import type { SavedViewsProps } from './saved-views.tsx';
import { viewQueryOf } from './view-query.ts';
import './reports.css';

function Line({ view, shown }: { view: SavedView; shown: SavedViewsProps }): ReactNode {
  const { t } = useTranslation('reports');
  const { may } = useRights();
  const change = useAct(updateSavedView, {
    refreshes: [listSavedViews],
    onDone: () => toast.success(t('common:saved')),
  });
  const remove = useAct(deleteSavedView, { refreshes: [listSavedViews] });
  const { id, name, isShared, isOwn, ownerName } = view;
  const params = { id };
  const mayChange = may('report.manage') ? isOwn || isShared : isOwn && !isShared;
  const act = (body: Parameters<typeof change.mutate>[0]['body']): void =>
    change.mutate({ params, body }, { onError: toast.problem });
  return (
    <li>
      <div className="yd-views-name">
        <strong>{name}</strong>
        <span className="yd-soft">
          {t(`pages.${view.page}`)} · {isOwn ? t('views.mine') : ownerName}
        </span>
      </div>
      {mayChange && (
        <div className="yd-views-deeds">
          {may('report.manage') && (
            <label className="yd-views-share">
              <Switch
                size="small"
                checked={isShared}
                onChange={(checked) => act({ isShared: checked })}
              />
              {t('views.isShared')}
            </label>
          )}
          {view.page === shown.page && (
            <Button
              size="small"
              onClick={() => act({ query: viewQueryOf(shown.query, shown.search) })}
              title={t('views.replaceHint')}
            >
              {t('views.replace')}
            </Button>
          )}
          <ConfirmButton
            size="small"
            danger
            question={t('views.deleteQuestion', { name })}
            deed={t('common:delete')}
            onConfirm={() => remove.mutateAsync({ params })}
          >
            {t('common:delete')}
          </ConfirmButton>
        </div>
      )}
    </li>
  );
}

/** All views one sees: share, replace by what is shown, delete. */
export function ViewsDrawer({
  shown,
  onClose,
}: {
  shown: SavedViewsProps;
  onClose: () => void;
}): ReactNode {
  const { t } = useTranslation('reports');
  const views = useCall(listSavedViews, { query: {} });
  return (
    <Drawer open title={t('views.manage')} size="min(480px, 100vw)" onClose={onClose}>
      <Loaded query={views}>
        {({ items }) => (
          <ul className="yd-views">
            {items.map((view) => (
              <Line key={view.id} view={view} shown={shown} />
            ))}
          </ul>
        )}
      </Loaded>
    </Drawer>
  );
}
