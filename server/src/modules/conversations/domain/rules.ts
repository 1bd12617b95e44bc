const ranks: Record<string, number> = { low: -1, normal: 0, high: 1, urgent: 2 };

/** The priority in the router's steps: 0 is normal, each step is worth ten minutes of waiting. */
export function priorityRank(priority: string): number {
  return ranks[priority] ?? 0;
}

/** A customer who writes again within a week means the same matter. */
export const reopensWithinMs = 7 * 24 * 3600 * 1000;
