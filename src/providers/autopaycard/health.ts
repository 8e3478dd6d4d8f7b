/**
 * AutoPayCard's linked cards and our subscription. Their methods and paths are guesses: 404 and 405 say nothing, nor do
 * 401 and 403 where even the path is one.
 */
import type { Read } from '../../client/reading.ts';
import type { z } from 'zod';
import type { HealthFact, HealthOutcome, Problem } from '../../topups/provider.ts';
import { parseProviderDate } from '../../client/dates.ts';
import type { MakeFact } from '../facts.ts';
import type { CallContext, ProviderClient } from '../client.ts';
import { cardsAnswer, subscriptionAnswer } from './schemas.ts';
import { AUTOPAYCARD_ERRORS } from './tables.ts';

const WARN_BEFORE_MS = 3 * 86_400_000;

interface LinkedCard {
  last4: string;
  gmail: string;
}

interface HealthCheck {
  client: ProviderClient;
  fact: MakeFact;
  headers: Readonly<Record<string, string>>;
  cards: readonly LinkedCard[];
  subscriptionPath: string;
  now: number;
}

interface Findings {
  facts: HealthFact[];
  problems: Problem[];
}

type Looked<T> = Read<T, { kind: 'unknown' } | Problem>;

/** Both calls, one after the other; the first that fails outright is the outcome. */
export async function checkHealth(check: HealthCheck): Promise<HealthOutcome> {
  const cards = await look(check, { name: 'my-cards', path: '/api/my-cards', schema: cardsAnswer });
  if (cards.kind === 'problem') return cards;
  const subscription = await look(check, {
    name: 'subscription',
    path: check.subscriptionPath,
    schema: subscriptionAnswer,
    isGuess: true,
  });
  if (subscription.kind === 'problem') return subscription;
  const findings: Findings[] = [];
  if (cards.kind === 'read') findings.push(judgeCards(check, cards.value));
  if (subscription.kind === 'read') {
    findings.push(judgeSubscription(check, subscription.value));
  }
  return {
    kind: 'health',
    facts: findings.flatMap((each) => each.facts),
    problems: findings.flatMap((each) => each.problems),
  };
}

async function look<T>(
  check: HealthCheck,
  call: { name: string; path: string; schema: z.ZodType<T>; isGuess?: boolean },
): Promise<Looked<T>> {
  const context: CallContext = { name: call.name, priority: 'poll' };
  const answer = await check.client.send(context, {
    method: 'GET',
    path: call.path,
    headers: check.headers,
  });
  if (answer.kind === 'problem') return answer;
  if (answer.status === 404 || answer.status === 405) return { kind: 'unknown' };
  if (call.isGuess === true && (answer.status === 401 || answer.status === 403)) {
    check.client.warnWord(context, 'provider.guessed_path_refused', `HTTP ${answer.status}`);
    return { kind: 'unknown' };
  }
  const expected = { schema: call.schema, errors: AUTOPAYCARD_ERRORS };
  return check.client.accept(context, answer, expected);
}

function judgeCards(check: HealthCheck, answer: z.infer<typeof cardsAnswer>): Findings {
  const linked = new Set(
    answer.cards.map((card) => cardKey(card.card_last4 ?? '', card.gmail ?? '')),
  );
  const missing = check.cards.filter((card) => !linked.has(cardKey(card.last4, card.gmail)));
  return {
    facts: answer.cards.flatMap((card) => check.fact('card', card.card_last4)),
    problems: missing.map(({ last4 }) => ({
      kind: 'problem',
      code: 'card_not_linked',
      detail: `the card ending in ${last4} is not linked with its gmail at AutoPayCard`,
    })),
  };
}

function cardKey(last4: string, gmail: string): string {
  return `${last4.padStart(4, '0')} ${gmail.trim().toLowerCase()}`;
}

function judgeSubscription(
  check: HealthCheck,
  answer: z.infer<typeof subscriptionAnswer>,
): Findings {
  const { payments_used: used, max_payments: max, expires_at: until } = answer;
  const { fact, now } = check;
  const facts = [
    ...fact('tariff', answer.tariff_name),
    ...fact('subscription_until', until),
    ...fact('payments_used', used?.toString()),
    ...fact('payments_max', max?.toString()),
  ];
  const problem = subscriptionProblem(answer, now);
  if (!problem && (endOf(answer) ?? now) < now) {
    const context: CallContext = { name: 'subscription', priority: 'poll' };
    check.client.warnWord(context, 'provider.subscription_date_over', until ?? '');
  }
  return { facts, problems: problem ? [problem] : [] };
}

function endOf(answer: z.infer<typeof subscriptionAnswer>): number | undefined {
  return parseProviderDate(answer.expires_at);
}

/**
 * A subscription that calls itself active is active: a date that is over may be in another time zone, or not renewed
 * yet on that page.
 */
function subscriptionProblem(
  answer: z.infer<typeof subscriptionAnswer>,
  now: number,
): Problem | null {
  const { active, payments_used: used, max_payments: max } = answer;
  const ended = { kind: 'problem', code: 'subscription_ended' } as const;
  if (active === false) return { ...ended, detail: 'the subscription is not active' };
  // No tariff has zero payments: 0 is how "without a limit" is written.
  if (used !== undefined && max !== undefined && max > 0 && used >= max) {
    return { ...ended, detail: `all ${max} payments of the tariff are used` };
  }
  const endsAt = endOf(answer);
  if (endsAt === undefined || endsAt <= now || endsAt > now + WARN_BEFORE_MS) return null;
  // The end is announced and not there yet: payments go on until then.
  return {
    ...ended,
    detail: `the subscription ends at ${answer.expires_at ?? ''}`,
    startsAt: endsAt,
  };
}
