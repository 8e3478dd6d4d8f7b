/**
 * The one way in which somebody of the staff does something to money: asked → confirmed by who asked → done at once, or
 * pending until another owner agrees → done. Once, however often and by however many it is tapped, and only while the
 * balance is what the question showed.
 *
 * A part of the desk that does something to money
 * 1. names what it does in its `DeskFeature`: `performers: { approve: { perform: (tx, row, at) => … } }`;
 * 2. asks: `parts.decisions.ask({ id: decisionId(ctx), kind, askerId, userId, subject, amountTiyin, reason })`, and
 *    shows `askedScreen` (decisions-desk.ts). Confirming, a second person, messages and results happen there.
 * `subject` is the order, bill or suspense item; `amountTiyin` the sum that moves, as it is when asked.
 */
import { desc, eq } from 'drizzle-orm';
import type { Database, Tx } from '../../db/database.ts';
import { adminActions } from '../../db/tables.ts';
import type { Clock } from '../../deps.ts';
import { reasonWithSecond } from '../../ledger/adjustments.ts';
import type { Tiyin } from '../../money.ts';
import type { AlarmParams } from '../../outbox/messages.ts';
import type { BotContext } from '../context.ts';
import {
  agreeIn,
  carryOut,
  confirmIn,
  dropIn,
  expire,
  refuseIn,
  type Scene,
} from './decisions-moves.ts';
import { asDecision, decisionById } from './decisions-rows.ts';
import { type DecisionKind, type Need, needOf } from './decisions-rules.ts';
import { balanceShown } from './decisions-shown.ts';
import type { Staff } from './staff.ts';

type Row = typeof adminActions.$inferSelect;

export type DecisionState = 'asked' | 'pending' | 'done' | 'dropped' | 'expired';

/** `ownerId` is who asked; `secondId` who agreed, or refused. */
export type Decision = Omit<Row, 'kind' | 'state'> & { kind: DecisionKind; state: DecisionState };

export interface Performer {
  /**
   * Moves the money, in the transaction that ends the request: all of it or nothing. `overtaken`: the order, bill or
   * item is not there to be decided any more, and nothing was written. May throw InsufficientBalanceError. Entries
   * keep `actorOf(row)` and `bookedReason(row)`, so that the books name both persons.
   */
  perform?: (tx: Tx, row: Decision, at: number) => Promise<'done' | 'overtaken'>;
  /**
   * For what can't take part in a transaction: runs after it, once more when a crash came between or somebody taps
   * again. It must be harmless to repeat, and say `done` when it finds its own work.
   */
  after?: (row: Decision) => Promise<'done' | 'overtaken'>;
}

export type Performers = Partial<Record<DecisionKind, Performer>>;

const LISTED = 50;

export interface DecisionRequest {
  /** Of the message or tap that asks: handling it twice is one question. See `decisionId`. */
  id: string;
  kind: DecisionKind;
  askerId: number;
  /** Whose balance it changes. */
  userId: number;
  subject?: string;
  amountTiyin: Tiyin;
  reason: string;
}

export type AskOutcome =
  /** Written down, or found: `row.state` says what became of it. `need` is what confirming will take. */
  | { kind: 'asked'; row: Decision; need: Need }
  /** A second owner would have to agree, and there is none. */
  | { kind: 'no_second' }
  /** Not for somebody of this role. */
  | { kind: 'forbidden' };

export type DecisionOutcome =
  /** `beforeTiyin`: what the user had available before. */
  | { kind: 'done'; row: Decision; beforeTiyin: Tiyin }
  | { kind: 'pending' | 'dropped'; row: Decision }
  /** It would take more than the user has. It can be tried again. */
  | { kind: 'insufficient'; row: Decision; availableTiyin: Tiyin }
  /** The balance is not what the question showed: nothing was done, and `row` asks with what it is now. */
  | { kind: 'asked_anew'; row: Decision; need: Need }
  /** Likewise for the second person: it waits as before, for who agrees to what it is now. */
  | { kind: 'changed'; row: Decision }
  /** What it is about was decided another way meanwhile; the request is over. */
  | { kind: 'overtaken'; row: Decision }
  | { kind: 'no_second'; row: Decision }
  /** It was over, or pending, before this tap. */
  | { kind: 'over'; row: Decision }
  /** Unknown, or not this person's to decide. */
  | { kind: 'old' };

