/**
 * The owner: looks into the bank and the payment systems' panels before deciding anything, which is what an owner is
 * for. Credits and debits by hand now and then.
 */
import type { MessageView } from '../sandbox/telegram/types.ts';
import { writeToEverybody } from './broadcasting.ts';
import { creditByHand, isSpentByHand } from './by-hand.ts';
import { greet } from './user.ts';
import { buttonsOf, type Phone, plain } from './phone.ts';

const MINUTE_MS = 60_000;

export async function liveAsOwner(phone: Phone, userIds: readonly number[]): Promise<void> {
  await phone.pause(1000, 10_000);
  await greet(phone);
  await phone.pause(10 * MINUTE_MS, 20 * MINUTE_MS);
  // Nobody waits for their first top-up to pay a bill.
  for (const id of userIds) await adjust(phone, id, 300_000);
  while (!phone.stage.isClosing) {
    const restMs = MINUTE_MS * phone.stage.leisure;
    await phone.pause(restMs, 40 * restMs);
    await vouch(phone);
    if (phone.chance.is(0.2)) await writeToEverybody(phone);
    if (phone.chance.is(0.6)) continue;
    await decideAll(phone);
    if (phone.chance.is(0.4)) await adjust(phone, phone.chance.pick(userIds));
  }
}

/** Everything in the chat that still waits for a decision. */
export async function decideAll(phone: Phone): Promise<void> {
  for (const id of reviewsIn(phone)) await decideReview(phone, id);
  for (const id of namedIn(phone, /needs your decision: № (\w+)/)) await decideBill(phone, id);
  await decideTakenBack(phone);
  const paused = phone.button(/Resume/);
  if (paused) phone.press(paused.message, paused.text);
}

/** Whatever can be credited or refused, for whichever reason it came to an owner. */
function reviewsIn(phone: Phone): string[] {
  const ids = phone.messages().flatMap((each) => {
    const isReview = buttonsOf(each).some((label) => label.includes('Credit it'));
    return isReview ? (/№ (\w+)/.exec(plain(each))?.[1] ?? []) : [];
  });
  const named = namedIn(phone, /(?:Another sum arrived|The same sum a second time)\s+№ (\w+)/);
  return [...new Set([...named, ...ids])].filter((id) => !phone.over.has(id));
}

/** The subjects of the messages, but for those that the owner knows to be over. */
function namedIn(phone: Phone, pattern: RegExp): string[] {
  const ids = phone.messages().flatMap((each) => pattern.exec(plain(each))?.[1] ?? []);
  return [...new Set(ids)].filter((id) => !phone.over.has(id));
}

async function decideReview(phone: Phone, id: string): Promise<void> {
  const shown = await phone.after(() => phone.type(`/order ${id}`), new RegExp(`№ ${id}`));
  if (!shown) return;
  if (!buttonsOf(shown).some((label) => label.includes('Credit it'))) {
    phone.over.add(id);
    return;
  }
  const received = /received: ([\d ,]+) so'm/i.exec(plain(shown))?.[1] ?? '';
  const paidTiyin = phone.stage.truth.paidFor(id);
  const isTheirs = paidTiyin !== null && tiyinOf(received) === paidTiyin;
  const same = buttonsOf(shown).find((label) => SAME.test(label));
  if (same !== undefined && isSpentByHand(phone.stage, id)) {
    phone.note(`decides order ${id}: it was given by hand`);
    await pressTwo(phone, shown, {
      ask: SAME,
      asked: /the same money\?/,
      yes: /Yes, it is the same/,
    });
    return;
  }
  // The bank shows one transfer where two systems speak of it.
  const credit = isTheirs && !phone.stage.truth.isSpent(id);
  phone.note(`decides order ${id}: ${received} came? ${credit}`);
  await pressTwo(
    phone,
    shown,
    credit
      ? { ask: /Credit it/, ...confirming(id) }
      : { ask: /Refuse it/, asked: new RegExp(`${id}[^]*arrived`), yes: /Yes, refuse it/ },
  );
}

