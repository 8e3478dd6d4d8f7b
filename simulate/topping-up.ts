/** Somebody tops up: opens an order in the chat, reads how to pay it, and pays, or does something else. */
import type { InlineKeyboardButton } from 'grammy/types';
import { formatPlainSum, som } from '../src/core/money.ts';
import type { SimulatedOrder } from '../sandbox/providers/types.ts';
import type { MessageView } from '../sandbox/telegram/types.ts';
import type { ProviderId } from '../src/core/payment-systems.ts';
import { hasRival, payAgain, payExactly, payOther } from './bank.ts';
import { type Phone, plain } from './phone.ts';

const TITLES: Readonly<Record<Exclude<ProviderId, 'inpay'>, RegExp>> = {
  payfer: /^.*Payfer$/,
  rasmiypay: /RasmiyPay/,
  autopaycard: /AutoPayCard/,
};

/** The order's screen, as the payer has it in front of them. */
interface ShownOrder {
  id: string;
  order: SimulatedOrder;
}

/** From the menu to the order's screen; null when it did not come to that. */
async function openOrder(phone: Phone, wanted: ProviderId): Promise<ShownOrder | null> {
  const { chance } = phone;
  const sums = await chooseWay(phone, wanted);
  if (!sums) return null;
  await phone.pause(500, 6000);
  const sum = String(chance.pick(sumsOf(phone)) * 1000);
  const answer = /Top-up №|Nothing was charged|already have|taken at the moment/;
  const shown = await phone.after(() => phone.type(sum), answer);
  return shown ? readOrder(phone, shown, systemOn(shown) ?? wanted) : null;
}

/** How they pay: by Click or Payme, by a transfer whose system the program chooses, or through a system they choose by name. */
async function chooseWay(phone: Phone, wanted: ProviderId): Promise<MessageView | null> {
  const ways = await phone.after(() => phone.type('/topup'), /Choose how to pay/);
  if (!ways) return null;
  await phone.pause(500, 4000);
  const next = /how much|already have/;
  if (wanted === 'inpay') return await phone.after(() => phone.tap(/Click|Payme/), next);
  if (phone.chance.is(0.2)) return await phone.after(() => phone.tap(/Card transfer/), next);
  const all = await phone.after(() => phone.tap(/Another method/), /Payfer/);
  if (!all) return null;
  await phone.pause(500, 2000);
  return await phone.after(() => phone.tap(TITLES[wanted]), next);
}

const SYSTEMS = {
  inPAY: 'inpay',
  Payfer: 'payfer',
  RasmiyPay: 'rasmiypay',
  AutoPayCard: 'autopaycard',
} as const satisfies Record<string, ProviderId>;

/** The payment system that the order's title names. */
function systemOn(screen: MessageView): ProviderId | undefined {
  const title = /Top-up № \w+ · (\w+)/.exec(plain(screen))?.[1];
  return Object.entries(SYSTEMS).find(([name]) => name === title)?.[1];
}

/** In thousands of so'm. Where sums are to meet on a card, people like the same ones. */
function sumsOf({ stage }: Phone): readonly number[] {
  return stage.unkind.has('late_bank') ? [50, 50, 100] : [10, 25, 50, 50, 50, 100, 300];
}

/** What the screen says about how to pay, found at the payment system that is to be paid. */
function readOrder(phone: Phone, screen: MessageView, provider: ProviderId): ShownOrder | null {
  const id = /Top-up № (\w+)/.exec(plain(screen))?.[1];
  const orders = phone.stage.world.providers.provider(provider).orders();
  const order = payableOrder(orders, screen.inlineKeyboard.flat());
  return id === undefined || !order ? null : { id, order };
}

function payableOrder(
  orders: readonly SimulatedOrder[],
  buttons: InlineKeyboardButton[],
): SimulatedOrder | undefined {
  const page = buttons.flatMap((each) => ('url' in each ? [each.url] : []))[0];
  const copied = buttons.flatMap((each) => ('copy_text' in each ? [each.copy_text.text] : []));
  const card = copied.find((text) => /^\d{16}$/.test(text));
  return orders.findLast(
    (each) =>
      (page !== undefined && each.payUrl === page) ||
      (each.state === 'pending' &&
        card !== undefined &&
        each.cardNumber === card &&
        copied.includes(formatPlainSum(each.amountTiyin))),
  );
}

const MINUTE_MS = 60_000;

/** Shortly before payments stop to count (LATE_PAYMENT_HOURS), however wrong the machine's clock is. */
const LATEST_MS = 345 * MINUTE_MS;

/** What payers do with an order in front of them. */
const HABITS = {
  pay: 50,
  pay_and_check: 12,
  /** Whoever is impatient presses before anything arrived. */
  check_and_pay: 8,
  other_sum: 8,
  late: 10,
  twice: 4,
  cancel: 4,
  cancel_and_pay: 5,
  never: 6,
} as const;

