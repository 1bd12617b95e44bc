import type { InputOf, listSimilarOrders as similarRoute, ResponseOf } from '@yingda/contract';
import type { Ctx } from '../../../platform/ctx.ts';
import { segment } from '../../../platform/text/index.ts';
import { likenessOf, WORTH_ASKING } from '../domain/likeness.ts';
import type { Matter } from '../domain/likeness.ts';
import { maySee } from '../policy.ts';
import { selectSummaries } from '../store/lists.ts';
import type { OrderRow } from '../store/order.ts';
import type { Person } from '../store/repeats.ts';
import { selectCandidates, selectUnlike } from '../store/repeats.ts';
import { readerOf } from './reader.ts';
import { orderSettings } from './settings-read.ts';
import { summariesOf } from './view.ts';

const MOST = 50;
const SHOWN = 10;

/** The words that tell what a text is about: those of a letter or a single character are in every other text too. */
function tellingWords(text: string): Set<string> {
  return new Set(
    segment(text)
      .split(' ')
      .filter((word) => word.length > 1),
  );
}

const digitsOf = (phone: string): string => phone.replaceAll(/\D/g, '') || phone;

function matterOf({ customer_id, phones, category_id, form, subject }: OrderRow): Matter {
  return {
    customerId: customer_id,
    phones: phones.map(digitsOf),
    categoryId: category_id,
    product: form.product ?? '',
    words: tellingWords([subject, form.description ?? ''].join('\n')),
  };
}

type Query = InputOf<typeof similarRoute, 'query'>;

/** Recent orders of a person that the actor sees, without those told apart from the one that is looked at. */
async function candidates(ctx: Ctx, person: Person, exceptId: string | null) {
  const reader = await readerOf(ctx);
  const { repeatDays: days } = await orderSettings(ctx);
  const found = await selectCandidates(ctx.db, person, { days, exceptId, limit: MOST });
  const others = found.map(({ id }) => id);
  const unlike = exceptId === null ? null : await selectUnlike(ctx.db, exceptId, others);
  return found.filter((order) => maySee(reader, order) && unlike?.has(order.id) !== true);
}

/**
 * Earlier orders that a contact may be about, the likeliest first. Where nothing is known of the matter yet, all recent
 * orders of the person.
 */
export async function similarOrders(
  ctx: Ctx,
  query: Query,
): Promise<ResponseOf<typeof similarRoute>> {
  const { customerId = null, phone = '', text = '', categoryId = null, product = '' } = query;
  const phones = [...new Set([phone.trim(), digitsOf(phone.trim())])].filter((one) => one !== '');
  if (customerId === null && phones.length === 0) return { items: [] };
  const found = await candidates(ctx, { customerId, phones }, query.exceptId ?? null);
  const words = tellingWords(text);
  const wanted = { customerId, phones: phones.map(digitsOf), categoryId, product, words };
  const isVague = words.size === 0 && categoryId === null && product.trim() === '';
  const likely = found
    .map((order) => ({ order, ...likenessOf(wanted, matterOf(order)) }))
    .filter(({ likeness }) => isVague || likeness >= WORTH_ASKING)
    // Sorting keeps the order of equals: the newest first.
    .toSorted((a, b) => b.likeness - a.likeness)
    .slice(0, SHOWN);
  const ids = likely.map(({ order }) => order.id);
  const summaries = await summariesOf(ctx, await selectSummaries(ctx.db, ids));
  const byId = new Map(summaries.map((summary) => [summary.id, summary]));
  return {
    items: likely.flatMap(({ order, likeness, because }) => {
      const summary = byId.get(order.id);
      return summary ? [{ ...summary, likeness, because, repeats: order.repeats }] : [];
    }),
  };
}
