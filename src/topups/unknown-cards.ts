/** What can't be known for certain of the cards behind the payment systems, said at the start. */
import { eq, isNotNull } from 'drizzle-orm';
import { reservedSums, topups } from '../db/tables.ts';
import type { TopupDeps } from './deps.ts';
import { cardsOf } from './provider.ts';

export async function warnOfCards(deps: TopupDeps): Promise<void> {
  sayWhatIsBelieved(deps);
  await warnOfOtherCards(deps);
}

const listed = new Intl.ListFormat('en');

/** Says which systems are taken to have different cards: which card is linked there, they do not tell. */
function sayWhatIsBelieved({ providers, log }: TopupDeps): void {
  const systems = [...providers.values()].filter((each) => cardsOf(each).length > 0);
  const numbers = systems.flatMap((each) => cardsOf(each).map(({ number }) => number));
  if (systems.length < 2 || new Set(numbers).size < 2) return;
  log.info(
    { event: 'cards_believed' },
    `Which card is linked at ${listed.format(systems.map(({ title }) => title))} is known from the settings alone. ` +
      'Should one card be linked at two of them without the settings saying so, its sums are not kept apart.',
  );
}

/** One line for each card that orders are to be paid to and the settings do not name. */
async function warnOfOtherCards(deps: TopupDeps): Promise<void> {
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
    const known = deps.providers.get(provider);
    if (!known || cardsOf(known).some((card) => deps.hashCard(card.number) === cardHash)) continue;
    const facts = { event: 'another_card', provider, lastFour: number?.slice(-4) };
    deps.log.warn(
      facts,
      `${known.title} has orders that are paid to another card than the settings name. Transfers to a card are told ` +
        'apart by their sums alone: name the card that is linked there, and see that no other shop uses it.',
    );
  }
}
