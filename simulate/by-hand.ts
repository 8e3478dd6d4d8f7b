/** Whoever paid and was not credited yet gets it from the owner with `/credit`, before their payment system reports it. */
import type { MessageView } from '../sandbox/telegram/types.ts';
import { buttonsOf, type Phone, plain } from './phone.ts';
import type { Stage } from './stage.ts';
import { ordersOf, type Payment } from './truth.ts';

/** Credits what the bank shows for the order; its number is in the reason, or not. Leaves it where the question says that it came. */
export async function creditByHand(phone: Phone, id: string): Promise<void> {
  const { chance, stage } = phone;
  const { truth } = stage;
  const key = truth.keyOf(id) ?? '';
  const userId = truth.shown.get(key)?.userId;
  const amountTiyin = truth.order(key)?.amountTiyin;
  if (userId === undefined || amountTiyin === undefined || isSpentByHand(stage, id)) return;
  const named = chance.is(0.5) ? ` № ${id}` : '';
  const tag = `by-hand-${truth.adjustments.length + 1}-${named}`;
  const adjustment = { tag, userId, amountTiyin, isConfirmed: false, isSeenDone: false, for: id };
  truth.adjustments.push(adjustment);
  const question = await phone.after(
    () => phone.type(`/credit ${userId} ${amountTiyin / 100} ${tag}`),
    new RegExp(`${tag}[^]*Do you confirm`),
  );
  const label = question && buttonsOf(question).find((each) => each.includes('Confirm'));
  if (!question || !label || saysItCame(question)) return;
  adjustment.isConfirmed = true;
  const done = await phone.after(() => phone.press(question, label), /Done/);
  adjustment.isSeenDone = done !== null && plain(done).includes(tag);
  phone.note(`credited ${id} by hand? ${adjustment.isSeenDone}`);
}

function saysItCame(question: MessageView): boolean {
  return /came for №|credited to|approved by hand/.test(plain(question));
}

/** Whether the money of this order was given by hand: as this order's, or as that of another that the same transfer is reported for. */
export function isSpentByHand(
  { truth, books }: Pick<Stage, 'truth' | 'books'>,
  id: string,
): boolean {
  const key = truth.keyOf(id);
  const its = truth.payments.filter(
    (payment) => key !== undefined && ordersOf(payment).includes(key),
  );
  const keys = new Set([...its.flatMap(ordersOf), ...(key === undefined ? [] : [key])]);
  return givenByHand({ truth, books }).some((each) => keys.has(each));
}

/** The orders whose money was given by hand, by key. */
export function givenByHand({ truth, books }: Pick<Stage, 'truth' | 'books'>): string[] {
  const done = new Set(books.adjustments().map(({ reason }) => reason));
  return truth.adjustments.flatMap(({ tag, for: id }) => {
    const key = id !== undefined && done.has(tag) ? truth.keyOf(id) : undefined;
    return key === undefined ? [] : [key];
  });
}

/** How often the money of one payment was given by hand. */
export function timesByHand(stage: Pick<Stage, 'truth' | 'books'>, payment: Payment): number {
  const keys = new Set(ordersOf(payment));
  return givenByHand(stage).filter((key) => keys.has(key)).length;
}
