/** Turns what waits in the outbox into messages, from what is true when they are sent. */
import type { Bill } from '../../bills/bill.ts';
import { digestSchema } from '../../books/digest.ts';
import { reportOf } from '../../books/day-reports.ts';
import { dayAfter } from '../../core/calendar.ts';
import { isFirstPaid } from '../../bills/list.ts';
import { userBalance } from '../../ledger/ledger.ts';
import { whenAwake } from '../../monthly/calendar.ts';
import type { OutboxKind, OutboxParams } from '../../outbox/kinds.ts';
import { type Place, placesOf } from '../../outbox/places.ts';
import type { Rendered, RenderMessage } from '../../outbox/sender.ts';
import type { Topic } from '../../outbox/topics.ts';
import { plainName } from '../kit/format.ts';
import { endingBeforeMoney } from '../../topups/find.ts';
import { ticketSubject } from '../../support/about.ts';
import type { Ticket, TicketMessage } from '../../support/support.ts';
import { suspenseItem } from '../../topups/suspense.ts';
import type { Topup } from '../../topups/topup.ts';
import { getUser } from '../../users/users.ts';
import { billSubject } from '../kit/bill-places.ts';
import type { Parts } from '../kit/context.ts';
import type { Translate } from '../locales/texts.ts';
import { aboutLine, passedOn } from '../kit/ticket-lines.ts';
import { leftStory } from '../kit/stories.ts';
import { isShort, screenOfBill } from '../pay/recall.ts';
import {
  billScreen,
  unclearBillNews,
  billPaidNews,
  billFailedNews,
  billRefundedNews,
} from '../pay/bill-screens.ts';
import { waitingAsks } from '../pay/wait.ts';
import { autoNotice, autoOffNews, autoOver, dueMessage } from '../watch/screens.ts';
import { type AutoPayment, isAutomatic } from '../../monthly/announce.ts';
import type { SavedAccount } from '../../bills/saved.ts';
import { broadcastById } from '../../broadcast/store.ts';
import { broadcastScreen } from '../desk/broadcast/broadcast-progress.ts';
import { viewOf } from '../desk/approvals/approvals-desk.ts';
import { handViews } from '../desk/kit/by-hand.ts';
import { twinViews } from '../desk/kit/twins.ts';
import { approvalScreen, secondQuestion } from '../desk/approvals/approval-screens.ts';
import { digestMessage } from './digest.ts';
import { staffMessage } from '../desk/people/people-screens.ts';
import { billAlarm } from '../desk/bills/bills-screens.ts';
import {
  adjustmentMessage,
  alarmMessage,
  interruptedMessage,
  paidMessage,
  refusedMessage,
  sameMoneyMessage,
  reviewMessage,
  suspenseCreditedMessage,
  userReviewMessage,
} from './screens.ts';
import { memberNews, overNews, paidNews as homePaidNews } from '../homes/screens.ts';
import { isClaim, maybeItsMoney } from '../desk/support/maybe.ts';
import { paidNews } from '../requests/screens.ts';
import { colleagueMessage, questionMessage, type TicketView } from '../desk/support/screens.ts';
import { answerMessage, closedMessage } from '../support/screens.ts';
import { orderScreen } from '../topup/order-screen.ts';
import type { Screen } from '../kit/screen.ts';
import { takenBackMessage } from '../desk/orders/taken-back-screens.ts';

interface Call {
  parts: Parts;
  t: Translate;
  chatId: number;
}

type Renderers = {
  [K in OutboxKind]: (call: Call, params: OutboxParams[K]) => Promise<Rendered | null>;
};

