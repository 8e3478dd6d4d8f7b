/**
 * A question to somebody of the staff that is answered by a message: a reason, a sum, a photo. One question is open
 * in a chat; it survives a restart, and any command, menu entry or button closes it.
 */
import { eq } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import { conversationStates } from '../../db/tables.ts';
import type { Clock } from '../../deps.ts';
import type { BotContext } from '../context.ts';

/** Who answers later than this has forgotten what was asked. */
const LIFE_MS = 60 * 60_000;

interface Parts {
  db: Database;
  clock: Clock;
}

export interface Question {
  area: string;
  /** Which of the feature's `inputs` takes the answer. */
  name: string;
  arg: string;
}

export interface OpenQuestion extends Question {
  askedAt: number;
  /** Of this asking alone: closing it leaves a later question open. */
  nonce: string;
  /** The question whose answer led to this one. */
  after?: Omit<OpenQuestion, 'after'>;
}

const keyOf = (chatId: number): string => `desk:${chatId}`;

const nonceOf = (ctx: BotContext): string => String(ctx.update.update_id);

/** The next message of this chat is the answer. Send the question's text yourself. */
export async function askInput(ctx: BotContext, parts: Parts, question: Question): Promise<void> {
  if (ctx.chatId === undefined) throw new Error('a question needs a chat');
  const key = keyOf(ctx.chatId);
  const at = parts.clock.now();
  const nonce = nonceOf(ctx);
  const state: OpenQuestion = { ...question, askedAt: at, nonce };
  // Kept one deep: it is for the same message handled again.
  if (ctx.answering) {
    const { area, name, arg, askedAt, nonce: asked } = ctx.answering;
    state.after = { area, name, arg, askedAt, nonce: asked };
  }
  await parts.db.tx((tx) =>
    tx
      .insert(conversationStates)
      .values({ key, state, updatedAt: at })
      .onConflictDoUpdate({ target: conversationStates.key, set: { state, updatedAt: at } }),
  );
}

/**
 * What this update may answer. When the update itself asked what is open, it is handled once more after a crash, and
 * what it answered then is answered again.
 */
export async function openQuestion(
  ctx: BotContext,
  { db, clock }: Parts,
  chatId: number,
): Promise<OpenQuestion | null> {
  const [row] = await db.read
    .select()
    .from(conversationStates)
    .where(eq(conversationStates.key, keyOf(chatId)));
  if (!row || clock.now() - row.updatedAt > LIFE_MS) return null;
  const question = row.state as OpenQuestion;
  const askedByThis = question.nonce === nonceOf(ctx);
  return askedByThis && question.after ? question.after : question;
}

/** Closes this question; one asked meanwhile stays. */
export async function closeQuestion(
  { db }: Parts,
  chatId: number,
  question: OpenQuestion,
): Promise<void> {
  await db.tx(async (tx) => {
    const [row] = await tx
      .select()
      .from(conversationStates)
      .where(eq(conversationStates.key, keyOf(chatId)));
    if ((row?.state as OpenQuestion | undefined)?.nonce !== question.nonce) return;
    await tx.delete(conversationStates).where(eq(conversationStates.key, keyOf(chatId)));
  });
}
