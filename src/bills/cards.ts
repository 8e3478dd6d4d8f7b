/** Users' own cards: linked at Paylov, kept here by id and mask only. */
import { and, asc, count, eq } from 'drizzle-orm';
import type { Tx } from '../db/database.ts';
import { cards } from '../db/tables.ts';
import { noteUse, quotaSpent, type QuotaSpent, useQuota } from '../quotas/quotas.ts';
import { beginGuess, codesLocked, endGuess } from './code-guesses.ts';
import { CODE_PATTERN, cardMask } from './paylov/masks.ts';
import type { BillDeps } from './deps.ts';
import type { PaylovProblem } from './paylov/errors.ts';
import { paylovUserId } from './paylov/paylov.ts';
import { askWithPhone, sharedPhone } from './phones.ts';
import type { LinkedCard, StartLinkingOutcome } from './paylov/types.ts';

/** How many cards one person may have linked. */
const MAX_CARDS = 10;

export interface Cards {
  /**
   * Has a code sent. What was typed is kept nowhere; the person's phone, where it is known, goes along. `linkId` and
   * `mask` go into `confirmLinking`.
   */
  startLinking(request: { userId: number; number: string; expiry: string }): Promise<
    | Exclude<StartLinkingOutcome, { kind: 'linked' }>
    /** No code is needed: Paylov has the card as this person's already. */
    | { kind: 'linked'; card: LinkedCard }
    | { kind: 'too_many' }
    | QuotaSpent
  >;
  confirmLinking(request: {
    userId: number;
    linkId: string;
    mask: string;
    code: string;
  }): Promise<
    { kind: 'linked'; card: LinkedCard } | { kind: 'bad_code' } | PaylovProblem | QuotaSpent
  >;
  /** Oldest first. */
  list(userId: number): Promise<LinkedCard[]>;
  /** Removes the card, at Paylov first: a card that Paylov still has is still listed here. */
  remove(
    cardId: string,
    request: { userId: number },
  ): Promise<{ kind: 'removed' } | { kind: 'not_found' } | PaylovProblem>;
}

export function createCards({
  db,
  clock,
  paylov,
  quotas,
  hashCard,
}: Pick<BillDeps, 'db' | 'clock' | 'paylov' | 'quotas' | 'hashCard'>): Cards {
  const keep = async (userId: number, { cardId, mask }: LinkedCard): Promise<LinkedCard> => {
    await db.tx(async (tx) => {
      await tx
        .insert(cards)
        .values({ userId, cardId, mask, createdAt: clock.now() })
        .onConflictDoUpdate({ target: [cards.userId, cards.cardId], set: { mask } });
    });
    return { cardId, mask };
  };
  return {
    startLinking: async ({ userId, ...typed }) => {
      const [kept] = await db.read
        .select({ n: count() })
        .from(cards)
        .where(eq(cards.userId, userId));
      if ((kept?.n ?? 0) >= MAX_CARDS) return { kind: 'too_many' };
      const link = await db.tx((tx) =>
        countLink(tx, { clock, quotas, hashCard }, { userId, ...typed }),
      );
      if (link.kind === 'quota_spent') return link;
      const card = { userId: paylovUserId(userId), ...typed };
      const phone = await sharedPhone(db.read, userId);
      const outcome = await askWithPhone(phone, (known) =>
        paylov.startLinking({ ...card, ...known }),
      );
      if (outcome.kind !== 'linked') return outcome;
      return { kind: 'linked', card: await keep(userId, outcome) };
    },
    confirmLinking: async ({ userId, linkId, mask, code: typed }) => {
      const code = typed.replace(/[\s-]/g, '');
      if (!CODE_PATTERN.test(code)) return { kind: 'bad_code' };
      const request = { userId: paylovUserId(userId), linkId, code, mask };
      const guess = await db.tx((tx) => beginGuess(tx, { clock, quotas }, { userId, mask }));
      if (guess.kind === 'quota_spent') return guess;
      const linked = await paylov.confirmLinking(request);
      await db.tx((tx) =>
        endGuess(tx, { userId, mask }, linked.kind === 'linked' ? 'right' : linked.code),
      );
      if (linked.kind !== 'linked') return linked;
      return { kind: 'linked', card: await keep(userId, linked) };
    },
    list: async (userId) =>
      await db.read
        .select({ cardId: cards.cardId, mask: cards.mask })
        .from(cards)
        .where(eq(cards.userId, userId))
        .orderBy(asc(cards.createdAt), asc(cards.cardId)),
    remove: async (cardId, { userId }) => {
      const [known] = await db.read.select().from(cards).where(own(userId, cardId));
      if (!known) return { kind: 'not_found' };
      const removed = await paylov.removeCard(cardId);
      if (removed.kind !== 'removed') return removed;
      await db.tx(async (tx) => {
        await tx.delete(cards).where(own(userId, cardId));
      });
      return removed;
    },
  };
}

/** For what is counted for everybody together. */
const NOBODY = 0;

/**
 * Counts a link, since each is an SMS to whoever has the card: for who asks, and for the card, whoever asks. Else somebody with
 * many accounts would send its owner one after the other, and guess at each. None is sent for a card whose codes are locked.
 */
async function countLink(
  tx: Tx,
  { hashCard, ...deps }: Pick<BillDeps, 'clock' | 'quotas' | 'hashCard'>,
  { userId, number }: { userId: number; number: string },
): Promise<{ kind: 'granted' } | QuotaSpent> {
  const { quotas, clock } = deps;
  const at = clock.now();
  const locked = await codesLocked(tx, deps, { userId, mask: cardMask(number) });
  if (locked) return locked;
  const ofCard = { userId: NOBODY, action: 'card_link', subject: hashCard(number), at } as const;
  const spent = await quotaSpent(tx, quotas, ofCard);
  if (spent) return spent;
  const link = await useQuota(tx, quotas, { userId, action: 'link_card', at });
  if (link.kind === 'granted') await noteUse(tx, quotas, ofCard);
  return link;
}

function own(userId: number, cardId: string) {
  return and(eq(cards.userId, userId), eq(cards.cardId, cardId));
}