const RENDERERS: Renderers = {
  async topup_screen({ parts, t }, { topupId }) {
    const topup = await parts.topups.get(topupId);
    if (!topup || topup.screenMessageId === null) return null;
    return { method: 'edit', messageId: topup.screenMessageId, ...orderScreen(t, topup) };
  },
  async topup_paid({ parts, t }, { topupId, late }) {
    return await aboutTopup(parts, topupId, async (topup) => {
      const balance = await userBalance(parts.db.read, topup.userId);
      const { availableTiyin } = balance;
      const continues = await waitsForMoney(parts, topup.userId);
      const ending = late ? await endingBeforeMoney(parts.db.read, topupId) : null;
      return paidMessage(t, { topup, ending, availableTiyin, continues });
    });
  },
  async topup_review({ parts, t }, { topupId }) {
    return await aboutTopup(parts, topupId, (topup) => userReviewMessage(t, topup));
  },
  async topup_refused({ parts, t }, { topupId }) {
    return await aboutTopup(parts, topupId, (topup) => refusedMessage(t, topup));
  },
  async topup_same({ parts, t, chatId }, { topupId, givenAt, restTiyin }) {
    const { availableTiyin } = await userBalance(parts.db.read, chatId);
    return await aboutTopup(parts, topupId, (topup) =>
      sameMoneyMessage(t, { topup, givenAt, restTiyin, availableTiyin }),
    );
  },
  async topup_taken_back({ parts, t, chatId }, { topupId, amountTiyin }) {
    const { availableTiyin } = await userBalance(parts.db.read, chatId);
    return await aboutTopup(parts, topupId, (topup) =>
      takenBackMessage(t, { topup, amountTiyin, availableTiyin }),
    );
  },
  async topup_interrupted({ parts, t }, { topupId }) {
    return await aboutTopup(parts, topupId, (topup) => interruptedMessage(t, topup));
  },
  async adjustment({ parts, t, chatId }, params) {
    const { availableTiyin } = await userBalance(parts.db.read, chatId);
    return { method: 'send', ...adjustmentMessage(t, { ...params, availableTiyin }) };
  },
  staff_message: ({ t }, { text }) => Promise.resolve({ method: 'send', ...staffMessage(t, text) }),
  async suspense_credited({ parts, t, chatId }, { itemId }) {
    const item = await suspenseItem(parts.db.read, itemId);
    if (item?.state !== 'credited') return null;
    const { availableTiyin } = await userBalance(parts.db.read, chatId);
    return { method: 'send', ...suspenseCreditedMessage(t, { item, availableTiyin }) };
  },
  // The dialog's own screen becomes the receipt; this message is the news of it, with what is left on the balance.
  async bill_paid(call, { billId }) {
    const { availableTiyin } = await userBalance(call.parts.db.read, call.chatId);
    const offersWatch = call.parts.monthly ? await isFirstPaid(call.parts.db.read, billId) : false;
    return await aboutBill(call, billId, (bill) =>
      billPaidNews(call.t, { bill, availableTiyin, offersWatch }),
    );
  },
  bill_failed: async (call, { billId }) =>
    await aboutBill(call, billId, (bill) => billFailedNews(call.t, bill)),
  bill_refunded: async (call, { billId }) =>
    await aboutBill(call, billId, (bill) => billRefundedNews(call.t, bill)),
  bill_unknown: async (call, { billId }) =>
    await aboutBill(
      call,
      billId,
      (bill) =>
        bill.state === 'unknown' ? unclearBillNews(call.t, { bill, isHandedOver: false }) : null,
      billSubject(billId),
    ),
  bill_handed_over: async (call, { billId }) =>
    await aboutBill(
      call,
      billId,
      (bill) =>
        bill.state === 'stuck' ? unclearBillNews(call.t, { bill, isHandedOver: true }) : null,
      billSubject(billId),
    ),
  async request_paid({ parts, t, chatId }, { requestId }) {
    const request = await parts.requests.get(requestId);
    if (request?.state !== 'paid' || request.payerId === null) return null;
    const payer = await getUser(parts.db.read, request.payerId);
    const { availableTiyin } = await userBalance(parts.db.read, chatId);
    return { method: 'send', ...paidNews(t, { request, person: payer, availableTiyin }) };
  },
  home_joined: async (call, params) => await aboutMember(call, 'joined', params),
  home_left: async (call, params) => await aboutMember(call, 'left', params),
  home_over: ({ t }, params) => Promise.resolve({ method: 'send', ...overNews(t, params) }),
  // Sent to a person who still belongs to the home by now; nobody is woken by it.
  async home_paid({ parts, t, chatId }, { homeId, billId }) {
    const found = await parts.homes.get(homeId, chatId);
    const bill = found && (await parts.ownerBills?.get(billId));
    if (!found || bill?.state !== 'paid') return null;
    const payer = await getUser(parts.db.read, bill.userId);
    const { quietHours } = await parts.terms(parts.db.read);
    const notBefore = whenAwake(parts.clock.now(), quietHours);
    return { method: 'send', ...homePaidNews(t, { home: found.home, bill, payer }), notBefore };
  },
  async waiting_asks({ parts, t, chatId }, { waitingId }) {
    const waiting = await parts.monthly?.waiting(waitingId, chatId);
    return waiting?.state === 'asks' ? { method: 'send', ...waitingAsks(t, waiting) } : null;
  },
  async watch_due({ parts, t, chatId }) {
    const due = (await parts.monthly?.due(chatId)) ?? [];
    // The message may have waited for something until an hour at which nobody wants to read it.
    const notBefore = await awake(parts);
    return due.length === 0 ? null : { method: 'send', ...dueMessage(t, due), notBefore };
  },
  async auto_notice({ parts, t, chatId }, name) {
    const found = await autoOf(parts, chatId, name);
    if (found?.payment.state !== 'announced') return null;
    const needs = await parts.monthly?.autoNeeds(found.payment);
    const { availableTiyin } = await userBalance(parts.db.read, chatId);
    const notBefore = await awake(parts);
    return needs
      ? { method: 'send', ...autoNotice(t, { ...found, needs, availableTiyin }), notBefore }
      : null;
  },
  async auto_over({ parts, t, chatId }, name) {
    const found = await autoOf(parts, chatId, name);
    if (!found) return null;
    const { payment, saved } = found;
    const watch = await parts.monthly?.watchOf(saved.id, chatId);
    const { availableTiyin } = await userBalance(parts.db.read, chatId);
    const isOff = watch?.autoCapTiyin === null;
    const { amountTiyin, feeTiyin, owedTiyin } = payment;
    const totalTiyin = (amountTiyin ?? owedTiyin) + (feeTiyin ?? 0);
    const missingTiyin = Math.max(0, totalTiyin - availableTiyin);
    const notBefore = await awake(parts);
    return {
      method: 'send',
      ...autoOver(t, { payment, saved, isOff, missingTiyin }),
      notBefore,
    };
  },
  async auto_off({ parts, t, chatId }, { savedId }) {
    const saved = await parts.bills?.saved.get(savedId, chatId);
    const notBefore = await awake(parts);
    return saved ? { method: 'send', ...autoOffNews(t, saved), notBefore } : null;
  },
  // Changes every message in which its payer reads of the bill: the dialog, and what was told while nobody was sure.
  async bill_screen({ parts, t, chatId }, { billId }) {
    const story = parts.bills ? await leftStory(parts, chatId) : null;
    const told = story && screenOfBill(story, billId);
    const noted = await placesOf(parts.db.read, billSubject(billId));
    const all = new Set(noted.filter((each) => each.chatId === chatId).map(messageIdOf));
    if (told !== null) all.add(told);
    const [messageId, ...alsoIn] = all;
    const bill = messageId === undefined ? null : await parts.ownerBills?.get(billId);
    if (!bill || messageId === undefined) return null;
    return {
      method: 'edit',
      messageId,
      alsoIn,
      subject: billSubject(billId),
      ...billScreen(t, bill),
    };
  },
  async owner_bill({ parts, t }, { billId }) {
    const bill = await parts.ownerBills?.get(billId);
    if (bill?.state !== 'stuck') return null;
    const user = await getUser(parts.db.read, bill.userId);
    return { method: 'send', ...billAlarm(t, { bill, user }) };
  },
  async owner_review({ parts, t }, { topupId }) {
    return await aboutTopup(parts, topupId, async (topup) => {
      if (topup.state !== 'review') return null;
      const { read } = parts.db;
      const twins = await twinViews(read, topup);
      const hands = await handViews(read, topup);
      return reviewMessage(t, { topup, user: await getUser(read, topup.userId), twins, hands });
    });
  },
  async owner_second({ parts, t }, { actionId }) {
    const row = await parts.approvals.get(actionId);
    if (row?.state !== 'pending') return null;
    return { method: 'send', ...secondQuestion(t, await viewOf(parts.db.read, row)) };
  },
  async decision_over({ parts, t }, { actionId }) {
    const row = await parts.approvals.get(actionId);
    if (!row) return null;
    return { method: 'send', ...approvalScreen(t, await viewOf(parts.db.read, row)) };
  },
  async owner_digest({ parts, t }, { day }) {
    const parsed = digestSchema.safeParse(await reportOf(parts.db.read, 'digest', day));
    if (!parsed.success) return null;
    return {
      method: 'send',
      ...digestMessage(t, { day: dayAfter(day, -1), digest: parsed.data }),
    };
  },
  async broadcast_over({ parts, t }, { broadcastId }) {
    const broadcast = await broadcastById(parts.db.read, broadcastId);
    if (!broadcast) return null;
    return { method: 'send', ...(await broadcastScreen(parts, t, { broadcast, leftMs: null })) };
  },
  async ticket_question(call, { messageId }) {
    return await aboutTicket(call, messageId, async (message, ticket) => {
      const view = await ticketView(call, ticket);
      const subject = ticketSubject(ticket.id, 'staff');
      const screen = (words: string | null) => questionMessage(call.t, view, words);
      return passedOn(message, { t: call.t, subject, topic: topicOf(view), screen });
    });
  },
  async ticket_answered(call, { messageId }) {
    return await aboutTicket(call, messageId, async (message, ticket) => {
      const by =
        message.staffId === null ? null : await getUser(call.parts.db.read, message.staffId);
      const view = { ...(await ticketView(call, ticket)), by };
      const subject = ticketSubject(ticket.id, 'staff');
      const screen = (words: string | null) => colleagueMessage(call.t, view, words);
      return passedOn(message, { t: call.t, subject, topic: topicOf(view), screen });
    });
  },
  async ticket_answer(call, { messageId }) {
    return await aboutTicket(call, messageId, (message, { id }) => {
      const screen = (words: string | null) => answerMessage(call.t, id, words);
      return passedOn(message, { t: call.t, subject: ticketSubject(id, 'user'), screen });
    });
  },
  async ticket_closed({ parts, t }, { ticketId }) {
    const ticket = await parts.support.get(ticketId);
    if (ticket?.state !== 'closed') return null;
    const subject = ticketSubject(ticketId, 'user');
    return { method: 'send', subject, ...closedMessage(t, ticket) };
  },
  async owner_alarm({ parts, t, chatId }, { alarm, times }) {
    const about = alarm.kind === 'own_credit' ? alarm.personId : null;
    const person = about === null ? null : await getUser(parts.db.read, about);
    return { method: 'send', ...alarmMessage(t, { alarm, times, chatId, person }) };
  },
};

