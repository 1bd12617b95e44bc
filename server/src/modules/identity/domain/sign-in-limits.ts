/** Failed sign-ins are counted over this many minutes. */
export const failureWindowMinutes = 15;

/** Refused sign-ins within the window: for one account from one address, for one account, from one address. */
export type Failures = { accountHere: number; account: number; address: number };

/**
 * Whether a further try must wait. A person mistypes a few times; a whole office behind one address a few dozen times;
 * an account under attack from many addresses stays open for its owner until fifty failures.
 */
export function mustWait({ accountHere, account, address }: Failures): boolean {
  return accountHere >= 10 || account >= 50 || address >= 60;
}
