/** Names of the contract as keys of the catalogue, where a dot means a level: `order.in_step` → `order-in_step`. */
export const textKey = (name: string): string => name.replaceAll('.', '-');
