import type { Locale, OrderPortalView } from '@yingda/contract';
import type { JSX } from 'preact';
import { render } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { Refusal } from './lib/http.ts';
import type { Translate } from './lib/words.ts';
import { chooseLanguage, ownLanguage, problemText, translator } from './lib/words.ts';
import type { Page } from './page.ts';
import { PageProvider, readOrder } from './page.ts';
import { Order } from './parts/order.tsx';

const token = decodeURIComponent(location.pathname.split('/')[2] ?? '');
const gone = ['order.link_invalid', 'order.not_found', 'request.invalid'];
/** How often an open page looks whether something is new. */
const LOOK_MS = 60_000;

/** The order as the server last told it, asked again whenever somebody looks at the page. */
function useOrder() {
  const [view, show] = useState<OrderPortalView | null>(null);
  const [problem, setProblem] = useState('');
  const refresh = useMemo(
    () => (): void => {
      readOrder(token).then(
        (fresh) => {
          show(fresh);
          setProblem('');
        },
        (error: unknown) => setProblem(error instanceof Refusal ? error.code : 'server.unexpected'),
      );
    },
    [],
  );
  useEffect(() => {
    refresh();
    const look = (): void => {
      if (document.visibilityState === 'visible') refresh();
    };
    const clock = setInterval(look, LOOK_MS);
    document.addEventListener('visibilitychange', look);
    window.addEventListener('online', look);
    return () => {
      clearInterval(clock);
      document.removeEventListener('visibilitychange', look);
      window.removeEventListener('online', look);
    };
  }, [refresh]);
  return { view, show, problem, refresh };
}

/** Nothing to show: on its way, no valid link, or no answer. */
function Nothing({
  problem,
  t,
  onRetry,
}: {
  problem: string;
  t: Translate;
  onRetry: () => void;
}): JSX.Element {
  if (problem === '') return <p class="soft">{t('page.loading')}</p>;
  const isGone = gone.includes(problem);
  return (
    <section class="card" role="alert">
      <h1>{isGone ? t('page.goneTitle') : problemText(t, problem)}</h1>
      {isGone ? (
        <p class="soft">{t('page.goneHint')}</p>
      ) : (
        <button type="button" class="main" onClick={onRetry}>
          {t('page.retry')}
        </button>
      )}
    </section>
  );
}

function Head({
  page,
  onChange,
}: {
  page: Pick<Page, 't' | 'locale'> & { name: string };
  onChange: (locale: Locale) => void;
}): JSX.Element {
  const { t, locale, name } = page;
  const other = locale === 'en' ? 'zh-CN' : 'en';
  return (
    <header>
      <span>{name}</span>
      <button type="button" class="link" lang={other} onClick={() => onChange(other)}>
        {t('page.otherLanguage')}
      </button>
    </header>
  );
}

function Portal(): JSX.Element {
  const { view, show, problem, refresh } = useOrder();
  const [chosen, setChosen] = useState<Locale | null>(null);
  const locale = chosen ?? ownLanguage(view?.locale ?? 'zh-CN');
  const t = useMemo(() => translator(locale), [locale]);
  useEffect(() => {
    document.documentElement.lang = locale;
    document.title = view ? `${view.number} ${view.subject}` : t('page.title');
  }, [locale, t, view]);
  const change = (other: Locale): void => {
    chooseLanguage(other);
    setChosen(other);
  };
  return (
    <main>
      <Head page={{ t, locale, name: view?.organisationName ?? '' }} onChange={change} />
      {view ? (
        <PageProvider value={{ token, locale, t, view, show, refresh }}>
          {problem === 'network' && (
            <p class="offline" role="status">
              {t('page.offline')}
            </p>
          )}
          <Order />
        </PageProvider>
      ) : (
        <Nothing problem={problem} t={t} onRetry={refresh} />
      )}
    </main>
  );
}

const root = document.getElementById('root');
if (root) {
  root.textContent = '';
  render(<Portal />, root);
}
