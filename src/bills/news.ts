/** What bills tell people, put into the outbox inside the transaction that makes it true. */
import type { BillSource } from './states.ts';
import { type Bill, totalTiyin } from './bill.ts';
import type { BillDeps, BillEvent } from './deps.ts';
import type { PaylovProblemCode } from './paylov/errors.ts';
import type { Tx } from '../db/database.ts';
import type { Tiyin } from '../core/money.ts';
import type { AlarmParams } from '../outbox/kinds.ts';
import { tellHomesPaid } from '../homes/news.ts';
import { enqueue } from '../outbox/messages.ts';
import { homesPaying } from './shared.ts';

declare module '../outbox/kinds.ts' {
  interface OutboxParams {
    /** What became of a bill, which is looked up when it is sent. */
    bill_paid: { billId: string };
    bill_failed: { billId: string };
    /** Nobody is sure about the bill. Not sent when it is clear by then. */
    bill_unknown: { billId: string };
    bill_refunded: { billId: string };
    /** Wherever its payer reads of the bill, that message comes to show how it is by now. */
    bill_screen: { billId: string };
    /** To its payer: the staff are finding out what became of the bill. */
    bill_handed_over: { billId: string };
    /** To an owner: nobody could find out whether it was paid. */
    owner_bill: { billId: string };
  }

  interface Alarms {
    /** Paylov cancelled a bill that it had called paid; `source` is what had paid it. */
    bill_taken_back: { billId: string; amountTiyin: Tiyin; source: BillSource; notedAt: number };
    /** Paylov calls the cancelled bill paid again. */
    bill_paid_again: { billId: string; notedAt: number };
    /** The operator's card can't pay: nothing is paid from balances until an owner resumes it. */
    bills_paused: { problem: PaylovProblemCode; pausedAt: number };
    /**
     * The operator's card is known to have too little for a bill: such bills are not paid from balances until somebody
     * writes down that there is more.
     */
    float_short: { leftTiyin: Tiyin; neededTiyin: Tiyin };
    /** By what was written down at `writtenAt` it has too little for a bill, but that is too long ago: such bills are paid. */
    float_old: { leftTiyin: Tiyin; neededTiyin: Tiyin; writtenAt: number };
    paylov_problem: { problem: PaylovProblemCode; detail?: string };
  }
}

interface BillNews {
  /** Chats of owners. */
  ownerChats: readonly number[];
  alarm: (tx: Tx, alarm: AlarmParams, at: number) => Promise<void>;
}

export function tellBills({ ownerChats, alarm }: BillNews): BillDeps['tell'] {
  return async (tx, event) => {
    switch (event.kind) {
      case 'bill_paid':
        await tellUser(tx, event);
        await tellHomes(tx, event);
        return;
      case 'bill_failed':
      case 'bill_unknown':
      case 'bill_refunded':
        await tellUser(tx, event);
        return;
      case 'bill_stuck':
        await tellHandedOver(tx, event);
        await tellOwners(tx, event, ownerChats);
        return;
      case 'bill_taken_back':
        await alarm(tx, takenBack(event.bill, event.at), event.at);
        return;
      case 'bill_paid_again':
        await alarm(
          tx,
          { kind: 'bill_paid_again', billId: event.bill.id, notedAt: event.at },
          event.at,
        );
        return;
      case 'balance_paused':
        await alarm(
          tx,
          { kind: 'bills_paused', problem: event.code, pausedAt: event.at },
          event.at,
        );
        return;
      case 'float_short': {
        const { leftTiyin, neededTiyin, at } = event;
        await alarm(tx, { kind: 'float_short', leftTiyin, neededTiyin }, at);
        return;
      }
      case 'float_old': {
        const { at, ...told } = event;
        await alarm(tx, told, at);
        return;
      }
      case 'operator_must_act': {
        const { code, detail } = event.problem;
        const params = { kind: 'paylov_problem', problem: code } as const;
        await alarm(tx, detail === undefined ? params : { ...params, detail }, event.at);
      }
    }
  };
}

function takenBack(bill: Bill, notedAt: number): AlarmParams {
  const { id: billId, source } = bill;
  return { kind: 'bill_taken_back', billId, amountTiyin: totalTiyin(bill), source, notedAt };
}

type UserEvent = Extract<
  BillEvent,
  { kind: 'bill_paid' | 'bill_failed' | 'bill_unknown' | 'bill_refunded' }
>;

async function tellUser(tx: Tx, { kind, bill, at }: UserEvent): Promise<void> {
  const { id, userId: chatId } = bill;
  const params = { billId: id };
  await tellScreen(tx, bill, at);
  // Whoever pays sees it on their screen: the news is for those whom the screen did not reach, or who have waited long.
  const due = kind === 'bill_unknown' ? at + UNCLEAR_FOR_MS : at;
  await enqueue(tx, { key: `bill:${id}:${kind}`, chatId, kind, params, at: due });
  // By then it is written down in which message the dialog shows the bill: that message follows the bill however long
  // nobody is sure.
  if (kind === 'bill_unknown') await tellScreen(tx, bill, due, ':kept');
}

/** Tells the other people of a home where the account lies, if that home wants it. */
async function tellHomes(tx: Tx, { bill, at }: UserEvent): Promise<void> {
  const { id: billId, userId: payerId } = bill;
  await tellHomesPaid(tx, await homesPaying(tx, bill), { billId, payerId, at });
}

/** How long an unclear bill is not told of: most are clear by then. */
const UNCLEAR_FOR_MS = 60_000;

async function tellScreen(
  tx: Tx,
  { id, userId: chatId, state }: Bill,
  at: number,
  again = '',
): Promise<void> {
  const params = { billId: id };
  const key = `bill:${id}:screen:${state}${again}`;
  await enqueue(tx, { key, chatId, kind: 'bill_screen', params, at });
}

async function tellHandedOver(
  tx: Tx,
  { bill, at }: Extract<BillEvent, { kind: 'bill_stuck' }>,
): Promise<void> {
  const params = { billId: bill.id };
  const key = `bill:${bill.id}:handed_over`;
  await enqueue(tx, { key, chatId: bill.userId, kind: 'bill_handed_over', params, at });
}

async function tellOwners(
  tx: Tx,
  { bill, at }: Extract<BillEvent, { kind: 'bill_stuck' }>,
  ownerChats: readonly number[],
): Promise<void> {
  for (const chatId of ownerChats) {
    const key = `bill:${bill.id}:stuck:${chatId}`;
    await enqueue(tx, { key, chatId, kind: 'owner_bill', params: { billId: bill.id }, at });
  }
}
