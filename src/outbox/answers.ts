/** What Telegram's answer means for a message. */
import { HttpError } from 'grammy';
import { refusalOf, retryAfterMs, rootError, TelegramNoAnswerError } from '../telegram-errors.ts';

export type Verdict =
  /** It stands in the chat, or never can and needs not. */
  | { kind: 'sent' }
  | { kind: 'rate_limited'; waitMs: number }
  /** Nobody knows whether it arrived, or Telegram is in trouble. `isOurs`: an operator must look at it. */
  | { kind: 'again'; isOurs: boolean }
  /** The person blocked the bot, left Telegram, or never wrote to the bot. */
  | { kind: 'unreachable'; reason: string }
  /** Telegram will never take it: a bug. */
  | { kind: 'refused'; reason: string }
  /** Our own code failed. */
  | { kind: 'bug' };

/** Edits that have nothing left to do. */
const NOTHING_TO_EDIT =
  /message is not modified|message to edit not found|message can't be edited|MESSAGE_ID_INVALID/i;

const NO_CHAT = /chat not found|user is deactivated|PEER_ID_INVALID|bot was blocked/i;

export function judge(error: unknown): Verdict {
  const waitMs = retryAfterMs(error);
  if (waitMs !== null) return { kind: 'rate_limited', waitMs };
  const refusal = refusalOf(error);
  if (!refusal) return isNoAnswer(error) ? { kind: 'again', isOurs: false } : { kind: 'bug' };
  const { error_code: code, description: reason } = refusal;
  if (code >= 500) return { kind: 'again', isOurs: false };
  if (code === 403) return { kind: 'unreachable', reason };
  // A revoked token and the like: the message is fine and waits for the operator.
  if (code !== 400) return { kind: 'again', isOurs: true };
  if (NOTHING_TO_EDIT.test(reason)) return { kind: 'sent' };
  return NO_CHAT.test(reason) ? { kind: 'unreachable', reason } : { kind: 'refused', reason };
}

function isNoAnswer(error: unknown): boolean {
  const root = rootError(error);
  return root instanceof HttpError || root instanceof TelegramNoAnswerError;
}
