import { inspectImport, previewImport } from '@yingda/contract';
import type {
  Delimiter,
  ImportFileView,
  ImportKind,
  ImportMapping,
  ImportMappingSent,
  InspectionView,
  PreviewView,
  TextEncoding,
} from '@yingda/contract';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { z } from 'zod';
import { call } from '../../../lib/api.ts';
import { undecidedOf } from './mapping.ts';
import type { Undecided } from './mapping.ts';

/** What a person said of the file against the guess. */
export interface Given {
  kind?: ImportKind;
  encoding?: TextEncoding;
  delimiter?: z.output<typeof Delimiter>;
  hasHeader?: boolean;
  sheet?: string;
}

/** What will be imported and how, as far as it is known. */
export interface Plan {
  inspection: InspectionView | undefined;
  inspecting: boolean;
  inspectError: unknown;
  given: Given;
  give: (given: Given) => void;
  mapping: ImportMapping | null;
  setMapping: (mapping: ImportMapping) => void;
  log: string;
  setLog: (log: string) => void;
  zone: string;
  setZone: (zone: string) => void;
  undecided: Undecided[];
  preview: PreviewView | undefined;
  previewing: boolean;
  previewError: unknown;
  retry: () => void;
  /** What is sent to begin; null while something is missing. */
  input: PlanInput | null;
}
export interface PlanInput {
  fileIds: string[];
  kind: ImportKind;
  log: string;
  zone: string;
  mapping?: ImportMappingSent;
}

/** A value that has rested for a while: what is typed is not sent at every key. */
function useRested<T>(value: T, ms: number): T {
  const [rested, setRested] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), ms);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return rested;
}

function useInspection(fileId: string | undefined, given: Given) {
  return useQuery({
    queryKey: [inspectImport.path, fileId, given],
    enabled: fileId !== undefined,
    staleTime: Infinity,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      call(inspectImport, { body: { fileId: fileId ?? '', ...given } }, { signal }),
  });
}

function usePreview(input: PlanInput | null, enabled: boolean) {
  // Compared by what it says: an equal plan asks nothing anew.
  const text = useRested(JSON.stringify(input), 350);
  const query = useQuery({
    queryKey: [previewImport.path, text],
    enabled: enabled && text !== 'null',
    staleTime: Infinity,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      call(previewImport, { body: JSON.parse(text) as PlanInput }, { signal }),
  });
  return { query, isBehind: text !== JSON.stringify(input) };
}

/** Everything that is decided before an import begins; the server's guess stands until a person says otherwise. */
export function usePlan(files: readonly ImportFileView[], centreZone: string): Plan {
  const [given, setGiven] = useState<Given>({});
  const [own, setOwn] = useState<{ of: InspectionView; mapping: ImportMapping } | null>(null);
  const [log, setLog] = useState<string | null>(null);
  const [zone, setZone] = useState<string | null>(null);
  const inspected = useInspection(files[0]?.id, given);
  const inspection = files.length > 0 ? inspected.data : undefined;
  // A choice belongs to the guess it was made on; another file or delimiter begins anew.
  const chosen = own && own.of === inspection ? own.mapping : null;
  const mapping = inspection?.kind === 'table' ? (chosen ?? inspection.mapping) : null;
  const undecided = inspection && mapping ? undecidedOf(mapping, inspection) : [];
  const shownLog = log ?? inspection?.suggestedLog ?? '';
  const input = inspection &&
    shownLog.trim() !== '' && {
      fileIds: files.map(({ id }) => id),
      kind: inspection.kind,
      log: shownLog.trim(),
      zone: zone ?? centreZone,
      ...(mapping ? { mapping } : {}),
    };
  const isReady = undecided.length === 0 && !inspected.isFetching;
  const { query: previewed, isBehind } = usePreview(input || null, isReady);
  return {
    inspection,
    inspecting: inspected.isFetching,
    inspectError: inspected.error,
    given,
    give: (more) => setGiven({ ...given, ...more }),
    mapping,
    setMapping: (next) => inspection && setOwn({ of: inspection, mapping: next }),
    log: shownLog,
    setLog,
    zone: zone ?? centreZone,
    setZone,
    undecided,
    preview: isReady ? previewed.data : undefined,
    previewing: previewed.isFetching || isBehind,
    previewError: isReady ? previewed.error : null,
    retry: () => void (inspected.error ? inspected.refetch() : previewed.refetch()),
    input: isReady && input ? input : null,
  };
}
