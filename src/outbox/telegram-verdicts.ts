/** What Telegram's answer means for a message. */
import { HttpError } from 'grammy';
import {
  refusalOf,
  retryAfterMs,
  rootError,
  TelegramNoAnswerError,
} from '../core/telegram-errors.ts';

export type Verdict =
  /** It stands in the chat, or never can and needs not. */
  | { kind: 'sent' }
  | { kind: 'rate_limited'; waitMs: number }
  /** Nobody knows whether it arrived, or Telegram is in trouble. `isOurs`: an operator must look at it. */
  | { kind: 'again'; isOurs: boolean }
  /** The person blocked the bot, left Telegram, or never wrote to the bot; a group lets it in or write no more. */
  | { kind: 'unreachable'; reason: string }
  /** The group became a supergroup. */
  | { kind: 'moved'; toChatId: number }
  /** Telegram does not take it as it is: most likely our mistake. */
  | { kind: 'refused'; reason: string }
  /** Our own code failed. */
  | { kind: 'bug' };

/** Edits that have nothing left to do. */
const NOTHING_TO_EDIT =
  /message is not modified|message to edit not found|message can't be edited|MESSAGE_ID_INVALID/i;

const NO_CHAT = /chat not found|user is deactivated|PEER_ID_INVALID|bot was blocked/i;

/** Rights that somebody may give back. */
const NO_RIGHTS =
  /not enough rights|have no rights|need administrator rights|CHAT_(?:WRITE|SEND_\w+)_FORBIDDEN|CHAT_RESTRICTED|TOPIC_CLOSED/i;

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
  const { migrate_to_chat_id: toChatId } = refusal.parameters;
  if (toChatId !== undefined) return { kind: 'moved', toChatId };
  const isClosed = NO_CHAT.test(reason) || NO_RIGHTS.test(reason);
  return { kind: isClosed ? 'unreachable' : 'refused', reason };
}

function isNoAnswer(error: unknown): boolean {
  const root = rootError(error);
  return root instanceof HttpError || root instanceof TelegramNoAnswerError;
}
