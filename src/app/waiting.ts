/** Top-ups and bills as the bot's handlers get them: whatever asks a payment system waits in the waiting room. */
import type { Unavailable } from '../bills/outcomes.ts';
import type { PaylovProblem } from '../bills/paylov/errors.ts';
import type { WaitingRoom } from '../bot/inbox/waiting-room.ts';
import type { Monthly } from '../monthly/monthly.ts';
import type { Receipts } from '../receipts/receipts.ts';
import type { Config } from '../settings/types.ts';
import type { Topups } from '../topups/topups.ts';
import type { AllBills } from './options.ts';

/** When too many wait for the system already, its people hear so at once, and it is not asked. */
export function topupsForBot(topups: Topups, room: WaitingRoom): Topups {
  return {
    ...topups,
    create: async (request) =>
      (await room.wait(request.provider, () => topups.create(request))) ?? {
        kind: 'unavailable',
        reason: 'slow',
      },
    async checkNow(id, options) {
      const topup = await topups.get(id);
      const isOwn = options.userId === undefined || topup?.userId === options.userId;
      if (!topup || !isOwn) return { kind: 'not_found' };
      const outcome = await room.wait(topup.provider, () => topups.checkNow(id, options));
      return outcome ?? { kind: 'unknown', topup, problem: 'busy_here' };
    },
  };
}

const FULL: PaylovProblem = { kind: 'problem', code: 'busy_here' };
const BUSY: Unavailable = { kind: 'unavailable', reason: 'busy' };

function billsForBot(bills: AllBills, room: WaitingRoom): AllBills {
  const wait = <T>(work: () => Promise<T>): Promise<T | null> => room.wait('paylov', work);
  const { catalog, cards } = bills;
  return {
    ...bills,
    info: async (request) => (await wait(() => bills.info(request))) ?? FULL,
    catalog: {
      services: async () => (await wait(() => catalog.services())) ?? FULL,
      fields: async (serviceId) => (await wait(() => catalog.fields(serviceId))) ?? FULL,
    },
    cards: {
      ...cards,
      startLinking: async (request) => (await wait(() => cards.startLinking(request))) ?? FULL,
      confirmLinking: async (request) => (await wait(() => cards.confirmLinking(request))) ?? FULL,
      remove: async (id, request) => (await wait(() => cards.remove(id, request))) ?? FULL,
    },
    confirm: async (request) => (await wait(() => bills.confirm(request))) ?? BUSY,
    submitCode: async (id, request) => (await wait(() => bills.submitCode(id, request))) ?? BUSY,
    newCode: async (id, request) => (await wait(() => bills.newCode(id, request))) ?? BUSY,
  };
}

/** Bills, and those that are paid without a tap. */
export function payingForBot(
  { bills, monthly }: { bills: AllBills | null; monthly: Monthly | null },
  room: WaitingRoom,
): { bills: AllBills | null; monthly: Monthly | null } {
  return {
    bills: bills && billsForBot(bills, room),
    monthly: monthly && monthlyForBot(monthly, room),
  };
}

function monthlyForBot(monthly: Monthly, room: WaitingRoom): Monthly {
  const payAll: Monthly['payAll'] = async (request) =>
    (await room.wait('paylov', () => monthly.payAll(request))) ?? { kind: 'changed' };
  const agreeToAuto: Monthly['agreeToAuto'] = async (request) =>
    (await room.wait('paylov', () => monthly.agreeToAuto(request))) ?? { kind: 'no_answer' };
  return { ...monthly, payAll, agreeToAuto };
}

/** Whoever waits for a drawing holds no place of the inbox either. */
export function receiptsForBot(receipts: Receipts, room: WaitingRoom): Receipts {
  return { ...receipts, draw: (sheet) => room.wait('receipts', () => receipts.draw(sheet)) };
}

/** The chats of those who run the bot, by which the inbox orders their updates. */
export function staffKeysOf({ adminIds, adminChatId, staff }: Config): number[] {
  const { operatorIds, viewerIds } = staff;
  const group = adminChatId === null ? [] : [adminChatId];
  return [...new Set([...adminIds, ...operatorIds, ...viewerIds, ...group])];
}
