import { KpiSettings } from '@yingda/contract';
import type { InputOf, KpiSettingsView, setKpiSettings } from '@yingda/contract';
import { requireRight } from '../../../kernel/actor.ts';
import { transact } from '../../../platform/ctx.ts';
import type { Ctx } from '../../../platform/ctx.ts';
import { audit, organisation } from '../../identity/index.ts';
import { kpiChanged } from '../events.ts';
import { lockSettings, saveSettings, selectSettings } from '../store/settings.ts';

const read = (stored: unknown): KpiSettings => KpiSettings.parse(stored ?? {});

/** How figures are counted, with the centre's time zone. */
export async function kpiSettings(ctx: Ctx): Promise<KpiSettingsView> {
  const [stored, { timeZone }] = [await selectSettings(ctx), await organisation(ctx)];
  return { ...read(stored), timeZone };
}

/** Changes how figures are counted. Nothing is recounted: reports read sums and histograms. */
export async function changeSettings(
  ctx: Ctx,
  change: InputOf<typeof setKpiSettings, 'body'>,
): Promise<KpiSettingsView> {
  requireRight(ctx.actor, 'kpi.manage');
  return transact(ctx, async (tx) => {
    const before = read(await lockSettings(tx));
    const given = Object.fromEntries(
      Object.entries(change).filter(([, value]) => value !== undefined),
    );
    await saveSettings(tx, { ...before, ...given });
    await audit(tx, {
      action: 'kpi.settings_changed',
      subjectKind: 'kpi',
      details: { before, change: given },
    });
    tx.emit(kpiChanged, { noun: 'settings' });
    return kpiSettings(tx);
  });
}
