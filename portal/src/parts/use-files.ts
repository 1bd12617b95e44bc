import type { FileView } from '@yingda/contract';
import { useRef, useState } from 'preact/hooks';
import { Refusal } from '../lib/http.ts';
import { problemText } from '../lib/words.ts';
import { MOST_FILES, uploadFile, usePage } from '../page.ts';

/** A file that was chosen: on its way, there, or refused. */
export interface Chosen {
  key: number;
  name: string;
  share: number;
  file: FileView | null;
  problem: string;
}

export interface Files {
  files: Chosen[];
  problem: string;
  choose: (list: FileList | null) => void;
  remove: (key: number) => void;
  clear: () => void;
  /** Of those that have arrived. */
  ids: string[];
  /** Some are on their way. */
  isBusy: boolean;
}

/** Files the customer adds; they are uploaded at once, because an old phone may drop the page meanwhile. */
export function useFiles(): Files {
  const { token, t } = usePage();
  const [files, setFiles] = useState<Chosen[]>([]);
  const [problem, setProblem] = useState('');
  const next = useRef(0);
  const change = (key: number, patch: Partial<Chosen>): void =>
    setFiles((all) => all.map((one) => (one.key === key ? { ...one, ...patch } : one)));
  const upload = async (key: number, file: File): Promise<void> => {
    try {
      const stored = await uploadFile(token, file, (share) => change(key, { share }));
      change(key, { file: stored, share: 1 });
    } catch (error) {
      const code = error instanceof Refusal ? error.code : 'server.unexpected';
      change(key, { problem: problemText(t, code) });
    }
  };
  const choose = (list: FileList | null): void => {
    const room = MOST_FILES - files.length;
    const given = Array.from(list ?? []);
    setProblem(given.length > room ? t('problem.most_files', { most: MOST_FILES }) : '');
    for (const file of given.slice(0, room)) {
      const key = next.current++;
      const fresh = { key, name: file.name, share: 0, file: null, problem: '' };
      setFiles((all) => all.concat(fresh));
      void upload(key, file);
    }
  };
  return {
    files,
    problem,
    choose,
    remove: (key: number) => setFiles((all) => all.filter((one) => one.key !== key)),
    clear: () => setFiles([]),
    ids: files.reduce<string[]>((ids, { file }) => (file ? ids.concat(file.id) : ids), []),
    isBusy: files.some(({ file, problem: wrong }) => file === null && wrong === ''),
  };
}
