/** Broadcasts as they are stored: drafts, the one that runs, and how far it came. */
import { and, asc, desc, eq, isNull, or } from 'drizzle-orm';
import { z } from 'zod';
import type { Queries, Tx } from '../db/database.ts';
import { broadcasts } from '../db/tables.ts';
import { enqueue } from '../outbox/messages.ts';
import { type Audience, audienceSchema } from '../users/audience.ts';
import { type Content, contentSchema } from './content.ts';

declare module '../outbox/kinds.ts' {
  interface OutboxParams {
    /** To who started it: how a broadcast ended. */
    broadcast_over: { broadcastId: string };
  }
}

/** The column `audience`: who gets it, and what else has to be kept about the way through them. */
const planSchema = audienceSchema.extend({
  /** Those beyond the cursor who are served already. */
  ahead: z.array(z.int()),
  /** Why it ended when Telegram took it for nobody; else the last refusal there was. */
  refusal: z.string().nullable(),
  /** The member of the staff who pressed stop. */
  stoppedBy: z.int().nullable(),
});

type Plan = z.infer<typeof planSchema>;

/** How many were served, by what became of it. */
export interface Tally {
  sent: number;
  blocked: number;
  failed: number;
}

export interface Broadcast extends Tally {
  id: string;
  /** The member of the staff who wrote it. */
  staffId: number;
  content: Content;
  audience: Audience;
  state: Row['state'];
  /** How many there were when it began. */
  total: number;
  cursor: number;
  ahead: number[];
  refusal: string | null;
  stoppedBy: number | null;
  /** The message that shows the progress. */
  progress: MessagePlace | null;
  /** Milliseconds since 1970. */
  createdAt: number;
  startedAt: number | null;
  endedAt: number | null;
}

interface MessagePlace {
  chatId: number;
  messageId: number;
}

/** What is noted after each message. Counts are the whole ones, so that a lost note is made good by the next. */
export interface Noted extends Tally {
  cursor: number;
  ahead: number[];
  refusal: string | null;
}

type Row = typeof broadcasts.$inferSelect;

function fromRow(row: Row): Broadcast {
  const { progressChatId, progressMessageId, cursorUserId: cursor } = row;
  const { ahead, refusal, stoppedBy, ...audience } = planSchema.parse(row.audience);
  const progress =
    progressChatId === null || progressMessageId === null
      ? null
      : { chatId: progressChatId, messageId: progressMessageId };
  const { id, staffId, total, sent, blocked, failed, createdAt, startedAt, endedAt, state } = row;
  return {
    id,
    staffId,
    total,
    sent,
    blocked,
    failed,
    createdAt,
    startedAt,
    endedAt,
    ahead,
    refusal,
    stoppedBy,
    audience,
    progress,
    cursor,
    content: contentSchema.parse(row.content),
    state,
  };
}

const planOf = ({ audience, ahead, refusal, stoppedBy }: Broadcast): Plan => ({
  ...audience,
  ahead,
  refusal,
  stoppedBy,
});

/** Writes a draft down; the same id again changes nothing. */
export async function draftBroadcast(
  tx: Tx,
  draft: { id: string; staffId: number; content: Content; audience: Audience; at: number },
): Promise<void> {
  const { id, staffId, content, at } = draft;
  const audience: Plan = { ...draft.audience, ahead: [], refusal: null, stoppedBy: null };
  await tx
    .insert(broadcasts)
    .values({ id, staffId, content, audience, state: 'draft', createdAt: at })
    .onConflictDoNothing({ target: broadcasts.id });
}

export async function broadcastById(queries: Queries, id: string): Promise<Broadcast | null> {
  const [row] = await queries.select().from(broadcasts).where(eq(broadcasts.id, id));
  return row ? fromRow(row) : null;
}

/** The one that runs, or was stopped and is not over yet; null when there is none. */
export async function currentBroadcast(queries: Queries): Promise<Broadcast | null> {
  const isStopping = and(eq(broadcasts.state, 'stopped'), isNull(broadcasts.endedAt));
  const [row] = await queries
    .select()
    .from(broadcasts)
    .where(or(eq(broadcasts.state, 'running'), isStopping))
    .orderBy(asc(broadcasts.startedAt))
    .limit(1);
  return row ? fromRow(row) : null;
}

