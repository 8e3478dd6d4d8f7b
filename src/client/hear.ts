/** What clients of payment systems are given, and how they pass on what was answered, without what must stay secret. */
import type { Clock } from '../core/deps.ts';
import type { SecretScrubber } from '../core/secrets.ts';
import { safeBody } from './words.ts';

/** What a client of a payment system needs of the program. */
export interface ClientDeps {
  clock: Clock;
  fetch: typeof fetch;
  secrets: SecretScrubber;
  /** For the log: what a payment system did that its document does not foresee. `data` is free of secrets. */
  warn(event: string, data: object): void;
}

/** What of a call says where its answer goes. */
interface HearingContext {
  heard?: Heard | undefined;
  /** What nobody may read of it. */
  secrets?: readonly string[];
  /** The same for the operator's eyes, where they may read more than a log. */
  heardWithout?: readonly string[];
}

/** Passes a body on to whoever keeps it. */
export function hear(secrets: SecretScrubber, context: HearingContext, text: string): void {
  if (!context.heard) return;
  const scrub = secrets.scrub.bind(secrets);
  const also = context.heardWithout ?? context.secrets ?? [];
  context.heard(safeBody(text, { scrub, also }));
}

/** Gets the body of an answer as it came, free of secrets and at most 4000 characters, to be kept for the operator. */
export type Heard = (body: string) => void;
