/** What payers, their banks and forgers do to orders. */
import { formatPlainSum } from '../src/core/money.ts';
import type { LateAnswer } from './api-world.ts';
import type { Here, OutsideWorld } from './here.ts';
import type { SimulatedOrder } from './providers/types.ts';

const MINUTE_MS = 60_000;
/** inPAY's invoices have no deadline of their own; the program lets them wait for an hour. */
const USUAL_LIFE_MS = 60 * MINUTE_MS;
/** How long it can take until the program looks at an order again that is over, and of which no webhook tells it. */
const NOTICED_AFTER_MS = 6 * MINUTE_MS;

type Payments = Pick<
  OutsideWorld,
  'find' | 'pay' | 'payLate' | 'payTwice' | 'refuse' | 'end' | 'forgeWebhook' | 'transfer'
>;

export function payments(here: Here): Payments {
  const { world } = here;
  const find: Payments['find'] = (provider, id) =>
    world
      .provider(provider)
      .orders()
      .find((order) => order.id === id);
  const pay: Payments['pay'] = ({ provider, id }, amountTiyin) => {
    world.provider(provider).pay(id, amountTiyin === undefined ? {} : { amountTiyin });
  };
  const transfer: Payments['transfer'] = (money) => {
    const { kind } = world.transfer(money);
    here.changed();
    return { kind };
  };
  return {
    find,
    pay,
    transfer,
    payLate: (order) => payLate(here, order),
    payTwice: (order) => {
      const { cardNumber } = order;
      if (cardNumber === undefined) return null;
      if (order.state !== 'paid') pay(order);
      return transfer({ cardNumber, amountTiyin: order.paidTiyin ?? order.amountTiyin });
    },
    refuse: ({ provider, id }) => {
      if (provider !== 'inpay') return { kind: 'unseen' };
      world.provider(provider).end(id, 'failed');
      return { kind: 'failed' };
    },
    end: ({ provider, id }, state) => {
      world.provider(provider).end(id, state);
    },
    forgeWebhook: async (order) =>
      await world.provider(order.provider).sendWebhook(order.id, forgedFields(order)),
  };
}

function payLate(here: Here, { provider, id, expiresAt }: SimulatedOrder): LateAnswer {
  const { clock, closing, late, world } = here;
  const now = clock.now();
  const known = Math.max(expiresAt ?? 0, here.deadlineOf(provider, id) ?? 0);
  const deadline = known === 0 ? now + USUAL_LIFE_MS : known;
  const paysAt = Math.max(deadline, now) + MINUTE_MS;
  const key = `${provider}/${id}`;
  late.set(key, paysAt);
  here.changed();
  here.hurry(paysAt + (provider === 'rasmiypay' ? NOTICED_AFTER_MS : MINUTE_MS));
  const arrive = async (): Promise<void> => {
    await clock.sleep(paysAt - now, closing.signal);
    late.delete(key);
    const order = world
      .provider(provider)
      .orders()
      .find((each) => each.id === id);
    if (order && order.state !== 'paid') world.provider(provider).pay(id);
    here.changed();
  };
  // Nothing but the pause can reject, and it does so when the sandbox closes.
  arrive().catch(() => undefined);
  return { paysAt };
}

/** What each provider's webhook says of a paid order. */
function forgedFields(order: SimulatedOrder): Record<string, unknown> {
  if (order.provider === 'inpay') return { status: 'success' };
  const sum = Number(formatPlainSum(order.amountTiyin));
  return order.provider === 'payfer' ? { status: 'paid', paid_amount: sum } : { status: 'paid' };
}
