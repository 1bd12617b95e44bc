import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { changesBetween } from '../model/compare.ts';
import type { FactChange, StepChange } from '../model/compare.ts';
import type { Draft } from '../model/edit.ts';
import { say } from '../../../lib/wording.ts';
import type { Words } from './use-words.ts';
import './changes.css';

/** What a draft changes in the published version. */
export const changesOf = (before: Draft, after: Draft, words: Words): StepChange[] =>
  changesBetween(before.definition, after.definition, {
    name: (step) => say(step.name) || step.key,
    facts: words.facts,
  });

function FactLine({ fact }: { fact: FactChange }): ReactNode {
  const { t } = useTranslation('flows');
  const { label, before, after } = fact;
  return (
    <div className="yd-change-fact">
      <dt>{label}</dt>
      <dd>
        {before !== null && <del>{before}</del>}
        {after === null ? <span className="yd-soft">{t('compare.gone')}</span> : <ins>{after}</ins>}
      </dd>
    </div>
  );
}

function Step({ change }: { change: StepChange }): ReactNode {
  const { t } = useTranslation('flows');
  const { kind, name, facts } = change;
  return (
    <li className={`yd-change is-${kind}`}>
      <h3>
        <span className={`yd-change-kind is-${kind}`}>{t(`compare.${kind}`)}</span>
        {name}
      </h3>
      {facts.length > 0 && (
        <dl>
          {facts.map((fact) => (
            <FactLine key={fact.key} fact={fact} />
          ))}
        </dl>
      )}
    </li>
  );
}

/** Every difference in words: what was struck out, what is now. */
export function Changes({
  before,
  after,
  words,
}: {
  before: Draft;
  after: Draft;
  words: Words;
}): ReactNode {
  const { t } = useTranslation('flows');
  const steps = changesOf(before, after, words);
  const named = ({ name }: Draft): string => `${name['zh-CN']} / ${name.en}`;
  const whole: FactChange[] = [
    { key: 'name', label: t('compare.name'), before: named(before), after: named(after) },
    {
      key: 'start',
      label: t('compare.start'),
      before: words.step(before.definition, before.definition.start),
      after: words.step(after.definition, after.definition.start),
    },
  ].filter((fact) => fact.before !== fact.after);
  if (steps.length === 0 && whole.length === 0) {
    const isMoved = JSON.stringify(before.definition) !== JSON.stringify(after.definition);
    return <p className="yd-soft">{t(isMoved ? 'compare.only' : 'compare.nothing')}</p>;
  }
  return (
    <>
      {whole.length > 0 && (
        <dl className="yd-change-whole">
          {whole.map((fact) => (
            <FactLine key={fact.key} fact={fact} />
          ))}
        </dl>
      )}
      <ul className="yd-changes">
        {steps.map((change) => (
          <Step key={`${change.kind} ${change.key}`} change={change} />
        ))}
      </ul>
    </>
  );
}
