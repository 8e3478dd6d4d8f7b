/** What Telegram's answer means for one recipient of a broadcast. */
import { errorForLog, type LoggedError } from '../core/telegram-errors.ts';
import { judge } from '../outbox/telegram-verdicts.ts';

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
  if (verdict.kind === 'sent' || verdict.kind === 'rate_limited') return verdict;
  if (verdict.kind === 'unreachable') {
    // Deleted accounts and people who never pressed Start are out of reach as well, and nobody's decision.
    return { kind: BLOCKED.test(verdict.reason) ? 'blocked' : 'gone', reason: verdict.reason };
  }
  const err = errorForLog(error);
  if (verdict.kind === 'again') return { kind: 'again', err };
  return {
    kind: 'refused',
    reason: verdict.kind === 'refused' ? verdict.reason : err.message,
    err,
  };
}
