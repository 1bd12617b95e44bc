import { ArrowRightOutlined, InboxOutlined } from '@ant-design/icons';
import type { KpiSettingsView, StandardCard } from '@yingda/contract';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useRights } from '../../../lib/me.ts';
import { BandBar } from '../../../ui/chart/band-bar.tsx';
import { Spark } from '../../../ui/chart/spark.tsx';
import { remedyFor } from '../model/remedy.ts';
import type { StandardsSearch } from '../model/search.ts';
import { judgedBand } from '../model/values.ts';
import { useBandWords } from '../parts/band-words.ts';
import { ChangeMark } from '../parts/change.tsx';
import { Explain } from '../parts/explain.tsx';
import { StateMark } from '../parts/state-mark.tsx';
import { limitOf, useStandardTexts, writerOf } from '../parts/texts.ts';

/** Which data is missing, and where to bring it in. */
function MissingNote({ card }: { card: StandardCard }): ReactNode {
  const { t } = useTranslation('kpi');
  const texts = useStandardTexts();
  const { may } = useRights();
  if (!card.missing) return null;
  const remedy = remedyFor(card.missing);
  return (
    <div className="yd-kpi-missing">
      <InboxOutlined aria-hidden />
      <p>
        {texts.missing(card.missing)}
        {remedy && may(remedy.needs) && (
          <Link to={remedy.to}>
            {t(`remedy.${remedy.label}`)}
            <ArrowRightOutlined aria-hidden />
          </Link>
        )}
      </p>
    </div>
  );
}

function Figures({
  card,
  write,
}: {
  card: StandardCard;
  write: (value: number | null) => string;
}): ReactNode {
  const { t } = useTranslation('kpi');
  const bandWords = useBandWords();
  const { key, value, state } = card;
  const band = judgedBand(key, card.band);
  const label = t('band.label', {
    value: write(value),
    band: bandWords(band, write),
    state: t(`state.${state}`),
  });
  return (
    <>
      <div className="yd-kpi-card-figures">
        <strong className="yd-kpi-value yd-figures">{write(value)}</strong>
        <Spark values={card.trend} width={112} height={34} />
      </div>
      <p className="yd-kpi-changes">
        <ChangeMark of={key} value={value} before={card.previous} label={t('change.previous')} />
        <ChangeMark of={key} value={value} before={card.lastYear} label={t('change.lastYear')} />
      </p>
      <BandBar
        value={value}
        band={band}
        limit={limitOf(key)}
        state={state}
        label={label}
        format={write}
      />
    </>
  );
}

/** One standard: its value, how it moves, where it should lie, what that means and what to do first. */
export function Card({
  card,
  settings,
  search,
}: {
  card: StandardCard;
  settings: KpiSettingsView;
  search: StandardsSearch;
}): ReactNode {
  const texts = useStandardTexts();
  const { key, number, state, value } = card;
  const first = card.actions[0];
  return (
    <article className={`yd-kpi-card is-${state}`} aria-labelledby={`standard-${key}`}>
      <header>
        <span className="yd-kpi-number yd-figures">{number}</span>
        <h2 id={`standard-${key}`}>
          <Link
            to="/standards/report"
            className="yd-ellipsis"
            search={{ ...search, sort: undefined, standards: key }}
            title={texts.name(key)}
          >
            {texts.name(key)}
          </Link>
        </h2>
        <Explain of={key} value={value} parts={card.parts} settings={settings} />
        <StateMark state={state} />
      </header>
      {card.missing && value === null ? (
        <MissingNote card={card} />
      ) : (
        <>
          <Figures card={card} write={writerOf(key, settings)} />
          <p className="yd-kpi-says">{texts.says('says', card.diagnosis, settings.currency)}</p>
          {first && (
            <p className="yd-kpi-first">
              <ArrowRightOutlined aria-hidden />
              {texts.advice(first)}
            </p>
          )}
        </>
      )}
    </article>
  );
}
