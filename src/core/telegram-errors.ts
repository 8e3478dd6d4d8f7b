/** What went wrong between us and Telegram, freed of what must not be logged. */
import { BotError, GrammyError, HttpError } from 'grammy';

/** Telegram gave no usable answer. Carries neither the address nor the token. */
export class TelegramNoAnswerError extends Error {
  override name = 'TelegramNoAnswerError';
  readonly method: string;
  readonly reason: string;
  constructor({ method, reason }: { method: string; reason: string }) {
    super(`Telegram did not answer: ${reason} (${method})`);
    this.method = method;
    this.reason = reason;
  }
}

/** Beyond this a wait is taken for a mistake. */
const MAX_RETRY_AFTER_MS = 60 * 60 * 1000;

/** The error under grammY's wrappings: `bot.handleUpdate` throws a `BotError` around it. */
export function rootError(error: unknown): unknown {
  return error instanceof BotError ? rootError(error.error) : error;
}

/** Telegram's refusal, or null when the error is something else. */
export function refusalOf(error: unknown): GrammyError | null {
  const root = rootError(error);
  return root instanceof GrammyError ? root : null;
}

/** Whether Telegram refused the call itself ("Bad Request") in these words. */
export function isRefusal(error: unknown, words: RegExp): boolean {
  const refusal = refusalOf(error);
  return refusal?.error_code === 400 && words.test(refusal.description);
}

/** How long Telegram wants us to wait (at least a second), or null when it does not say "too many requests". */
export function retryAfterMs(error: unknown): number | null {
  const refusal = refusalOf(error);
  if (refusal?.error_code !== 429) return null;
  const waitMs = Math.max(1, refusal.parameters.retry_after ?? 1) * 1000;
  return Math.min(waitMs, MAX_RETRY_AFTER_MS);
}

export interface LoggedError {
  type: string;
  message: string;
  stack?: string;
}

/**
 * The error for the log. Never log grammY's errors themselves: a `BotError` holds the context with the token, a
 * `GrammyError` the text that was sent, an `HttpError` may hold the address with the token.
 */
export function errorForLog(error: unknown): LoggedError {
  const root = rootError(error);
  if (!(root instanceof Error)) return { type: typeof root, message: String(root) };
  const inner = root instanceof HttpError ? root.error : undefined;
  return {
    type: root.name,
    message: inner instanceof TelegramNoAnswerError ? inner.message : root.message,
    ...(root.stack === undefined ? {} : { stack: root.stack }),
  };
}