const SAME = /It is the same money/;

/** What the panel shows to have gone back to the payer is taken off their balance, or left; what it does not is left. */
async function decideTakenBack(phone: Phone): Promise<void> {
  const asked = phone
    .messages()
    .filter((each) => buttonsOf(each).some((label) => DEBIT.test(label)));
  for (const message of asked) {
    const id = /№ (\w+)/.exec(plain(message))?.[1] ?? '';
    const about = `taken back ${id}: ${sumIn(message, GONE)}`;
    if (phone.over.has(about)) continue;
    const backTiyin = phone.stage.truth.takenBackOf(id);
    const isTrue = sumIn(message, GONE) === backTiyin;
    phone.note(`decides about ${id}, which was taken back? ${isTrue}`);
    const wasAsked = await pressTwo(
      phone,
      message,
      isTrue && phone.chance.is(0.7)
        ? {
            ask: DEBIT,
            ...confirming(id),
            isRight: (question) => sumIn(question, DEBITED) <= backTiyin,
          }
        : { ask: /Leave it/, asked: /The user keeps[^]*Leave it/, yes: /Yes, leave it/ },
    );
    if (wasAsked) phone.over.add(about);
  }
}

const DEBIT = /Debit it/;
const GONE = /(?:№ \w+,|payment system:) ([\d ,]+) so'm/;
const DEBITED = /Debit a payment that was taken back: ([\d ,]+) so'm/;

function sumIn(message: MessageView, pattern: RegExp): number {
  return tiyinOf(pattern.exec(plain(message))?.[1] ?? '');
}

async function decideBill(phone: Phone, id: string): Promise<void> {
  const shown = await phone.after(() => phone.type(`/bill ${id}`), new RegExp(`№ ${id}`));
  if (!shown) return;
  if (!buttonsOf(shown).some((label) => label.includes('It is paid'))) {
    phone.over.add(id);
    return;
  }
  const isPaid = phone.stage.truth.isBillPaid(id);
  phone.note(`decides bill ${id}: paid? ${isPaid}`);
  await pressTwo(phone, shown, {
    ask: isPaid ? /It is paid/ : /It is not paid/,
    ...confirming(id),
  });
}

/**
 * Somebody says that they paid and nothing came: approved by hand if the bank shows exactly that sum, whatever the payment
 * system, the poller and the webhooks say meanwhile. Who did not pay says so as well.
 */
async function vouch(phone: Phone): Promise<void> {
  const { truth } = phone.stage;
  const complaints = [...truth.shown.values()]
    .map(({ topupId }) => topupId)
    .filter(isUntold(phone))
    .filter((id) => !isSpentByHand(phone.stage, id));
  const honest = complaints.filter((each) => truth.isPaidExactly(each));
  const heard = honest.length > 0 && phone.chance.is(0.8) ? honest : complaints.slice(-4);
  if (heard.length === 0) return;
  const id = phone.chance.pick(heard);
  const shown = await phone.after(() => phone.type(`/order ${id}`), new RegExp(`№ ${id}`));
  const approve = shown && buttonsOf(shown).find((label) => label.includes('Approve as paid'));
  if (!shown || !approve) return;
  const isPaid = truth.isPaidExactly(id);
  phone.note(`looks for order ${id} in the bank: paid? ${isPaid}`);
  if (!isPaid) return;
  if (phone.chance.is(0.4)) {
    await creditByHand(phone, id);
    return;
  }
  const why = await phone.after(() => phone.press(shown, approve), /How do you know/);
  if (!why) return;
  const { asked, yes: says } = confirming(id);
  const question = await phone.after(() => phone.type('seen in the bank'), asked);
  const yes = question && buttonsOf(question).find((label) => says.test(label));
  if (!question || !yes || namesAnother(phone, question, id)) return;
  for (let times = phone.chance.between(1, 3); times > 0; times -= 1) phone.press(question, yes);
  await phone.pause(2000, 10_000);
}

