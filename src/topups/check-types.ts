/** A question about one order, and what it can come to. */
import type { Priority, Problem, Provider } from './provider.ts';
import type { Cause } from './states.ts';
import type { Topup } from './topup.ts';

export interface CheckRequest {
  provider: Provider;
  /** The order, which the caller has claimed: its lease is held. */
  topup: Topup;
  priority: Exclude<Priority, 'create'>;
  cause: Cause;
  /** Look once more at an order that is settled: is it paid twice, or taken back? By default after a webhook. */
  again?: boolean;
}

export type CheckResult =
  | { kind: 'answered' }
  /** The look can wait, and no request was left for it. */
  | { kind: 'postponed' }
  | Problem;