/** Where a transfer may meet another order of its sum, many are late. */
const LATE_HABITS = { ...HABITS, late: 60 } as const;

/** Opens an order and does with it what people do. */
export async function topUp(phone: Phone): Promise<void> {
  const { chance } = phone;
  const provider = chance.pick(['inpay', 'payfer', 'rasmiypay', 'autopaycard'] as const);
  const shown = await openOrder(phone, provider);
  if (!shown) return;
  phone.stage.truth.noteShown(shown.order, { userId: phone.id, topupId: shown.id });
  const { unkind } = phone.stage;
  await handle(phone, shown, chance.weighted(unkind.has('late_bank') ? LATE_HABITS : HABITS));
}

async function handle(phone: Phone, shown: ShownOrder, habit: keyof typeof HABITS): Promise<void> {
  switch (habit) {
    case 'never':
      return;
    case 'pay':
      await phone.pause(3000, 4 * MINUTE_MS);
      pay(phone, shown);
      return;
    case 'pay_and_check':
      await phone.pause(3000, 2 * MINUTE_MS);
      pay(phone, shown);
      await pressAgain(phone, /Check payment/);
      return;
    case 'check_and_pay':
      await pressAgain(phone, /Check payment/);
      pay(phone, shown);
      return;
    case 'other_sum':
      await phone.pause(3000, 4 * MINUTE_MS);
      pay(phone, shown, otherSum(phone, shown));
      return;
    case 'late':
      await phone.pause(5 * MINUTE_MS, LATEST_MS);
      await untilOthersPay(phone, shown);
      pay(phone, shown);
      return;
    case 'twice':
      await phone.pause(3000, 2 * MINUTE_MS);
      pay(phone, shown);
      await phone.pause(1000, 20 * MINUTE_MS);
      transferAgain(phone, shown);
      return;
    case 'cancel':
      await cancel(phone);
      return;
    case 'cancel_and_pay':
      await cancel(phone);
      await phone.pause(1000, 20 * MINUTE_MS);
      pay(phone, shown);
  }
}

/** Where a late transfer is to meet another order: somebody waits for the same sum on the same card now, or gives up. */
async function untilOthersPay(phone: Phone, { order }: ShownOrder): Promise<void> {
  const { stage } = phone;
  const lastAt = order.createdAt + LATEST_MS;
  if (!stage.unkind.has('late_bank') || order.cardNumber === undefined) return;
  while (!hasRival(stage, order) && stage.time.now < lastAt && !stage.isClosing) {
    await phone.pause(MINUTE_MS / 2, MINUTE_MS);
  }
}

/** Several times, sometimes at the same moment. */
async function pressAgain(phone: Phone, label: RegExp): Promise<void> {
  for (let times = phone.chance.between(1, 4); times > 0; times -= 1) {
    phone.tap(label);
    if (phone.chance.is(0.6)) await phone.pause(200, 30_000);
  }
}

async function cancel(phone: Phone): Promise<void> {
  await phone.pause(2000, 60_000);
  await phone.after(() => phone.tap(/^❌ Cancel/), /Really cancel/);
  await phone.pause(300, 5000);
  await phone.after(() => phone.tap(/Yes, cancel it/), /cancelled/i);
}

/** The money really leaves the payer. Nothing happens to an order that is paid. */
function pay(phone: Phone, { order }: ShownOrder, amountTiyin = order.amountTiyin): void {
  const provider = phone.stage.world.providers.provider(order.provider);
  const now = provider.orders().find((each) => each.id === order.id);
  if (!now || now.state === 'paid') return;
  phone.note(
    `pays ${formatPlainSum(amountTiyin)} for ${order.provider} ${order.id} (${now.state})`,
  );
  const isExact = amountTiyin === order.amountTiyin;
  const orders = isExact ? payExactly(phone, order) : payOther(phone.stage, order, amountTiyin);
  const others = orders.filter((each) => each.id !== order.id);
  if (others.length === 0 && orders.length === 1) return;
  phone.note(`paid is ${orders.map((each) => `${each.provider} ${each.id}`).join(', ') || 'none'}`);
}

function transferAgain(phone: Phone, { order }: ShownOrder): void {
  const { cardNumber, amountTiyin } = order;
  if (cardNumber === undefined) return;
  const { length } = payAgain(phone.stage, order);
  const outcome = length > 0 ? 'matched' : 'unmatched';
  phone.note(`transfers ${formatPlainSum(amountTiyin)} once more: ${outcome}`);
}

function otherSum(phone: Phone, { order }: ShownOrder): number {
  const difference = som(phone.chance.pick([1, 100, 5000]));
  return phone.chance.is(0.5) ? order.amountTiyin + difference : order.amountTiyin - difference;
}
