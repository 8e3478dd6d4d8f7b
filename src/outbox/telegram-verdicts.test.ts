import { GrammyError, HttpError } from 'grammy';
import { expect, test } from 'vitest';
import { TelegramNoAnswerError } from '../core/telegram-errors.ts';
import { judge } from './telegram-verdicts.ts';

function refusal(code: number, description: string, retryAfter?: number): GrammyError {
  const parameters = retryAfter === undefined ? {} : { retry_after: retryAfter };
  const answer = { ok: false, error_code: code, description, parameters } as const;
  return new GrammyError('Call failed', answer, 'sendMessage', {});
}

const NO_ANSWER = new TelegramNoAnswerError({ method: 'sendMessage', reason: 'timeout' });

test.each([
  [refusal(429, 'Too Many Requests: retry after 7', 7), 'rate_limited'],
  [refusal(403, 'Forbidden: bot was blocked by the user'), 'unreachable'],
  [refusal(403, 'Forbidden: user is deactivated'), 'unreachable'],
  [refusal(403, 'Forbidden: bot was kicked from the supergroup chat'), 'unreachable'],
  [refusal(400, 'Bad Request: chat not found'), 'unreachable'],
  [refusal(400, 'Bad Request: PEER_ID_INVALID'), 'unreachable'],
  [refusal(400, 'Bad Request: message is not modified: specified new …'), 'sent'],
  [refusal(400, 'Bad Request: message to edit not found'), 'sent'],
  [refusal(400, "Bad Request: message can't be edited"), 'sent'],
  [refusal(400, 'Bad Request: not enough rights to send text messages to the chat'), 'unreachable'],
  [refusal(400, 'Bad Request: TOPIC_CLOSED'), 'unreachable'],
  [refusal(400, "Bad Request: can't parse entities"), 'refused'],
  [refusal(400, 'Bad Request: message is too long'), 'refused'],
  [refusal(500, 'Internal Server Error'), 'again'],
  [refusal(401, 'Unauthorized'), 'again'],
  [new HttpError('Network request failed', NO_ANSWER), 'again'],
  [new TypeError('x is undefined'), 'bug'],
  ['thrown text', 'bug'],
])('%s', (error, kind) => {
  expect(judge(error).kind).toBe(kind);
});

test('waits for what Telegram asks, at least a second and at most an hour', () => {
  expect(judge(refusal(429, '', 7))).toEqual({ kind: 'rate_limited', waitMs: 7000 });
  expect(judge(refusal(429, '', 0))).toEqual({ kind: 'rate_limited', waitMs: 1000 });
  expect(judge(refusal(429, ''))).toEqual({ kind: 'rate_limited', waitMs: 1000 });
  expect(judge(refusal(429, '', 1e9))).toEqual({ kind: 'rate_limited', waitMs: 3_600_000 });
});

test('a refused token is the operator’s to mend, a failing server is not', () => {
  expect(judge(refusal(401, 'Unauthorized'))).toEqual({ kind: 'again', isOurs: true });
  expect(judge(refusal(502, 'Bad Gateway'))).toEqual({ kind: 'again', isOurs: false });
});
