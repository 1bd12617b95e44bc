import { ArrowLeftOutlined } from '@ant-design/icons';
import type { ReportView, StandardKey } from '@yingda/contract';
import { Button, Drawer } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { rowFilter } from '../model/drill.ts';
import { filterQuery } from '../model/search.ts';
import type { ReportSearch } from '../model/search.ts';
import { stepName } from '../model/step-label.ts';
import { formatSpan, useStandardTexts } from '../parts/texts.ts';
import { ContactDetail } from './contact-detail.tsx';
import { ContactList } from './contact-list.tsx';
import './drill.css';

interface Drill {
  of: StandardKey;
  since: string;
  until: string;
}

/** Of which stretch of time the contacts are: a step by its name, the whole period by its dates. */
function useWhen(view: ReportView, { since, until }: Drill): string {
  const isWhole = since === view.steps[0] && until === view.end && view.steps.length > 1;
  if (!isWhole) return stepName({ since, until }, { step: view.step, zone: view.timeZone });
  return formatSpan(view);
}

/** The contacts behind a figure, and each of them with its whole event line. */
export function DrillDrawer({
  view,
  search,
  drill,
  onContact,
  onClose,
}: {
  view: ReportView;
  search: ReportSearch;
  drill: Drill;
  onContact: (id: string | undefined) => void;
  onClose: () => void;
}): ReactNode {
  const { t } = useTranslation('kpi');
  const texts = useStandardTexts();
  const when = useWhen(view, drill);
  const { of: key, contact } = search;
  const group = view.rows.find((row) => row.key === key)?.name;
  const query = {
    since: drill.since,
    until: drill.until,
    ...rowFilter(filterQuery(search), { by: view.by, key: key ?? '' }),
    // Every contact counts for the total: nothing to leave out.
    ...(drill.of === 'total_contacts' ? {} : { standard: drill.of }),
  };
  const title = (
    <div className="yd-drill-title">
      {contact ? (
        <Button
          type="text"
          size="small"
          icon={<ArrowLeftOutlined />}
          onClick={() => onContact(undefined)}
        >
          {t('drill.back')}
        </Button>
      ) : (
        <>
          <span>{texts.name(drill.of)}</span>
          <small>{group === undefined ? when : t('drill.about', { name: group, when })}</small>
        </>
      )}
    </div>
  );
  return (
    <Drawer
      open
      title={title}
      aria-label={t('drill.title')}
      size="min(680px, 100vw)"
      mask={{ closable: true }}
      onClose={onClose}
      styles={{ body: { padding: 0, display: 'flex', flexDirection: 'column' } }}
    >
      {contact ? (
        <ContactDetail id={contact} zone={view.timeZone} />
      ) : (
        <ContactList query={query} zone={view.timeZone} onOpen={onContact} />
      )}
    </Drawer>
  );
}