/** The one that ended last; null when there was none. */
export async function lastBroadcast(queries: Queries): Promise<Broadcast | null> {
  const [row] = await queries
    .select()
    .from(broadcasts)
    .where(or(eq(broadcasts.state, 'done'), eq(broadcasts.state, 'stopped')))
    .orderBy(desc(broadcasts.startedAt))
    .limit(1);
  return row ? fromRow(row) : null;
}

/** Who gets a draft. Nothing happens once it is more than one. */
export async function setAudience(
  tx: Tx,
  { id, audience }: { id: string; audience: Audience },
): Promise<void> {
  const known = await broadcastById(tx, id);
  if (known?.state !== 'draft') return;
  await tx
    .update(broadcasts)
    .set({ audience: planOf({ ...known, audience }) })
    .where(eq(broadcasts.id, id));
}

export async function dropDraft(tx: Tx, id: string): Promise<void> {
  await tx
    .update(broadcasts)
    .set({ state: 'dropped' })
    .where(and(eq(broadcasts.id, id), eq(broadcasts.state, 'draft')));
}

export type StartOutcome =
  | { kind: 'started'; broadcast: Broadcast }
  /** Another one runs; this one stays a draft. */
  | { kind: 'busy'; current: Broadcast }
  /** It began before, or was dropped, or never was: nothing changed. */
  | { kind: 'over' };

/** Begins a draft, once. Wake the broadcasts after the commit. */
export async function startBroadcast(
  tx: Tx,
  start: { id: string; total: number; progress: MessagePlace | null; startedAt: number },
): Promise<StartOutcome> {
  const { id, total, progress, startedAt } = start;
  const draft = await broadcastById(tx, id);
  if (draft?.state !== 'draft') return { kind: 'over' };
  const current = await currentBroadcast(tx);
  if (current) return { kind: 'busy', current };
  const place = {
    progressChatId: progress?.chatId ?? null,
    progressMessageId: progress?.messageId ?? null,
  };
  const [row] = await tx
    .update(broadcasts)
    .set({ state: 'running', total, startedAt, ...place })
    .where(eq(broadcasts.id, id))
    .returning();
  if (!row) throw new Error(`the broadcast ${id} was read and is not there`);
  return { kind: 'started', broadcast: fromRow(row) };
}

/** True when it ran until now. What is under way still arrives; the report comes after it. Wake the broadcasts. */
export async function stopBroadcast(
  tx: Tx,
  { id, staffId }: { id: string; staffId: number },
): Promise<boolean> {
  const known = await broadcastById(tx, id);
  if (known?.state !== 'running') return false;
  await tx
    .update(broadcasts)
    .set({ state: 'stopped', audience: planOf({ ...known, stoppedBy: staffId }) })
    .where(eq(broadcasts.id, id));
  return true;
}

/** Writes down how far it is; returns the state it is in. */
export async function noteProgress(
  tx: Tx,
  { id, noted }: { id: string; noted: Noted },
): Promise<Broadcast['state']> {
  const known = await broadcastById(tx, id);
  if (!known) throw new Error(`the broadcast ${id} is not there any more`);
  const { sent, blocked, failed, cursor, ahead, refusal } = noted;
  await tx
    .update(broadcasts)
    .set({
      sent,
      blocked,
      failed,
      cursorUserId: cursor,
      audience: planOf({ ...known, ahead, refusal }),
    })
    .where(eq(broadcasts.id, id));
  return known.state;
}

/** Ends what ran or was stopped and puts the report on its way, once. Returns what it is then. */
export async function endBroadcast(
  tx: Tx,
  { id, isComplete, at }: { id: string; isComplete: boolean; at: number },
): Promise<Broadcast | null> {
  const known = await broadcastById(tx, id);
  if (!known || known.endedAt !== null) return known;
  const state = known.state === 'running' && isComplete ? 'done' : 'stopped';
  await tx.update(broadcasts).set({ state, endedAt: at }).where(eq(broadcasts.id, id));
  await enqueue(tx, {
    key: `broadcast:${id}:over`,
    chatId: known.staffId,
    kind: 'broadcast_over',
    params: { broadcastId: id },
    at,
  });
  return { ...known, state, endedAt: at };
}
