/**
 * The one way in which somebody of the staff does something to money: asked → confirmed by who asked → done at once, or
 * pending until another owner agrees → done. Once, however often and by however many it is tapped, and only while the
 * balance is what the question showed.
 *
 * A part of the desk that does something to money
 * 1. names what it does in its `DeskFeature`: `approvalActions: { approve: { perform: (tx, row, at) => … } }`;
 * 2. asks: `parts.approvals.ask({ id: approvalId(ctx), kind, askerId, userId, subject, amountTiyin, reason })`, and
 *    shows `askedScreen` (approvals-desk.ts). Confirming, a second person, messages and results happen there.
 * `subject` is the order, bill or suspense item; `amountTiyin` the sum that moves, as it is when asked.
 */
import { desc, eq } from 'drizzle-orm';
import { adminActions } from '../db/tables.ts';
import {
  agreeIn,
  carryOut,
  confirmIn,
  dropIn,
  expire,
  refuseIn,
  type Scene,
} from './approval-transitions.ts';
import { approvalById } from './approval-rows.ts';
import { needOf } from './approval-rules.ts';
import { balanceShown } from './approval-shown.ts';
import type {
  ApprovalAction,
  ApprovalRequest,
  AskOutcome,
  Approvals,
  ApprovalDeps,
} from './approval.ts';

const LISTED = 50;

export function createApprovals(deps: ApprovalDeps): Approvals {
  const actions = new Map<string, ApprovalAction>();
  const scene: Scene = {
    ...deps,
    actionOf(kind) {
      const action = actions.get(kind);
      if (!action) throw new Error(`nothing is done by an approval of the kind "${kind}"`);
      return action;
    },
  };
  const { db, clock } = deps;
  return {
    register(all) {
      for (const [kind, action] of Object.entries(all)) {
        if (actions.has(kind))
          throw new Error(`an approval of the kind "${kind}" does something already`);
        actions.set(kind, action);
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
    get: async (id) => await approvalById(db.read, id),
    async pending() {
      const rows = await db.read
        .select()
        .from(adminActions)
        .where(eq(adminActions.state, 'pending'))
        .orderBy(desc(adminActions.createdAt))
        .limit(LISTED);
      return rows;
    },
    async ofUser(userId, { offset, limit }) {
      const rows = await db.read
        .select()
        .from(adminActions)
        .where(eq(adminActions.userId, userId))
        .orderBy(desc(adminActions.createdAt), desc(adminActions.id))
        .limit(limit)
        .offset(offset);
      return rows;
    },
    expire: async () => await expire(scene),
  };
}

async function ask(
  { db, clock, staff }: ApprovalDeps,
  request: ApprovalRequest,
): Promise<AskOutcome> {
  const { id, kind, askerId, userId, subject = null, amountTiyin, reason } = request;
  const at = clock.now();
  return await db.tx<AskOutcome>(async (tx) => {
    const known = await approvalById(tx, id);
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
    if (!row) throw new Error(`the approval ${id} was written and is not there`);
    return { kind: 'asked', row, need };
  });
}
