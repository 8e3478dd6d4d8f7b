/** How much of what costs others something one person may do: far more than people do, far less than scripts. */
import { DAY_MS, HOUR_MS } from '../core/calendar.ts';

/** What is counted for each person. */
export type QuotaAction =
  | 'open_order'
  | 'check_order'
  | 'cancel_order'
  | 'account_info'
  | 'watch_look'
  | 'watch_all'
  | 'link_card'
  | 'card_link'
  | 'card_code'
  | 'new_code'
  | 'pay_bill'
  | 'receipt'
  | 'statement'
  | 'ask_to_pay'
  | 'invite_home'
  | 'open_ticket'
  | 'write_ticket';

export interface QuotaLimit {
  /** So many uses … */
  most: number;
  /** … within so long, whenever that begins. */
  perMs: number;
  /** Once they are used up, the whole time has to pass since the last use: guessing does not go on use by use. */
  locks?: true;
}

export interface QuotaLimits {
  actions: Readonly<Record<QuotaAction, readonly QuotaLimit[]>>;
  /**
   * Orders of one person whose sums, near one base on one card, nobody else can have: live ones and those whose sum rests
   * after their end.
   */
  sumsNearOne: number;
}

const MINUTE_MS = 60_000;

function hourAndDay(hour: number, day: number): readonly QuotaLimit[] {
  return [
    { most: hour, perMs: HOUR_MS },
    { most: day, perMs: DAY_MS },
  ];
}

/** What people have in the program. docs/operations.md tells them; a test compares. */
export const QUOTAS: QuotaLimits = {
  actions: {
    // Each takes a request of the payment system's, and a sum that rests for an hour. Who tops up for a shop makes ten.
    open_order: hourAndDay(15, 50),
    // We look by ourselves; this is for the impatient, every minute.
    check_order: hourAndDay(60, 300),
    // Each may be a call, and an order that is not cancelled ends by itself.
    cancel_order: hourAndDay(10, 30),
    // Each answer names a stranger, their address and what they owe. A household has five accounts, a helper of the old ten.
    account_info: hourAndDay(15, 40),
    // Looks that nobody tapped for, at the accounts a person has watched: fifty accounts, each once a month, and again
    // where nobody answered.
    watch_look: hourAndDay(60, 200),
    // Looks for all people together, so that those who tap are not kept waiting for those who sleep. Counted for the
    // user 0, who is nobody.
    watch_all: [{ most: 900, perMs: HOUR_MS }],
    // Each sends an SMS to the owner of a card, whoever that is.
    link_card: [{ most: 5, perMs: DAY_MS }],
    // The same for one card, by all people together, counted for the user 0: a family has it, and mistypes its expiry.
    card_link: [{ most: 10, perMs: DAY_MS }],
    // Guesses at the code of one card, for payments and linking together: four digits are ten thousand codes.
    card_code: [
      { most: 3, perMs: 15 * MINUTE_MS, locks: true },
      { most: 12, perMs: DAY_MS },
    ],
    // Each sends an SMS.
    new_code: hourAndDay(6, 20),
    // Each is a transaction at Paylov, from a card with an SMS.
    pay_bill: hourAndDay(20, 60),
    // Each is a process that draws for a second. People share one or two.
    receipt: hourAndDay(15, 50),
    // Likewise, and up to some thousand lines.
    statement: hourAndDay(10, 30),
    // Each is a link in other people's chats.
    ask_to_pay: hourAndDay(10, 30),
    // Each is a link in other people's chats. A large family is invited in an evening.
    invite_home: hourAndDay(10, 20),
    // Each rings at the staff's. There is one open about each payment, and one about nothing in particular.
    open_ticket: hourAndDay(5, 15),
    // Each is a message to the staff. Ten pictures of an album are ten.
    write_ticket: hourAndDay(30, 80),
  },
  // Who tops up the same sum again and again needs one at a time; there are as few as UNIQUE_TAIL_MAX for everybody.
  sumsNearOne: 5,
};
