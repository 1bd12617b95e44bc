import { Button } from 'antd';
import { useMemo, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { announce } from '../../../ui/announce.tsx';
import { FormProblem } from '../../../ui/form-problem.tsx';
import { LeaveGuard } from '../../../ui/leave-guard.tsx';
import { toast } from '../../../ui/toast.tsx';
import type { CellName, Faults, Typed } from './entry.ts';
import { Grid } from './grid.tsx';
import type { GridColumn, Row } from './use-grid.ts';
import { blankRow, maxRows } from './grid-state.ts';

interface QuickEntryProps<T> {
  label: string;
  columns: readonly GridColumn[];
  repeated: readonly CellName[];
  start: Typed;
  /** What a row means, or what is wrong with it. */
  read: (typed: Typed) => { ok: T } | { faults: Faults };
  save: (values: T[]) => Promise<void>;
  /** How rows may be filled in. */
  hint: string;
}

/** Leads to what must be corrected; the faults are drawn in the next frame. */
function focusFirstFault(box: HTMLElement | null): void {
  requestAnimationFrame(() =>
    box?.querySelector<HTMLInputElement>('input[aria-invalid="true"]')?.focus(),
  );
}

/** What the rows mean so far. */
function understood<T>(
  rows: readonly Row[],
  read: QuickEntryProps<T>['read'],
): { good: T[]; faults: Map<number, Faults> } {
  const faults = new Map<number, Faults>();
  const good: T[] = [];
  for (const row of rows.filter(({ touched }) => touched)) {
    const result = read(row.cells);
    if ('ok' in result) good.push(result.ok);
    else faults.set(row.id, result.faults);
  }
  return { good, faults };
}

/** Rows to type or paste; either all of them are saved or none. */
export function QuickEntry<T>(props: QuickEntryProps<T>): ReactNode {
  const { label, columns, repeated, start, read, save, hint } = props;
  const { t } = useTranslation('measures');
  const [rows, setRows] = useState<Row[]>(() => [blankRow<CellName>(start)]);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const { good, faults } = useMemo(() => understood(rows, read), [rows, read]);
  const box = useRef<HTMLDivElement>(null);
  const count = rows.filter(({ touched }) => touched).length;
  const dirty = count > 0;
  const shownFaults = rows.filter(({ id, checked }) => checked && faults.has(id)).length;
  const submit = async (): Promise<void> => {
    setError(null);
    if (faults.size > 0) {
      setRows(rows.map((row) => ({ ...row, checked: row.touched })));
      announce(t('figures.wrongRows', { count: faults.size }), 'assertive');
      focusFirstFault(box.current);
      return;
    }
    setBusy(true);
    try {
      await save(good);
      toast.success(t('figures.savedRows', { count: good.length }));
      setRows([blankRow<CellName>(start)]);
    } catch (problem) {
      setError(problem);
    } finally {
      setBusy(false);
    }
  };
  return (
    <div ref={box}>
      <FormProblem error={error} />
      <Grid
        label={label}
        columns={columns}
        rows={rows}
        faults={faults}
        repeated={repeated}
        start={start}
        onChange={setRows}
        onCut={() => toast.error(t('figures.tooMany', { count: maxRows }))}
      />
      <div className="yd-grid-foot">
        <Button type="primary" disabled={!dirty} loading={busy} onClick={() => void submit()}>
          {count > 1 ? t('figures.saveRows', { count }) : t('common:save')}
        </Button>
        <Button disabled={!dirty || busy} onClick={() => setRows([blankRow<CellName>(start)])}>
          {t('figures.clear')}
        </Button>
        <span className={shownFaults > 0 ? 'yd-grid-wrong' : 'yd-soft'}>
          {shownFaults > 0 ? t('figures.wrongRows', { count: shownFaults }) : hint}
        </span>
      </div>
      <LeaveGuard dirty={dirty} />
    </div>
  );
}
