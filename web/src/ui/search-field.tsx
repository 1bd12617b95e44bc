import { SearchOutlined } from '@ant-design/icons';
import { Input } from 'antd';
import { useEffect, useEffectEvent, useState } from 'react';
import type { ReactNode } from 'react';
import './search-field.css';

const pauseMs = 200;

/** A search field that tells what was typed after a pause. */
export function SearchField({
  label,
  initial = '',
  onSearch,
}: {
  label: string;
  /** Words that the address of the page holds already. */
  initial?: string | undefined;
  onSearch: (words: string) => void;
}): ReactNode {
  const [words, setWords] = useState(initial);
  const [told, setTold] = useState(initial);
  const tell = useEffectEvent((typed: string) => {
    setTold(typed);
    onSearch(typed);
  });
  useEffect(() => {
    const typed = words.trim();
    if (typed === told) return undefined;
    const timer = setTimeout(() => tell(typed), pauseMs);
    return () => clearTimeout(timer);
  }, [words, told]);
  return (
    <Input
      className="yd-search-field"
      prefix={<SearchOutlined aria-hidden />}
      placeholder={label}
      aria-label={label}
      maxLength={100}
      allowClear
      value={words}
      onChange={(event) => setWords(event.target.value)}
    />
  );
}