const messageIdOf = ({ messageId }: Place): number => messageId;

/** An account's attempt to pay itself; null when it, or the account, is gone. */
async function autoOf(
  { monthly, bills }: Parts,
  userId: number,
  name: { accountKey: string; period: string },
): Promise<{ payment: AutoPayment; saved: SavedAccount } | null> {
  const payment = await monthly?.autoPayment({ userId, ...name });
  const saved = payment && (await bills?.saved.get(payment.savedId, userId));
  return payment && saved ? { payment, saved } : null;
}

/** When somebody may be written to about what they did not ask for, so that nobody is woken by it. */
async function awake({ db, clock, terms }: Parts): Promise<number> {
  const { quietHours } = await terms(db.read);
  return whenAwake(clock.now(), quietHours);
}

/** A message about a bill; nothing when the bill, or what there is to say, is gone. */
async function aboutBill(
  { parts }: Call,
  billId: string,
  view: (bill: Bill) => Screen | null,
  subject?: string,
): Promise<Rendered | null> {
  const bill = await parts.ownerBills?.get(billId);
  const message = bill ? view(bill) : null;
  if (!bill || !message) return null;
  return {
    method: 'send',
    ...message,
    ...(subject === undefined ? {} : { subject }),
    ...(isAutomatic(bill) ? { notBefore: await awake(parts) } : {}),
  };
}

