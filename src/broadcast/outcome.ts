/** What Telegram's answer means for one recipient of a broadcast. */
import { errorForLog, type LoggedError } from '../telegram-errors.ts';
import { judge } from '../outbox/answers.ts';

export type Outcome =
  | { kind: 'sent' }
  /** `reason` is Telegram's; nothing more is sent there until they come back. */
  | { kind: 'blocked' | 'gone'; reason: string }
  /** Telegram does not take the content, or our own code failed. */
  | { kind: 'refused'; reason: string; err: LoggedError }
  | { kind: 'rate_limited'; waitMs: number }
  /** Nobody knows whether it arrived, or Telegram is in trouble. */
  | { kind: 'again'; err: LoggedError };

const BLOCKED = /blocked by the user|was blocked/i;

export function outcomeOf(error: unknown): Outcome {
  const verdict = judge(error);
  switch (verdict.kind) {
    case 'sent':
    case 'rate_limited':
      return verdict;
    case 'unreachable':
      // Deleted accounts and people who never pressed Start are out of reach as well, and nobody's decision.
      return { kind: BLOCKED.test(verdict.reason) ? 'blocked' : 'gone', reason: verdict.reason };
    case 'refused':
      return { kind: 'refused', reason: verdict.reason, err: errorForLog(error) };
    case 'again':
      return { kind: 'again', err: errorForLog(error) };
    case 'bug':
      return { kind: 'refused', reason: errorForLog(error).message, err: errorForLog(error) };
  }
}
