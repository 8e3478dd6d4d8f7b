/**
 * What providers answered, kept for the operator: only what says something new about an order. The same answer again,
 * which is most of them, costs a hash and a look into memory.
 */
import { hash } from 'node:crypto';
import { and, desc, eq, inArray, lt } from 'drizzle-orm';
import type { Queries, Tx } from '../db/database.ts';
import { providerEvents } from '../db/tables.ts';
import type { ProviderId } from '../core/payment-systems.ts';

/** How many answers of one order or bill are kept; the oldest go. */
const MAX_ANSWERS = 20;

/** How many orders' last answers are remembered. */
const REMEMBERED = 10_000;

/** Fields that change with every answer and mean nothing. */
const VOLATILE =
  /^(?:over|now|time|timestamp|server_?time|response_?time|request_?id|trace_?id|expires_?in|remaining\w*|minutes_?left|seconds_?left|ttl)$/i;

interface Answer {
  provider: ProviderId | 'paylov';
  /** The order, or the bill. */
  subject: string;
  /** Free of secrets. */
  body: string;
  at: number;
}

/** The last meaning heard about each subject, so that a repetition is not written. */
export interface AnswerMemory {
  /** Null when it says what the last one said. */
  newMeaning(subject: string, body: string): string | null;
  /** Remembers this as the last one. */
  remember(subject: string, meaning: string): void;
}

export function createAnswerMemory(): AnswerMemory {
  const last = new Map<string, string>();
  return {
    newMeaning(subject, body) {
      const meaning = meaningOf(body);
      return last.get(subject) === meaning ? null : meaning;
    },
    remember(subject, meaning) {
      last.delete(subject);
      last.set(subject, meaning);
      const [oldest] = last.keys();
      if (last.size > REMEMBERED && oldest !== undefined) last.delete(oldest);
    },
  };
}

/** Keeps an answer in the caller's transaction, unless it says what one before it said. */
export async function keepAnswer(tx: Tx, memory: AnswerMemory, answer: Answer): Promise<void> {
  const { provider, subject: topupId, body, at } = answer;
  const bodyHash = memory.newMeaning(topupId, body);
  if (bodyHash === null) return;
  tx.afterCommit(() => memory.remember(topupId, bodyHash));
  const stored = await tx
    .insert(providerEvents)
    .values({ provider, topupId, body, bodyHash, source: 'answer', receivedAt: at })
    .onConflictDoNothing()
    .returning({ id: providerEvents.id });
  if (stored.length > 0) await dropOldest(tx, topupId);
}

async function dropOldest(tx: Tx, topupId: string): Promise<void> {
  const own = and(eq(providerEvents.topupId, topupId), eq(providerEvents.source, 'answer'));
  const [tooOld] = await tx
    .select({ id: providerEvents.id })
    .from(providerEvents)
    .where(own)
    .orderBy(desc(providerEvents.id))
    .limit(1)
    .offset(MAX_ANSWERS - 1);
  if (tooOld) await tx.delete(providerEvents).where(and(own, lt(providerEvents.id, tooOld.id)));
}

/** The same for bodies that differ only in the order of fields and in what changes with every answer. */
export function meaningOf(body: string): string {
  return hash('sha256', `answer:${canonical(body)}`, 'hex');
}

function canonical(body: string): string {
  try {
    return JSON.stringify(settled(JSON.parse(body)));
  } catch {
    // A web page is compared without its numbers, which are times and request ids.
    return body.replace(/\d+/g, '0').slice(0, 500);
  }
}

function settled(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(settled);
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value)
    .filter(([name]) => !VOLATILE.test(name))
    .map(([name, each]) => [name, settled(each)] as const);
  return Object.fromEntries(fields.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

export interface StoredAnswer {
  id: number;
  source: 'webhook' | 'answer';
  receivedAt: number;
  /** As stored: a webhook's body is word for word, with whatever secrets it names. */
  body: string;
}

/** The stored answers about an order or a bill, newest first. */
export async function storedAnswers(
  queries: Queries,
  subject: string,
  page: { offset: number; limit: number },
): Promise<StoredAnswer[]> {
  const rows = await queries
    .select()
    .from(providerEvents)
    .where(
      and(
        eq(providerEvents.topupId, subject),
        inArray(providerEvents.source, ['webhook', 'answer']),
      ),
    )
    .orderBy(desc(providerEvents.id))
    .limit(page.limit)
    .offset(page.offset);
  return rows.map(({ id, source, receivedAt, body }) => {
    return { id, source, receivedAt, body };
  });
}
