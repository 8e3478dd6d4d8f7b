/**
 * How somebody of the staff gets from the chat to the web page: a link that is good once and for minutes becomes a session
 * that is good for hours. Both are kept as hashes: who reads the database can't sign in with it. Whether a person may
 * still look at all is asked of `Staff` each time, not here.
 */
import { createHash } from 'node:crypto';
import { and, eq, gt, lte, or } from 'drizzle-orm';
import type { Queries, Tx } from '../db/database.ts';
import { signIns } from '../db/tables.ts';
import type { Random } from '../core/deps.ts';
import { HOUR_MS } from '../core/calendar.ts';

export const LINK_MS = 5 * 60_000;
export const SESSION_MS = 2 * HOUR_MS;

const TOKEN_BYTES = 32;
const TOKEN = /^[\w-]{43}$/;

/** A new secret, to be made before the transaction that keeps it. */
export function newToken(random: Random): string {
  return Buffer.from(random.bytes(TOKEN_BYTES)).toString('base64url');
}

/** From now on this link leads in; earlier ones of the same person do not any more. */
export async function keepLink(
  tx: Tx,
  { token, userId, at }: { token: string; userId: number; at: number },
): Promise<void> {
  const isOwnLink = and(eq(signIns.kind, 'link'), eq(signIns.userId, userId));
  await tx.delete(signIns).where(or(isOwnLink, lte(signIns.expiresAt, at)));
  await tx
    .insert(signIns)
    .values({ hash: hashOf(token), kind: 'link', userId, createdAt: at, expiresAt: at + LINK_MS });
}

/** Takes the link away and keeps a session for it; null for one that is unknown, used or too old. */
export async function openSession(
  tx: Tx,
  { link, session, at }: { link: string; session: string; at: number },
): Promise<{ userId: number } | null> {
  if (!TOKEN.test(link)) return null;
  const [row] = await tx
    .delete(signIns)
    .where(and(eq(signIns.hash, hashOf(link)), eq(signIns.kind, 'link')))
    .returning();
  if (!row || row.expiresAt <= at) return null;
  const { userId } = row;
  const expiresAt = at + SESSION_MS;
  await tx
    .insert(signIns)
    .values({ hash: hashOf(session), kind: 'session', userId, createdAt: at, expiresAt });
  return { userId };
}

/** Whose session it is; null for one that is unknown or over. */
export async function sessionUser(
  queries: Queries,
  { session, at }: { session: string; at: number },
): Promise<number | null> {
  if (!TOKEN.test(session)) return null;
  const [row] = await queries
    .select({ userId: signIns.userId })
    .from(signIns)
    .where(
      and(
        eq(signIns.hash, hashOf(session)),
        eq(signIns.kind, 'session'),
        gt(signIns.expiresAt, at),
      ),
    );
  return row?.userId ?? null;
}

export async function endSession(tx: Tx, session: string): Promise<void> {
  await tx.delete(signIns).where(eq(signIns.hash, hashOf(session)));
}

/** What a page has to send with whatever changes something: other sites can't read it, and it is no session. */
export function csrfOf(session: string): string {
  return createHash('sha256').update(`csrf:${session}`).digest('base64url');
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
