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

/** Passes a body on to whoever keeps it. */
export function hear(
  secrets: SecretScrubber,
  context: { heard?: Heard | undefined; secrets?: readonly string[] },
  text: string,
): void {
  if (!context.heard) return;
  const scrub = secrets.scrub.bind(secrets);
  context.heard(safeBody(text, { scrub, also: context.secrets ?? [] }));
}

/** Gets the body of an answer as it came, free of secrets and at most 4000 characters, to be kept for the operator. */
export type Heard = (body: string) => void;
