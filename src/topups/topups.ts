/** What the rest of the program may ask of top-ups. */
import type { Tiyin } from '../money.ts';
import type { PayMethod, ProblemCode, Provider, ProviderId } from './provider.ts';
import type { Topup, TopupHistoryRow } from './topup.ts';

/** A provider as the menu shows it. */
export interface Offer {
  provider: Provider;
  /** `paused` by an owner; `troubled`: it does not answer properly now. */
  availability: 'open' | 'paused' | 'troubled';
  /** The provider's limits narrowed by ours. */
  minTiyin: Tiyin;
  maxTiyin: Tiyin;
}

export interface CreateTopup {
  userId: number;
  provider: ProviderId;
  baseTiyin: Tiyin;
  method?: PayMethod;
}

export type CreateTopupOutcome =
  | { kind: 'created'; topup: Topup }
  /** The user has a live order with this provider already: show it. */
  | { kind: 'live'; topup: Topup }
  | { kind: 'too_many'; live: number }
  | { kind: 'out_of_limits'; minTiyin: Tiyin; maxTiyin: Tiyin }
  /** No unique sum is free near this one: another sum, or later. */
  | { kind: 'busy' }
  | { kind: 'unavailable'; reason: 'paused' | 'absent' }
  /** The provider refused or did not answer; nothing was charged. */
  | { kind: 'failed'; topup: Topup; problem: ProblemCode };

export type CheckNowOutcome =
  /** As it stands after asking the provider, whatever the state. */
  | { kind: 'checked'; topup: Topup }
  /** Asked a moment ago, or somebody else is asking: the stored state. */
  | { kind: 'too_soon'; topup: Topup }
  /** The provider did not answer properly: the stored state. */
  | { kind: 'unknown'; topup: Topup; problem: ProblemCode }
  | { kind: 'not_found' };

export type CancelTopupOutcome =
  | { kind: 'cancelled'; topup: Topup }
  /** It had ended (or was paid) before. */
  | { kind: 'not_live'; topup: Topup }
  | { kind: 'not_found' };

export type DecideOutcome =
  | { kind: 'done'; topup: Topup }
  /** Somebody decided before. */
  | { kind: 'decided'; topup: Topup }
  | { kind: 'not_found' };

export interface TopupDetails {
  topup: Topup;
  history: TopupHistoryRow[];
  /** What the provider sent, newest first, at most 10. */
  events: { receivedAt: number; body: string }[];
}

export interface Topups {
  /** In the order they are offered. */
  offers(): Promise<Offer[]>;
  create(request: CreateTopup): Promise<CreateTopupOutcome>;
  /** Asks the provider now. `userId` limits it to the user's own orders; owners leave it out. */
  checkNow(topupId: string, options: { userId?: number }): Promise<CheckNowOutcome>;
  cancel(topupId: string, options: { userId: number }): Promise<CancelTopupOutcome>;
  get(topupId: string): Promise<Topup | null>;
  /** One of a user's own, or null. */
  ofUser(topupId: string, userId: number): Promise<Topup | null>;
  /** Newest first. */
  history(userId: number, page: { offset: number; limit: number }): Promise<Topup[]>;
  /** Live orders of the user, newest first. */
  live(userId: number): Promise<Topup[]>;
  details(topupId: string): Promise<TopupDetails | null>;
  /** Our id, the provider's id, or our code for it: whatever somebody may quote. */
  find(text: string): Promise<Topup | null>;
  /** Where the order's screen stands, so that it can turn into a receipt. */
  rememberScreen(topupId: string, messageId: number): Promise<void>;
  /** Money in suspense goes to the user, or to what is to be given back. */
  decideReview(
    topupId: string,
    decision: { credit: boolean; ownerId: number },
  ): Promise<DecideOutcome>;
  /** An owner vouches for the payment of the exact sum although the provider does not report it. */
  approve(topupId: string, options: { ownerId: number }): Promise<DecideOutcome>;
}
