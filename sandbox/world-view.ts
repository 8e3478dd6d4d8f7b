/** The outside world as the page shows it. */
import { formatPlainSum, formatSum } from '../src/core/money.ts';
import type {
  BillView,
  OrderAction,
  OrderView,
  PaylovView,
  ProviderView,
  WorldView,
} from './api-world.ts';
import { type Here, settingsOf, userIdOf } from './here.ts';
import type { SimulatedTransaction, TransactionState } from './paylov/types.ts';
import type { SimulatedOrder, SimulatedProvider } from './providers/types.ts';

/** Older ones are not shown. */
const MAX_ORDERS = 60;
const MAX_LOST = 10;

const BILL_STATES: readonly TransactionState[] = ['created', 'paid', 'cancelled'];

export function viewOf(here: Here): WorldView {
  const { world } = here;
  const orders = world.providers
    .flatMap((provider) => provider.orders())
    .toSorted((a, b) => b.createdAt - a.createdAt)
    .slice(0, MAX_ORDERS);
  const lost = world.unmatched();
  return {
    now: here.clock.now(),
    webhooksOff: here.webhooksOff,
    cards: here.cards,
    providers: world.providers.map((provider) => providerView(here, provider)),
    orders: orders.map((order) => orderView(here, order)),
    unmatched: lost.length,
    lostTransfers: lost
      .slice(-MAX_LOST)
      .toReversed()
      .map(({ cardNumber, amountTiyin }) => ({ card: cardNumber, sum: formatSum(amountTiyin) })),
    paylov: paylovView(here),
    texts: here.texts,
  };
}

/** RasmiyPay's document knows no webhook. */
function hasWebhooks({ id }: Pick<SimulatedProvider, 'id'>): boolean {
  return id !== 'rasmiypay';
}

function providerView(here: Here, provider: SimulatedProvider): ProviderView {
  const { id, title, errors } = provider;
  const { fault, webhooks } = settingsOf(here, id);
  return {
    id,
    title,
    fault: fault.kind,
    code: fault.code ?? null,
    errors,
    webhooks,
    hasWebhooks: hasWebhooks(provider),
  };
}

function orderView(here: Here, order: SimulatedOrder): OrderView {
  const { provider, id, amountTiyin, state, createdAt, paidTiyin } = order;
  return {
    provider,
    id,
    reference: order.ourReference ?? null,
    sum: formatSum(amountTiyin),
    plainSum: formatPlainSum(amountTiyin),
    paidSum: paidTiyin === undefined ? null : formatSum(paidTiyin),
    card: order.cardNumber ?? null,
    payUrl: order.payUrl ?? null,
    state,
    createdAt,
    expiresAt: order.expiresAt ?? null,
    lateAt: here.late.get(`${provider}/${id}`) ?? null,
    webhook: here.deliveries.get(`${provider}/${id}`) ?? null,
    actions: actionsOf(here, order),
  };
}

function actionsOf(here: Pick<Here, 'late'>, order: SimulatedOrder): OrderAction[] {
  const { provider, id, state, cardNumber } = order;
  const isPending = state === 'pending';
  const possible: Record<OrderAction, boolean> = {
    pay: state !== 'paid',
    late: isPending && !here.late.has(`${provider}/${id}`),
    twice: cardNumber !== undefined,
    refuse: isPending,
    forge: state !== 'paid' && hasWebhooks({ id: provider }),
  };
  const actions: OrderAction[] = ['pay', 'late', 'twice', 'refuse', 'forge'];
  return actions.filter((action) => possible[action]);
}

function paylovView(here: Here): PaylovView {
  const { paylov } = here;
  const { fault } = settingsOf(here, 'paylov');
  return {
    fault: fault.kind,
    code: fault.code ?? null,
    errors: paylov.errors,
    float: formatSum(paylov.floatTiyin()),
    bills: paylov
      .transactions()
      .slice(-MAX_ORDERS)
      .toReversed()
      .map((bill) => billView(here, bill)),
    cards: paylov
      .cards()
      // The first is the operator's: its balance is the float.
      .slice(1)
      .map(({ cardId, userId, mask, balanceTiyin }) => ({
        cardId,
        userId: userIdOf(userId),
        mask,
        balance: formatSum(balanceTiyin),
      })),
  };
}

export function billView({ paylov }: Pick<Here, 'paylov'>, bill: SimulatedTransaction): BillView {
  const { id, state, needsCode } = bill;
  return {
    id,
    userId: userIdOf(bill.userId),
    service: bill.serviceName,
    account: Object.values(bill.account),
    sum: formatSum(bill.amountTiyin),
    state,
    needsCode,
    code: needsCode && state === 'created' ? (paylov.lastCode(id) ?? null) : null,
    createdAt: bill.createdAt,
    payCalls: bill.payCalls,
    actions: BILL_STATES.filter((each) => each !== state),
  };
}
