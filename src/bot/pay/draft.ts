/**
 * A payment that is being put together: one small row for a chat, so that taps work after a restart. Nothing here
 * moves money; what was confirmed lives with the bills.
 */
import { eq } from 'drizzle-orm';
import type { BillSource } from '../../bills/bill.ts';
import type { Quote } from '../../bills/bills.ts';
import type { Account, Detail } from '../../bills/paylov/types.ts';
import type { Database } from '../../db/database.ts';
import { conversationStates } from '../../db/tables.ts';
import type { Clock } from '../../deps.ts';
import type { Tiyin } from '../../money.ts';
import type { BotContext } from '../context.ts';

/** To be raised whenever what a draft holds changes: an older one is forgotten. */
const DRAFT_VERSION = 2;

/** Somebody who comes back after this long begins anew. */
export const DRAFT_LIFE_MS = 60 * 60_000;

export type ChooseStep =
  | { name: 'home'; page: number }
  | { name: 'category'; key: string; page: number }
  | { name: 'search'; query: string; page: number };

export type FieldStep = { name: 'field'; index: number; page: number; query: string };

/** A card number is no part of it: it is kept nowhere. */
export type LinkStep =
  | { name: 'link_number' }
  | { name: 'link_expiry' }
  | { name: 'link_code'; linkId: string; mask: string; phoneMask: string | null };

export type BillStep =
  | { name: 'code'; billId: string; isSpent: boolean }
  | { name: 'bill'; billId: string }
  | { name: 'save'; billId: string };

export type SavedStep = { name: 'saved' | 'rename'; savedId: number };

/** The service is chosen. */
export type PayingStep =
  | FieldStep
  | { name: 'info' }
  | { name: 'sum' }
  | { name: 'source' }
  | { name: 'short' }
  | { name: 'confirm' }
  | { name: 'repeated'; earlierAt: number };

export type Step = ChooseStep | PayingStep | LinkStep | BillStep | SavedStep;

export function isChoice(step: Step): step is ChooseStep {
  return step.name === 'home' || step.name === 'category' || step.name === 'search';
}

export function isLinking(step: Step): step is LinkStep {
  const { name } = step;
  return name === 'link_number' || name === 'link_expiry' || name === 'link_code';
}

export function isAboutBill(step: Step): step is BillStep {
  return step.name === 'code' || step.name === 'bill' || step.name === 'save';
}

export function isAboutSaved(step: Step): step is SavedStep {
  return step.name === 'saved' || step.name === 'rename';
}

export type DraftSource = { kind: BillSource; cardId?: string; mask?: string };

export interface ShownDraft extends Quote {
  /** Of the service and the answers as they are named there. */
  wording: string;
}

export interface Draft {
  /** On every button: those of another draft are old. */
  id: string;
  /** Grows with every step, and is on every button: a second tap can't do the next step's work. */
  seq: number;
  step: Step;
  /** Where the service was chosen. */
  origin: ChooseStep;
  serviceId: string | null;
  account: Account;
  /** What Paylov told about this account; null while it was not asked. */
  details: Detail[] | null;
  debtTiyin: Tiyin | null;
  sumTiyin: Tiyin | null;
  source: DraftSource | null;
  confirmationId: string | null;
  /** What the confirmation screen says; it alone is taken. Null before there is one. */
  shown: ShownDraft | null;
  /** Where a card is linked from. */
  linkFrom: 'source' | 'cards';
  /** Typed text is meant for its step. */
  listening: boolean;
  screenId: number | null;
  /** The update that brought it here: handled again after a crash, it must not answer the next question. */
  updateId: number;
}

interface Stored {
  version: number;
  draft: Draft;
}

/** Base 36 of numbers: unique without anybody having to keep a counter. */
function compact(...parts: number[]): string {
  return parts.map((part) => part.toString(36)).join('-');
}

export function newDraft(ctx: BotContext, changes: Partial<Draft> = {}): Draft {
  return {
    id: compact(ctx.update.update_id),
    seq: 0,
    step: { name: 'home', page: 0 },
    origin: { name: 'home', page: 0 },
    serviceId: null,
    account: {},
    details: null,
    debtTiyin: null,
    sumTiyin: null,
    source: null,
    confirmationId: null,
    shown: null,
    linkFrom: 'cards',
    listening: true,
    screenId: null,
    updateId: ctx.update.update_id,
    ...changes,
  };
}

/** Unlike any other, also when Telegram begins to count its updates anew. */
export function newConfirmationId(ctx: BotContext, clock: Clock): string {
  return compact(ctx.person.id, ctx.update.update_id, clock.now());
}

interface Store {
  db: Database;
  clock: Clock;
}

/** Null when there is none, or it is too old. */
export async function loadDraft({ db, clock }: Store, chatId: number): Promise<Draft | null> {
  const [row] = await db.read
    .select({ state: conversationStates.state, updatedAt: conversationStates.updatedAt })
    .from(conversationStates)
    .where(eq(conversationStates.key, keyOf(chatId)));
  if (!row || clock.now() - row.updatedAt > DRAFT_LIFE_MS) return null;
  const stored = row.state as Stored;
  return stored.version === DRAFT_VERSION ? stored.draft : null;
}

export async function saveDraft({ db, clock }: Store, chatId: number, draft: Draft): Promise<void> {
  const state: Stored = { version: DRAFT_VERSION, draft };
  const updatedAt = clock.now();
  await db.tx((tx) =>
    tx
      .insert(conversationStates)
      .values({ key: keyOf(chatId), state, updatedAt })
      .onConflictDoUpdate({ target: conversationStates.key, set: { state, updatedAt } }),
  );
}

export async function dropDraft({ db }: Store, chatId: number): Promise<void> {
  await db.tx((tx) =>
    tx.delete(conversationStates).where(eq(conversationStates.key, keyOf(chatId))),
  );
}

function keyOf(chatId: number): string {
  return `pay:${chatId}`;
}
