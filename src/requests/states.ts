/** What is written down of a request in words. */

const REQUEST_KINDS = [
  /** A bill: service, account and sum. */
  'bill',
  /** Onto the balance of who asks. */
  'balance',
] as const;

export type RequestKind = (typeof REQUEST_KINDS)[number];

export type RequestState =
  /** Whoever has the link may pay, until it expires. */
  | 'open'
  /** Somebody's bill for it is under way: nobody else can pay it. */
  | 'paying'
  | 'paid'
  /** Who asked took it back. */
  | 'withdrawn';