export interface Decisions {
  /** Teaches it what a kind does. A kind has one performer. */
  register(performers: Performers): void;
  ask(request: DecisionRequest): Promise<AskOutcome>;
  /** By who asked. */
  confirm(id: string, askerId: number): Promise<DecisionOutcome>;
  /** By who asked, also while it waits for a second person. */
  drop(id: string, askerId: number): Promise<DecisionOutcome>;
  /** By another owner, who saw `seenTiyin` as the balance before; null where none is shown. */
  agree(id: string, by: { secondId: number; seenTiyin: Tiyin | null }): Promise<DecisionOutcome>;
  refuse(id: string, secondId: number): Promise<DecisionOutcome>;
  get(id: string): Promise<Decision | null>;
  /** Those that wait for a second person, latest first. */
  pending(): Promise<Decision[]>;
  /** Of one user, latest first. */
  ofUser(userId: number, page: { offset: number; limit: number }): Promise<Decision[]>;
  /** Ends what waited too long, and tells who asked. */
  expire(): Promise<void>;
}

export interface DecisionDeps {
  db: Database;
  clock: Clock;
  staff: Staff;
  alarm: (tx: Tx, alarm: AlarmParams, at: number) => Promise<void>;
  notifyOutbox: () => void;
}

/** Of the message or tap that asks; the same again when it is handled again. */
export function decisionId({ message, update, person }: BotContext): string {
  const parts = message ? [message.date, message.message_id] : [0, update.update_id];
  return [person.id, ...parts].map((part) => part.toString(36)).join('-');
}

/** Who an entry is by: who asked for it. */
export function actorOf({ ownerId }: Decision): string {
  return `user:${ownerId}`;
}

/** The reason as the books keep it: with the second person, where there was one. */
export function bookedReason({ reason, secondId }: Decision): string {
  return reasonWithSecond(reason, secondId);
}

export function createDecisions(deps: DecisionDeps): Decisions {
  const performers = new Map<string, Performer>();
  const scene: Scene = {
    ...deps,
    performerOf(kind) {
      const performer = performers.get(kind);
      if (!performer) throw new Error(`nothing performs a decision of the kind "${kind}"`);
      return performer;
    },
  };
  const { db, clock } = deps;
  return {
    register(all) {
      for (const [kind, performer] of Object.entries(all)) {
        if (performers.has(kind)) throw new Error(`"${kind}" has a performer already`);
        performers.set(kind, performer);
      }
    },
    ask: async (request) => await ask(deps, request),
    confirm: async (id, askerId) =>
      await carryOut(scene, id, async (tx) => await confirmIn(scene, tx, { id, askerId })),
    drop: async (id, askerId) =>
      await carryOut(scene, id, async (tx) => await dropIn(tx, { id, askerId, at: clock.now() })),
    agree: async (id, by) =>
      await carryOut(scene, id, async (tx) => await agreeIn(scene, tx, { id, ...by })),
    refuse: async (id, secondId) =>
      await carryOut(scene, id, async (tx) => await refuseIn(scene, tx, { id, secondId })),
    get: async (id) => await decisionById(db.read, id),
    async pending() {
      const rows = await db.read
        .select()
        .from(adminActions)
        .where(eq(adminActions.state, 'pending'))
        .orderBy(desc(adminActions.createdAt))
        .limit(LISTED);
      return rows.map(asDecision);
    },
    async ofUser(userId, { offset, limit }) {
      const rows = await db.read
        .select()
        .from(adminActions)
        .where(eq(adminActions.userId, userId))
        .orderBy(desc(adminActions.createdAt), desc(adminActions.id))
        .limit(limit)
        .offset(offset);
      return rows.map(asDecision);
    },
    expire: async () => await expire(scene),
  };
}

async function ask(
  { db, clock, staff }: DecisionDeps,
  request: DecisionRequest,
): Promise<AskOutcome> {
  const { id, kind, askerId, userId, subject = null, amountTiyin, reason } = request;
  const at = clock.now();
  return await db.tx<AskOutcome>(async (tx) => {
    const known = await decisionById(tx, id);
    const need = await needOf(tx, staff, { kind, askerId, userId, amountTiyin, at });
    if (known) return { kind: 'asked', row: known, need };
    if (need.kind === 'forbidden' || need.kind === 'no_second') return { kind: need.kind };
    const beforeTiyin = await balanceShown(tx, { kind, userId });
    const [row] = await tx
      .insert(adminActions)
      .values({
        id,
        kind,
        userId,
        subject,
        amountTiyin,
        beforeTiyin,
        reason,
        ownerId: askerId,
        state: 'asked',
        createdAt: at,
      })
      .returning();
    if (!row) throw new Error(`the decision ${id} was written and is not there`);
    return { kind: 'asked', row: asDecision(row), need };
  });
}
