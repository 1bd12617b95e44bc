import type {
  ColumnMapping,
  ColumnRole,
  DurationUnit,
  ImportMapping,
  InspectedColumn,
  InspectionView,
  TimeFormat,
} from '@yingda/contract';

/** Roles in the groups they are offered in. */
export const roleGroups = {
  none: ['ignore'],
  contact: ['key', 'customer', 'outcome', 'transferred', 'solved'],
  times: [
    'date',
    'arrived_at',
    'menu_start',
    'menu_end',
    'queued_at',
    'left_queue_at',
    'answered_at',
    'ended_at',
  ],
  lengths: ['wait', 'talk', 'hold', 'wrap_up', 'ring', 'rings', 'menu_time'],
  groups: ['queue', 'agent', 'topic', 'type', 'tier', 'channel'],
} as const satisfies Record<string, readonly ColumnRole[]>;

const instants = new Set<ColumnRole>(roleGroups.times);
const lengths = new Set<ColumnRole>(['wait', 'talk', 'hold', 'wrap_up', 'ring', 'menu_time']);
/** Several columns may have these. */
const shared = new Set<ColumnRole>(['ignore', 'key']);

export const needsFormat = (role: ColumnRole): boolean => instants.has(role);
export const needsUnit = (role: ColumnRole): boolean => lengths.has(role);

/** What a mapping says of a column; a column it does not mention is ignored. */
export function columnOf(mapping: ImportMapping, column: number, header: string): ColumnMapping {
  return (
    mapping.columns.find((one) => one.column === column) ?? {
      column,
      header,
      role: 'ignore',
      format: null,
      unit: null,
      zone: null,
    }
  );
}

function withColumn(mapping: ImportMapping, changed: ColumnMapping): ImportMapping {
  const others = mapping.columns.filter(({ column }) => column !== changed.column);
  const columns = [...others, changed].toSorted((a, b) => a.column - b.column);
  return { ...mapping, columns };
}

/** Gives a column a role. Most roles belong to one column: who had it before is ignored from now on. */
export function setRole(
  mapping: ImportMapping,
  inspected: InspectedColumn,
  role: ColumnRole,
): ImportMapping {
  const freed = shared.has(role)
    ? mapping
    : {
        ...mapping,
        columns: mapping.columns.map((one) =>
          one.role === role && one.column !== inspected.column
            ? { ...one, role: 'ignore' as const, format: null, unit: null }
            : one,
        ),
      };
  const [onlyFormat] = inspected.possibleFormats;
  const isSure = inspected.possibleFormats.length === 1;
  return withColumn(freed, {
    ...columnOf(mapping, inspected.column, inspected.header),
    role,
    format: needsFormat(role) ? (inspected.format ?? (isSure ? (onlyFormat ?? null) : null)) : null,
    unit: needsUnit(role) ? (inspected.unit ?? 's') : null,
  });
}

/** Says how a column writes its times or lengths. */
export function setReading(
  mapping: ImportMapping,
  { column, header }: InspectedColumn,
  reading: { format: TimeFormat } | { unit: DurationUnit },
): ImportMapping {
  return withColumn(mapping, { ...columnOf(mapping, column, header), ...reading });
}

/** The values whose meaning is asked for: those of the column with this role. */
export function valuesOf(
  mapping: ImportMapping,
  inspection: InspectionView,
  role: ColumnRole,
): { value: string; count: number }[] {
  const place = mapping.columns.find((one) => one.role === role)?.column;
  return inspection.columns.find(({ column }) => column === place)?.values ?? [];
}

/** What must be decided before these columns can be imported. */
export type Undecided =
  | { code: 'no_arrival' }
  | { code: 'format'; header: string }
  | { code: 'outcomes'; values: string[] };

/** What a mapping leaves open, as far as it shows without reading the file again. */
export function undecidedOf(mapping: ImportMapping, inspection: InspectionView): Undecided[] {
  const roles = new Set(mapping.columns.map(({ role }) => role));
  const open: Undecided[] = [];
  if (!(['arrived_at', 'menu_start', 'queued_at'] as const).some((role) => roles.has(role))) {
    open.push({ code: 'no_arrival' });
  }
  for (const { role, format, header, column } of mapping.columns) {
    if (needsFormat(role) && format === null) {
      open.push({ code: 'format', header: header ?? String(column + 1) });
    }
  }
  const values = valuesOf(mapping, inspection, 'outcome')
    .map(({ value }) => value)
    .filter((value) => mapping.outcomes[value] === undefined);
  if (values.length > 0) open.push({ code: 'outcomes', values });
  return open;
}

const plain = (header: string): string => header.normalize('NFKC').trim().toLowerCase();

/** A saved mapping for this file: columns are found by their header, else by their place. */
export function applySaved(saved: ImportMapping, inspection: InspectionView): ImportMapping {
  const places = new Map(inspection.header.map((header, column) => [plain(header), column]));
  const size = Math.max(inspection.header.length, inspection.columns.length);
  const taken = new Set<number>();
  const columns = saved.columns.flatMap((one): ColumnMapping[] => {
    const named = one.header === null ? undefined : places.get(plain(one.header));
    const column = inspection.hasHeader && one.header !== null ? named : one.column;
    if (column === undefined || column >= size || taken.has(column)) return [];
    taken.add(column);
    return [{ ...one, column, header: inspection.header[column] ?? one.header }];
  });
  const { encoding, delimiter, hasHeader, sheet } = inspection.mapping;
  return { ...saved, encoding, delimiter, hasHeader, sheet, columns };
}
