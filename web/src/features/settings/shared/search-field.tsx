import { SearchOutlined } from '@ant-design/icons';
import { Input } from 'antd';
import { useEffect, useEffectEvent, useState } from 'react';
import type { ReactNode } from 'react';

/** A search field that tells what was typed after a pause. */
export function SearchField({
  label,
  onSearch,
}: {
  label: string;
  onSearch: (words: string) => void;
}): ReactNode {
  const [words, setWords] = useState('');
  const tell = useEffectEvent(() => onSearch(words.trim()));
  useEffect(() => {
    const timer = setTimeout(tell, 200);
    return () => clearTimeout(timer);
  }, [words]);
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
