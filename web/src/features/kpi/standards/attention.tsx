import { CheckCircleFilled, RightOutlined } from '@ant-design/icons';
import type { KpiSettingsView, StandardCard } from '@yingda/contract';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { StandardsSearch } from '../model/search.ts';
import { judgedBand } from '../model/values.ts';
import { useBandWords } from '../parts/band-words.ts';
import { StateMark } from '../parts/state-mark.tsx';
import { useStandardTexts, writerOf } from '../parts/texts.ts';

const shownFirst = 5;

interface LineProps {
  card: StandardCard;
  settings: KpiSettingsView;
  search: StandardsSearch;
}

/** Why it is so, as other standards show it, and everything there is to do about it. */
function Details({ card, settings, search }: LineProps): ReactNode {
  const { t } = useTranslation('kpi');
  const texts = useStandardTexts();
  return (
    <div className="yd-kpi-details">
      <section>
        <h4>{t('attention.causes')}</h4>
        {card.causes.length > 0 ? (
          <ul>
            {card.causes.map((cause) => (
              <li key={cause.code}>{texts.says('causes', cause, settings.currency)}</li>
            ))}
          </ul>
        ) : (
          <p className="yd-soft">{t('attention.noCauses')}</p>
        )}
      </section>
      <section>
        <h4>{t('attention.actions')}</h4>
        <ol>
          {card.actions.map((code) => (
            <li key={code}>{texts.advice(code)}</li>
          ))}
        </ol>
      </section>
      <Link to="/standards/report" search={{ ...search, sort: undefined, standards: card.key }}>
        {t('attention.report')}
      </Link>
    </div>
  );
}

function Line({ card, settings, search }: LineProps): ReactNode {
  const [isOpen, setOpen] = useState(false);
  const texts = useStandardTexts();
  const bandWords = useBandWords();
  const write = writerOf(card.key, settings);
  const cause = card.causes[0];
  return (
    <li>
      <button type="button" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        <RightOutlined aria-hidden className="yd-kpi-turn" />
        <StateMark state={card.state} />
        <span className="yd-kpi-attention-name">{texts.name(card.key)}</span>
        <strong className="yd-figures">{write(card.value)}</strong>
        <span className="yd-kpi-attention-band yd-figures">
          {bandWords({ ...judgedBand(card.key, card.band), norm: null }, write)}
        </span>
        <span className="yd-kpi-attention-cause yd-ellipsis">
          {cause
            ? texts.says('causes', cause, settings.currency)
            : texts.says('says', card.diagnosis, settings.currency)}
        </span>
      </button>
      {isOpen && <Details card={card} settings={settings} search={search} />}
    </li>
  );
}

/** What is out of its range, worst first, with likely causes and what to do. */
export function Attention({
  cards,
  settings,
  search,
}: {
  /** Those out of range, in their order. */
  cards: readonly StandardCard[];
  settings: KpiSettingsView;
  search: StandardsSearch;
}): ReactNode {
  const { t } = useTranslation('kpi');
  const [isWhole, setWhole] = useState(false);
  const shown = isWhole ? cards : cards.slice(0, shownFirst);
  const rest = cards.length - shownFirst;
  return (
    <section className="yd-kpi-attention" aria-labelledby="kpi-attention">
      <h2 id="kpi-attention">
        {t('attention.title')}
        {cards.length > 0 && <span className="yd-kpi-attention-count">{cards.length}</span>}
      </h2>
      {cards.length === 0 ? (
        <p className="yd-kpi-fine">
          <CheckCircleFilled aria-hidden />
          {t('attention.none')}
        </p>
      ) : (
        <ul>
          {shown.map((card) => (
            <Line key={card.key} card={card} settings={settings} search={search} />
          ))}
        </ul>
      )}
      {rest > 0 && (
        <Button type="link" size="small" onClick={() => setWhole(!isWhole)}>
          {isWhole ? t('attention.less') : t('attention.more', { count: rest })}
        </Button>
      )}
    </section>
  );
}
