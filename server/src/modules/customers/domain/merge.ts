import { Tier } from '@yingda/contract';
import type { CustomerBrief, FieldValues } from '@yingda/contract';

/** What is known of a customer beside identities and notes. */
export type Known = {
  name: string;
  named: boolean;
  tier: CustomerBrief['tier'];
  company: string | null;
  locale: string | null;
  tags: string[];
  fields: FieldValues;
};

const MAX_TAGS = 50;

/** What is known after `other` became `into`: what `into` says stands, what it lacks comes from the other. */
export function mergeKnown(into: Known, other: Known): Known {
  const takesName = !into.named && other.named;
  return {
    name: takesName ? other.name : into.name,
    named: into.named || other.named,
    tier: Tier.options[Math.max(rankOf(into), rankOf(other))] ?? into.tier,
    company: into.company ?? other.company,
    locale: into.locale ?? other.locale,
    tags: [...new Set([...into.tags, ...other.tags])].slice(0, MAX_TAGS),
    fields: { ...other.fields, ...into.fields },
  };
}

function rankOf({ tier }: Known): number {
  return Tier.options.indexOf(tier);
}