/** One message of a ticket, for who reads it. */
async function aboutTicket(
  { parts }: Call,
  messageId: number,
  view: (message: TicketMessage, ticket: Ticket) => Rendered | Promise<Rendered>,
): Promise<Rendered | null> {
  const message = await parts.support.message(messageId);
  const ticket = message ? await parts.support.get(message.ticketId) : null;
  return message && ticket ? await view(message, ticket) : null;
}

async function ticketView({ parts, t }: Call, ticket: Ticket): Promise<TicketView> {
  return {
    ticket,
    user: await getUser(parts.db.read, ticket.userId),
    about: await aboutLine(parts, t, ticket.about),
    money: await maybeItsMoney(parts, ticket.about),
    isClaim: await isClaim(parts, ticket.about),
  };
}

/** Each ticket has its own in a group with topics. */
function topicOf({ ticket: { id, userId }, user }: TicketView): Topic {
  return { subject: `ticket:${id}`, name: `💬 № ${id} · ${user ? plainName(user) : userId}` };
}

/** Other messages for owners stand in a topic of their kind in the group, and the rest beside all topics. */
const TOPICS: Readonly<Partial<Record<OutboxKind, string>>> = {
  owner_alarm: 'alarms',
  owner_review: 'reviews',
  owner_bill: 'bills',
};

