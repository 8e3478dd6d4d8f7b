/** The payer's bank: money that left once, and every order that a payment system takes it for. */
import type { SimulatedOrder } from '../sandbox/providers/types.ts';
import type { Phone } from './phone.ts';
import type { Stage } from './stage.ts';
import { keyOf } from './truth.ts';

/**
 * Pays what was asked for. On a card everybody who watches it sees the transfer and takes it for the order that waits for
 * its sum; an order that is over is paid all the same, unless another one got its sum and the system knows no better.
 * Returns the orders that are paid by it.
 */
export function payExactly(
  { stage, chance }: Pick<Phone, 'stage' | 'chance'>,
  order: SimulatedOrder,
): SimulatedOrder[] {
  const { provider, id, cardNumber, amountTiyin } = order;
  const own = (): SimulatedOrder => stage.world.providers.provider(provider).pay(id);
  const isShared = stage.unkind.has('one_card') || stage.unkind.has('late_bank');
  if (cardNumber === undefined || !isShared) return noted(stage, order, [own()]);
  const outcome = stage.world.providers.transfer({ cardNumber, amountTiyin });
  const taken = outcome.kind === 'matched' ? [...outcome.orders] : [];
  const isOwnTaken = taken.some((each) => keyOf(each) === keyOf(order));
  const isSeenLate = taken.length === 0 || chance.is(0.5);
  return noted(stage, order, !isOwnTaken && isSeenLate ? [own(), ...taken] : taken);
}

/** Pays another sum for the order. */
export function payOther(
  stage: Stage,
  order: SimulatedOrder,
  amountTiyin: number,
): SimulatedOrder[] {
  const provider = stage.world.providers.provider(order.provider);
  return noted(stage, order, [provider.pay(order.id, { amountTiyin })]);
}

/** Transfers the same sum to the same card once more: an order that waits for that sum gets it, if there is one. */
export function payAgain(stage: Stage, order: SimulatedOrder): SimulatedOrder[] {
  const { cardNumber, amountTiyin } = order;
  if (cardNumber === undefined) return [];
  const outcome = stage.world.providers.transfer({ cardNumber, amountTiyin });
  const taken = outcome.kind === 'matched' ? [...outcome.orders] : [];
  const [first] = taken;
  return first ? noted(stage, first, taken) : [];
}

/** Whether somebody else's order waits for this very sum on this card. */
export function hasRival(stage: Stage, { provider, id, cardNumber, amountTiyin }: SimulatedOrder) {
  return stage.world.providers.providers
    .flatMap((each) => each.orders())
    .some(
      (each) =>
        each.state === 'pending' &&
        each.cardNumber === cardNumber &&
        each.amountTiyin === amountTiyin &&
        (each.id !== id || each.provider !== provider),
    );
}

function noted(stage: Stage, order: SimulatedOrder, orders: SimulatedOrder[]): SimulatedOrder[] {
  stage.truth.notePayment({ by: keyOf(order), orders: orders.map(keyOf) });
  return orders;
}
