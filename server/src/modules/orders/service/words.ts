import { bigrams, segment } from '../../../platform/text/index.ts';
import type { OrderRow } from '../store/order.ts';

type Texts = Pick<OrderRow, 'number' | 'subject' | 'form' | 'phones' | 'customer_name'>;

/**
 * The words under which an order is found: those of its texts, and parts of number, phones and customer's name, which
 * people remember in pieces.
 */
export function wordsOf({ number, subject, form, phones, customer_name: name }: Texts): string {
  const { description = '', result = '', product = '', address = '' } = form;
  const texts = segment([subject, description, product, address, result].join('\n'));
  const parts = bigrams([number, name, ...phones].join('\n'));
  return [...new Set(`${texts} ${parts}`.split(' '))].filter((word) => word !== '').join(' ');
}
