import { useNavigate } from '@tanstack/react-router';
import { Button, Segmented } from 'antd';
import { useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatStamp } from '../../../lib/format.ts';
import { useMedia } from '../../../lib/use-media.ts';
import { useShortcuts } from '../../../lib/use-shortcuts.ts';
import { say } from '../../../lib/wording.ts';
import { FormProblem } from '../../../ui/form-problem.tsx';
import { LeaveGuard } from '../../../ui/leave-guard.tsx';
import { useTitle } from '../../../ui/title.ts';
import { toast } from '../../../ui/toast.tsx';
import { openOrdersOf } from '../data/flows.ts';
import { useFormFields } from '../data/settings.ts';
import type { FlowFamily } from '../data/flows.ts';
import type { Chosen } from '../model/edit.ts';
import { faultsIn, gapsOf, neededOwnFields, placeOf } from '../model/faults.ts';
import { changesOf } from '../parts/changes.tsx';
import { useWords } from '../parts/use-words.ts';
import { Canvas } from './canvas.tsx';
import { DesignerHead } from './head.tsx';
import { DesignPanel } from './panel/panel.tsx';
import { PublishDialog } from './publish-dialog.tsx';
import { SceneProvider } from './scene.ts';
import type { DesignerScene } from './scene.ts';
import { draftOf, useSaving } from './use-saving.ts';
import type { Saving } from './use-saving.ts';
import './designer.css';

const nothing = (): void => {};

/** What the designer shows: the draft, or another version to look at. */
function useDesign(family: FlowFamily, saving: Saving, viewedId: string | null) {
  const words = useWords();
  const [chosen, choose] = useState<Chosen | null>(null);
  const viewed = family.versions.find(({ id }) => id === viewedId) ?? null;
  const draft = useMemo(() => (viewed ? draftOf(viewed) : saving.draft), [viewed, saving.draft]);
  const fields = useFormFields();
  const faults = useMemo(() => {
    if (viewed) return [];
    // Until the form is known, nothing that a move needs is called unknown.
    const known = fields?.map(({ key }) => key) ?? neededOwnFields(draft.definition);
    return faultsIn(draft, known);
  }, [viewed, draft, fields]);
  const { published, versions } = family;
  const marks = useMemo(() => {
    const changes = published && !viewed ? changesOf(published, draft, words) : [];
    return new Map(
      changes.flatMap(({ key, kind }) => (kind === 'removed' ? [] : [[key, kind] as const])),
    );
  }, [published, viewed, draft, words]);
  const settledKeys = useMemo(
    () =>
      new Set(
        versions
          .filter(({ state }) => state !== 'draft')
          .flatMap(({ definition }) => definition.steps.map(({ key }) => key)),
      ),
    [versions],
  );
  const scene: DesignerScene = {
    draft,
    change: viewed ? nothing : saving.change,
    rename: viewed ? nothing : saving.rename,
    chosen,
    choose,
    faults,
    words,
    marks,
    settledKeys,
    mayChange: viewed === null,
  };
  return { scene, viewed };
}

function useKeys(saving: Saving, save: () => void, { choose, mayChange }: DesignerScene): void {
  const group = 'flows:keys.group';
  useShortcuts(
    [
      { keys: 'mod+s', label: 'flows:do.save', group, inFields: true, run: save },
      { keys: 'mod+z', label: 'flows:do.undo', group, run: saving.undo },
      { keys: 'mod+shift+z', label: 'flows:do.redo', group, run: saving.redo },
      { keys: 'escape', label: 'flows:step.all', group, run: () => choose(null) },
    ],
    mayChange,
  );
}

/** A colleague saved the flow meanwhile: nothing is overwritten or lost before one has looked. */
function Meanwhile({ saving, onCompare }: { saving: Saving; onCompare: () => void }): ReactNode {
  const { t } = useTranslation('flows');
  const { meanwhile } = saving;
  if (!meanwhile) return null;
  const { savedBy, savedAt } = meanwhile.theirs;
  return (
    <div className="yd-flow-notice is-warning" role="alert">
      <span>
        <strong>
          {t('meanwhile.title', {
            name: savedBy ?? t('meanwhile.somebody'),
            at: formatStamp(savedAt),
          })}
        </strong>{' '}
        {t('meanwhile.text')}
      </span>
      <Button size="small" onClick={onCompare}>
        {t('meanwhile.compare')}
      </Button>
      <Button size="small" onClick={meanwhile.takeTheirs}>
        {t('meanwhile.theirs')}
      </Button>
      <Button size="small" onClick={meanwhile.keepMine}>
        {t('meanwhile.mine')}
      </Button>
    </div>
  );
}

