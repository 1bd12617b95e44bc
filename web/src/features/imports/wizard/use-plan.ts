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

function usePreview(
  input: PlanInput | null,
): Pick<Plan, 'preview' | 'previewing' | 'previewError'> & { again: () => void } {
  // Compared by what it says: an equal plan asks nothing anew.
  const now = JSON.stringify(input);
  const text = useRested(now, 350);
  const query = useQuery({
    queryKey: [previewImport.path, text],
    enabled: input !== null && text !== 'null',
    staleTime: Infinity,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      call(previewImport, { body: JSON.parse(text) as PlanInput }, { signal }),
  });
  const shown = input === null ? { data: undefined, error: null } : query;
  return {
    preview: shown.data,
    previewError: shown.error,
    previewing: query.isFetching || text !== now,
    again: () => void query.refetch(),
  };
}

/** What is sent to begin, from what was recognised and what was said against it. */
function inputOf(
  files: readonly ImportFileView[],
  inspection: InspectionView | undefined,
  { log, zone, mapping }: Pick<Plan, 'log' | 'zone' | 'mapping'>,
): PlanInput | null {
  if (!inspection || log.trim() === '') return null;
  return {
    fileIds: files.map(({ id }) => id),
    kind: inspection.kind,
    log: log.trim(),
    zone,
    ...(mapping ? { mapping } : {}),
  };
}

/** The mapping of a table: what was guessed, until a person says otherwise. */
function useMapping(
  inspection: InspectionView | undefined,
): [ImportMapping | null, (mapping: ImportMapping) => void] {
  const [own, setOwn] = useState<{ of: InspectionView; mapping: ImportMapping } | null>(null);
  if (inspection?.kind !== 'table') return [null, () => undefined];
  // A choice belongs to the guess it was made on; another file or delimiter begins anew.
  const mapping = own?.of === inspection ? own.mapping : inspection.mapping;
  return [mapping, (next) => setOwn({ of: inspection, mapping: next })];
}

const openOf = (mapping: ImportMapping | null, inspection?: InspectionView): Undecided[] =>
  mapping && inspection ? undecidedOf(mapping, inspection) : [];

/** Everything that is decided before an import begins; the server's guess stands until a person says otherwise. */
export function usePlan(files: readonly ImportFileView[], centreZone: string): Plan {
  const [given, setGiven] = useState<Given>({});
  const [ownLog, setLog] = useState<string | null>(null);
  const [ownZone, setZone] = useState<string | null>(null);
  const inspected = useInspection(files[0]?.id, given);
  const inspection = files.length > 0 ? inspected.data : undefined;
  const [mapping, setMapping] = useMapping(inspection);
  const undecided = openOf(mapping, inspection);
  const log = ownLog ?? inspection?.suggestedLog ?? '';
  const zone = ownZone ?? centreZone;
  const isReady = undecided.length === 0 && !inspected.isFetching;
  const input = isReady ? inputOf(files, inspection, { log, zone, mapping }) : null;
  const { again, ...preview } = usePreview(input);
  return {
    inspection,
    inspecting: inspected.isFetching,
    inspectError: inspected.error,
    given,
    give: (more) => setGiven({ ...given, ...more }),
    mapping,
    setMapping,
    log,
    setLog,
    zone,
    setZone,
    undecided,
    ...preview,
    retry: () => (inspected.error ? void inspected.refetch() : again()),
    input,
  };
}
