/** Who agreed to what the staff did to balances by hand, as the books say it. */

const AGREED = / \(agreed by user:(\d{1,16})\)$/;

/**
 * A reason as entries keep it: its last words name the second person, where there was one. Entries are sealed and the
 * rows of requests are not, so this is what a trail can be trusted by; nobody can type it for themselves.
 */
export function reasonWithSecond(reason: string, secondId: number | null): string {
  if (secondId !== null) return `${reason} (agreed by user:${secondId})`;
  return AGREED.test(reason) ? `${reason} (alone)` : reason;
}

/** The second person an entry names; null when somebody did it alone. */
export function secondOf(reason: string | null): number | null {
  const id = AGREED.exec(reason ?? '')?.[1];
  return id === undefined ? null : Number(id);
}