function Notices({
  saving,
  scene,
  viewed,
  onCompare,
}: { saving: Saving; onCompare: () => void } & ReturnType<typeof useDesign>) {
  const { t } = useTranslation('flows');
  const { meanwhile, error } = saving;
  return (
    <>
      {viewed && !scene.mayChange && (
        <p className="yd-flow-notice">
          {t('reading', { state: t(`state.${viewed.state}`), version: viewed.version })}
          {viewed.openOrders > 0 && ` ${t('readingOpen', { count: viewed.openOrders })}`}
        </p>
      )}
      <Meanwhile saving={saving} onCompare={onCompare} />
      {error != null && !meanwhile && (
        <div className="yd-flow-notice">
          <FormProblem error={error} />
        </div>
      )}
    </>
  );
}

/** Drawing and panel: side by side, or one of them where there is no room for both. */
function Workplace({ scene }: { scene: DesignerScene }): ReactNode {
  const { t } = useTranslation('flows');
  const isWide = useMedia('(min-width: 960px)');
  const [shown, show] = useState<'drawing' | 'list'>('list');
  // What is chosen in the drawing is shown where it can be edited.
  const { chosen } = scene;
  const [seen, setSeen] = useState(chosen);
  if (chosen !== seen) {
    setSeen(chosen);
    if (chosen) show('list');
  }
  if (isWide) {
    return (
      <div className="yd-flow-work">
        <Canvas />
        <DesignPanel />
      </div>
    );
  }
  return (
    <div className="yd-flow-work is-narrow">
      <Segmented
        block
        aria-label={t('view.title')}
        value={shown}
        options={(['list', 'drawing'] as const).map((value) => ({
          value,
          label: t(`view.${value}`),
        }))}
        onChange={show}
      />
      {shown === 'drawing' ? <Canvas /> : <DesignPanel />}
    </div>
  );
}

/** Draws one flow: its draft until it is published, other versions to look at. */
export function Designer({ family }: { family: FlowFamily }): ReactNode {
  const { t } = useTranslation('flows');
  const navigate = useNavigate();
  const saving = useSaving(family);
  const [viewedId, view] = useState<string | null>(null);
  const [dialog, setDialog] = useState<'compare' | 'publish' | 'theirs' | null>(null);
  const design = useDesign(family, saving, viewedId);
  const { scene, viewed } = design;
  const { draft, choose } = scene;
  useTitle(`${say(draft.name)} · ${t('title')}`);
  const save = (): void => {
    const [gap] = gapsOf(saving.draft);
    if (!gap) {
      if (saving.isDirty) void saving.save();
      return;
    }
    const { step, move } = placeOf(gap.path);
    const found = step === null ? undefined : saving.draft.definition.steps[step];
    choose(found ? { step: found.key, move: move ?? undefined } : null);
    toast.error(t('gaps'));
  };
  const publish = async (): Promise<void> => {
    if (await saving.publish()) setDialog(null);
  };
  const discard = async (): Promise<void> => {
    await saving.discard();
    choose(null);
    // Nothing is left of a flow that was never published.
    if (!family.published) await navigate({ to: '/settings/flows' });
  };
  useKeys(saving, save, scene);
  const { meanwhile } = saving;
  // What a colleague did comes before what was about to be published; once decided there is nothing to compare.
  if (dialog === (meanwhile ? 'publish' : 'theirs')) setDialog(null);
  return (
    <SceneProvider value={scene}>
      <div className="yd-flow-designer">
        <DesignerHead
          family={family}
          saving={{ ...saving, discard }}
          viewed={viewed}
          view={(id) => {
            choose(null);
            view(id);
          }}
          onSave={save}
          onCompare={() => setDialog('compare')}
          onPublish={() => setDialog('publish')}
        />
        <Notices saving={saving} onCompare={() => setDialog('theirs')} {...design} />
        <Workplace key={viewedId ?? 'draft'} scene={scene} />
      </div>
      {dialog && (
        <PublishDialog
          against={dialog === 'theirs' ? (meanwhile?.theirs ?? null) : family.published}
          isTheirs={dialog === 'theirs'}
          draft={draft}
          words={scene.words}
          openOrders={openOrdersOf(family)}
          publish={dialog === 'publish' ? publish : null}
          busy={saving.busy}
          error={saving.error}
          onClose={() => setDialog(null)}
        />
      )}
      <LeaveGuard dirty={saving.isDirty} />
    </SceneProvider>
  );
}