/** The question names an order that this very transfer was credited for: an owner who reads that leaves it. */
function namesAnother({ stage: { truth } }: Phone, question: MessageView, id: string): boolean {
  if (!truth.isSpent(id)) return false;
  const named = [...plain(question).matchAll(/№ (\w+)/g)].map((match) => match[1]);
  return named.some((each) => each !== id);
}

/** Nobody complains who has read that the money is on their balance. */
function isUntold({ stage }: Phone): (id: string) => boolean {
  const told = stage.chats.said.flatMap(({ text }) => /balance! \(№ (\w+)\)/.exec(text)?.[1] ?? []);
  const known = new Set(told);
  return (id) => !known.has(id);
}

/** Confirms the question that every decision about money ends with. A question that comes late belongs to another decision. */
function confirming(id: string): { asked: RegExp; yes: RegExp } {
  return { asked: new RegExp(`${id}[^]*Do you confirm`), yes: /Confirm/ };
}

interface TwoTaps {
  ask: RegExp;
  yes: RegExp;
  asked: RegExp;
  /** Whoever reads the question may find it wrong. */
  isRight?: (question: MessageView) => boolean;
}

/** Returns whether the question came. */
async function pressTwo(
  phone: Phone,
  message: MessageView,
  { ask, yes, asked, isRight = () => true }: TwoTaps,
): Promise<boolean> {
  // It may have become something else while the owner was busy with another one.
  const now = phone.messages().find(({ messageId }) => messageId === message.messageId);
  const label = now && buttonsOf(now).find((each) => ask.test(each));
  if (!now || label === undefined) return false;
  const question = await phone.after(() => phone.press(now, label), asked);
  const answer = question && buttonsOf(question).find((each) => yes.test(each));
  if (!question || !answer) return false;
  if (!isRight(question)) return true;
  for (let times = phone.chance.between(1, 3); times > 0; times -= 1) phone.press(question, answer);
  await phone.pause(2000, 10_000);
  return true;
}

/** "50 092,50" is 5009250. */
function tiyinOf(sum: string): number {
  const [soms = '', tiyin = ''] = sum.replaceAll(' ', '').split(',');
  return Number(soms) * 100 + Number(tiyin.padEnd(2, '0'));
}

async function adjust(phone: Phone, userId: number, gift?: number): Promise<void> {
  const { chance, stage } = phone;
  const kind = gift === undefined ? chance.pick(['credit', 'debit'] as const) : 'credit';
  // No debit of a sum that somebody paid: it would take back what was given by hand.
  const soms = gift ?? chance.between(1, 40) * 1000 + (kind === 'debit' ? 3 : 0);
  const amountTiyin = (kind === 'credit' ? soms : -soms) * 100;
  const tag = `errand-${stage.truth.adjustments.length + 1}-`;
  const adjustment = { tag, userId, amountTiyin, isConfirmed: false, isSeenDone: false };
  stage.truth.adjustments.push(adjustment);
  const command = `/${kind} ${userId} ${soms} ${tag}`;
  const question = await phone.after(
    () => phone.type(command),
    new RegExp(`${tag}[^]*Do you confirm|no such user|be debited`),
  );
  const label = question && buttonsOf(question).find((each) => each.includes('Confirm'));
  if (!question || !label || chance.is(0.1)) return;
  await phone.pause(500, 5000);
  adjustment.isConfirmed = true;
  const press = (): boolean => {
    for (let more = chance.pick([0, 0, 1, 2]); more > 0; more -= 1) phone.press(question, label);
    return phone.press(question, label);
  };
  const done = await phone.after(press, /Done|be debited/);
  adjustment.isSeenDone =
    done !== null && plain(done).includes('Done') && plain(done).includes(tag);
}