function inTopic(t: Translate, kind: OutboxKind, rendered: Rendered | null): Rendered | null {
  const subject = TOPICS[kind];
  if (rendered?.method !== 'send' || subject === undefined) return rendered;
  return { ...rendered, topic: { subject, name: t(`group-topic-${subject}`) } };
}

/** True when somebody left a payment because the balance was too small; a person's chat has the person's id. */
async function waitsForMoney(parts: Parts, userId: number): Promise<boolean> {
  if (!parts.bills) return false;
  const left = await leftStory(parts, userId);
  return left !== null && isShort(left);
}

/** A message about somebody who came to a home or left it. */
async function aboutMember(
  { parts, t, chatId }: Call,
  kind: 'joined' | 'left',
  { homeId, memberId }: OutboxParams['home_joined'],
): Promise<Rendered | null> {
  const found = await parts.homes.get(homeId, chatId);
  if (!found) return null;
  const person = await getUser(parts.db.read, memberId);
  return { method: 'send', ...memberNews(t, { kind, home: found.home, person }) };
}

/** A message about an order; nothing when the order, or what there is to say, is gone. */
async function aboutTopup(
  { topups }: Parts,
  topupId: string,
  message: (topup: Topup) => Screen | null | Promise<Screen | null>,
): Promise<Rendered | null> {
  const topup = await topups.get(topupId);
  const screen = topup ? await message(topup) : null;
  return screen ? { method: 'send', ...screen } : null;
}

export function outboxRenderer(parts: Parts): RenderMessage {
  return async (kind, params, { chatId, language }) => {
    await parts.names.refresh();
    const t = parts.texts(language);
    return inTopic(t, kind, await RENDERERS[kind]({ parts, t, chatId }, params));
  };
}
