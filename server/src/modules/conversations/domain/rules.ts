const ranks: Record<string, number> = { low: 0, normal: 1, high: 2, urgent: 3 };

/** The priority as the router compares it: higher goes first. */
export function priorityRank(priority: string): number {
  return ranks[priority] ?? 1;
}

/** A customer who writes again within a week means the same matter. */
export const reopensWithinMs = 7 * 24 * 3600 * 1000;
