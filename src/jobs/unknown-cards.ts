/** Where the card behind a payment system can't be known for certain, said at the start. */
import { eq, isNotNull } from 'drizzle-orm';
import { reservedSums, topups } from '../db/tables.ts';
import type { TopupDeps } from '../topups/deps.ts';
import { cardsOf, type ProviderId } from '../topups/provider.ts';

/** One line in the log for each card that orders are to be paid to and the settings do not name. */
export async function warnOfCards(deps: TopupDeps): Promise<void> {
  const rows = await deps.db.read
    .selectDistinct({
      provider: topups.provider,
      cardHash: topups.cardHash,
      number: topups.cardNumber,
    })
    .from(reservedSums)
    .innerJoin(topups, eq(topups.id, reservedSums.topupId))
    .where(isNotNull(topups.cardNumber));
  for (const { provider, cardHash, number } of rows) {
    const known = deps.providers.get(provider as ProviderId);
    if (!known || cardsOf(known).some((card) => deps.hashCard(card.number) === cardHash)) continue;
    const facts = { event: 'another_card', provider, lastFour: number?.slice(-4) };
    deps.log.warn(
      facts,
      `${known.title} has orders that are paid to another card than the settings name. Transfers to a card are told ` +
        'apart by their sum alone: name every card that is linked there, and see that no other shop uses it.',
    );
  }
}
