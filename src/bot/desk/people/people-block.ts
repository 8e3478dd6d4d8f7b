/** Shutting somebody out and letting them in again, with a reason that is kept. */
import { userBalance } from '../../../ledger/ledger.ts';
import { money } from '../../kit/format.ts';
import { getUser, setBlocked } from '../../../users/users.ts';
import type { BotContext, Parts } from '../../kit/context.ts';
import { MAX_REASON_LENGTH } from './money-arguments.ts';
import { answer } from '../../kit/reply.ts';
import type { DeskAction, DeskInput } from '../kit/feature.ts';
import { PERSON } from '../kit/payments-screens.ts';
import { askAbout, tappedPerson } from './people-ask.ts';
import { showCard } from './people-card.ts';
import { writeAuditLog, userSubject } from '../../../staff/audit-log.ts';

type BlockAction = 'block' | 'unblock';

const QUESTIONS = { block: 'people-ask-block', unblock: 'people-ask-unblock' } as const;

export function blockingTaps(parts: Parts): Record<BlockAction, DeskAction> {
  const tap = (action: BlockAction): DeskAction =>
    PERSON.by('operator', async (ctx, { userId }) => {
      if (!(await tappedPerson(ctx, parts, userId))) return;
      if (!mayHandle(parts, { action, staffId: ctx.person.id, userId })) {
        const key = parts.isOwner(userId) ? 'toast-owner-not-blocked' : 'people-toast-staff';
        await answer(ctx, ctx.t(key), { alert: true });
        return;
      }
      const lines = [ctx.t(QUESTIONS[action]), await balanceLine(ctx, parts, { action, userId })];
      const question = lines.filter((line) => line !== null).join('\n');
      await askAbout(ctx, { userId, question, name: action });
    });
  return { block: tap('block'), unblock: tap('unblock') };
}

export function blockingInputs(parts: Parts): Record<BlockAction, DeskInput> {
  const input = (action: BlockAction): DeskInput =>
    PERSON.by(
      'operator',
      async (ctx, { userId }) => await takeReason(ctx, parts, { action, userId }),
    );
  return { block: input('block'), unblock: input('unblock') };
}

/** Whoever shuts somebody out should know that their money stays here. */
async function balanceLine(
  { t }: BotContext,
  { db }: Parts,
  { action, userId }: { action: BlockAction; userId: number },
): Promise<string | null> {
  const { availableTiyin, heldTiyin } = await userBalance(db.read, userId);
  if (action === 'unblock' || availableTiyin + heldTiyin === 0) return null;
  return t('people-block-balance', {
    available: money(t, availableTiyin),
    held: money(t, heldTiyin),
  });
}

/**
 * Whether one person may block another: nobody blocks an owner, and only an owner blocks others of the staff, or lets
 * them in again.
 */
function mayHandle(
  { staff, isOwner }: Parts,
  { action, staffId, userId }: { action: BlockAction; staffId: number; userId: number },
): boolean {
  // Somebody who was blocked before becoming an owner needs a way back.
  if (isOwner(userId) && action === 'block') return false;
  return staff.roleOf(userId) === null || isOwner(staffId);
}

async function takeReason(
  ctx: BotContext,
  parts: Parts,
  { action, userId }: { action: BlockAction; userId: number },
): Promise<void> {
  const note = ctx.typed.trim();
  if (note === '' || note.length > MAX_REASON_LENGTH) {
    const question = ctx.t('people-bad-reason');
    await askAbout(ctx, { userId, question, name: action });
    return;
  }
  const staffId = ctx.person.id;
  if (mayHandle(parts, { action, staffId, userId })) {
    await carryOut(parts, { action, userId, staffId, note });
  }
  await showCard(ctx, parts, userId);
}

/** When it runs again it finds the person blocked (or not) already, and writes nothing. */
async function carryOut(
  { db, clock }: Parts,
  {
    action,
    userId,
    staffId,
    note,
  }: { action: BlockAction; userId: number; staffId: number; note: string },
): Promise<void> {
  const at = clock.now();
  await db.tx(async (tx) => {
    const user = await getUser(tx, userId);
    if (!user || (user.blockedAt !== null) === (action === 'block')) return;
    const blockedAt = action === 'block' ? at : null;
    await setBlocked(tx, { userId, blockedAt });
    await writeAuditLog(tx, { staffId, action: action, subject: userSubject(userId), note, at });
  });
}
