import { SearchOutlined } from '@ant-design/icons';
import { Input } from 'antd';
import type { InputRef } from 'antd';
import { useEffect, useEffectEvent, useState } from 'react';
import type { ReactNode, Ref } from 'react';
import './search-field.css';

const pauseMs = 200;

interface SearchFieldProps {
  label: string;
  /** What may be looked for; by itself the label. */
  hint?: string;
  /** Words that the address of the page holds. */
  initial?: string | undefined;
  field?: Ref<InputRef>;
  onSearch: (words: string) => void;
}

/** A search field that tells what was typed after a pause. Esc leaves it. */
export function SearchField(props: SearchFieldProps): ReactNode {
  const { label, hint = label, initial = '', field, onSearch } = props;
  const [words, setWords] = useState(initial);
  const [told, setTold] = useState(initial);
  const [known, setKnown] = useState(initial);
  // Words that were cleared elsewhere empty the field; those on their way to the address stay as typed.
  if (known !== initial) {
    setKnown(initial);
    if (initial === '' && told !== '') {
      setWords('');
      setTold('');
    }
  }
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
      ref={field}
      className="yd-words-field"
      prefix={<SearchOutlined aria-hidden />}
      placeholder={hint}
      aria-label={label}
      maxLength={100}
      allowClear
      value={words}
      onChange={(event) => setWords(event.target.value)}
      onKeyDown={(event) => {
        if (event.key === 'Escape') event.currentTarget.blur();
      }}
    />
  );
}
