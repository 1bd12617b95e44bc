import { useEffect, useEffectEvent } from 'react';

let handed: File[] = [];

/** Hands files dropped on another page to the wizard that opens next. */
export function handFiles(files: File[]): void {
  handed = files;
}

/** Takes what was handed over, once. */
export function useHandedFiles(take: (files: File[]) => void): void {
  const receive = useEffectEvent(() => {
    const files = handed;
    handed = [];
    if (files.length > 0) take(files);
  });
  useEffect(() => receive(), []);
}
