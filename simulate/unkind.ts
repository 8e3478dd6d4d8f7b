/** Faults of the world that a run may have beside the usual ones. Each can be chosen by name. */

const UNKIND = [
  /** Payment systems and Paylov spell words, sums and ids otherwise; everything can be read. */
  'spellings',
  /** Paid with a sum nobody can read, or of an order that is none; words that only sound like paid. */
  'odd_sums',
  /** A payment goes back to the payer, also after it was credited. */
  'reversals',
  /** Systems watch one and the same card: each reports the transfer. */
  'one_card',
  /** A transfer comes when somebody else waits for the same sum on that card. */
  'late_bank',
  /** The status call sees a payment later than the webhook tells of it. */
  'lag',
  /** The machine's clock is days ahead for a minute. */
  'clock_leaps',
] as const;

export type Unkind = (typeof UNKIND)[number];

/** What every run has unless it is told otherwise: the world is never kind. */
export const ALL: readonly Unkind[] = UNKIND;

/** `all`, `none`, or names with commas between them. Throws for a name that is none. */
export function readUnkind(text: string): readonly Unkind[] {
  if (text === 'all') return ALL;
  if (text === 'none' || text === '') return [];
  return text.split(',').map((name) => {
    const found = UNKIND.find((each) => each === name);
    if (!found) throw new Error(`--unkind knows ${UNKIND.join(', ')}, all and none, not ${name}`);
    return found;
  });
}
