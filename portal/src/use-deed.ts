import { useState } from 'preact/hooks';
import { Refusal } from './lib/http.ts';
import { problemText } from './lib/words.ts';
import type { Deed } from './page.ts';
import { usePage, writeOrder } from './page.ts';

/** One deed of the customer at a time; the page then shows what it led to. */
export function useDeed() {
  const { token, t, show, refresh } = usePage();
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState('');
  const act = async (deed: Deed): Promise<boolean> => {
    if (isBusy) return false;
    setBusy(true);
    setProblem('');
    try {
      show(await writeOrder(token, deed));
      return true;
    } catch (error) {
      const code = error instanceof Refusal ? error.code : 'server.unexpected';
      setProblem(problemText(t, code));
      if (code.startsWith('order.')) refresh();
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { act, isBusy, problem };
}
