/** The stories of this bot as lists of moves, and what each leaves behind. */
import { userBalance } from '../../ledger/ledger.ts';
import type { MessageView } from '../../../sandbox/telegram/types.ts';
import { ALI, type BotStage, OWNER, startBotStage } from '../bot.fixture.ts';
import { StageBills } from '../stage-bills.fixture.ts';
import { sampleService, textField } from '../samples.fixture.ts';
import { CARD, startPayStage } from '../pay.fixture.ts';

export interface World {
  /** Another one after a restart. */
  stage: BotStage;
  bills: StageBills;
}

/** `afterwards`: said as well where the program forgot what is kept in memory alone, the number of a card. */
export type Move = { tap: string } | { say: string; afterwards?: string };

export function isTap(move: Move): move is { tap: string } {
  return 'tap' in move;
}

export interface ToldStory {
  title: string;
  userId: number;
  /** Whether a story that was left is brought back by its own buttons and by "continue". */
  comesBack: boolean;
  start(): Promise<World>;
  moves: readonly Move[];
}

const NUMBER = '8600 4954 7331 6478';
const EXPIRY: Move = { say: '09/28', afterwards: `${NUMBER} 09/28` };

/** Two categories: a service of a single question, and one with two in a row that may be skipped. */
async function withBills(): Promise<World> {
  const pay = await startPayStage();
  const category = { id: '5', name: 'Internet' };
  const net = { id: 'net', name: 'Uzonline', category, hasInfo: false, canCancel: true };
  pay.bills.add(sampleService(net), [textField('login')]);
  const floor = textField('floor', { content: 'text', required: false });
  const { service, fields } = pay.bills.offered('power');
  pay.bills.add(service, [...fields, floor]);
  return pay;
}

async function withCard(): Promise<World> {
  const world = await withBills();
  await world.bills.link(ALI.id, CARD);
  return world;
}

async function withBill(): Promise<World> {
  const world = await withBills();
  await world.bills.put();
  return world;
}

async function withoutBills(): Promise<World> {
  const stage = await startBotStage();
  for (const { id } of [ALI, OWNER]) await stage.meet(id);
  return { stage, bills: new StageBills(stage.options) };
}

const TO_SOURCE: readonly Move[] = [
  { say: '/pay' },
  { tap: 'Internet' },
  { tap: 'Uzonline' },
  { say: '0012345' },
  { say: '50 000' },
];

const own = { userId: ALI.id, comesBack: true };

export const STORIES: readonly ToldStory[] = [
  {
    ...own,
    title: 'a top-up by transfer',
    comesBack: false,
    start: withoutBills,
    moves: [{ say: '/topup' }, { tap: 'Card transfer' }, { say: '50 000' }],
  },
  {
    ...own,
    title: 'a top-up by a page, found by its name',
    comesBack: false,
    start: withoutBills,
    moves: [
      { say: '/topup' },
      { tap: 'Another method' },
      { tap: 'inPAY' },
      { tap: "50\u00a0000\u00a0so'm" },
    ],
  },
  {
    ...own,
    title: 'a bill from the balance',
    start: withBills,
    moves: [
      { say: '/pay' },
      { tap: '🏠 Utilities' },
      { say: 'elektro' },
      { tap: 'Electricity' },
      { tap: 'Tashkent' },
      { tap: 'Алмазар' },
      { say: '0012345' },
      { tap: 'Skip' },
      { say: 'the third' },
      { tap: 'Another sum' },
      { say: '50 000' },
      { tap: '✅ Pay' },
    ],
  },
  {
    ...own,
    title: 'a bill from a card, with its code',
    start: withCard,
    moves: [
      ...TO_SOURCE,
      { tap: '💳 Another method' },
      { tap: '6412' },
      { tap: '✅ Pay' },
      { say: '123456' },
    ],
  },
  {
    ...own,
    title: 'a bill from a card that is linked on the way',
    start: withBills,
    moves: [
      ...TO_SOURCE,
      { tap: '💳 Another method' },
      { tap: 'Link a card' },
      { say: NUMBER },
      EXPIRY,
      { say: '4444' },
      { tap: '💳 8600' },
      { tap: '✅ Pay' },
      { say: '5555' },
    ],
  },
  {
    ...own,
    title: 'a card of /cards',
    start: withBills,
    moves: [{ say: '/cards' }, { tap: 'Link a card' }, { say: NUMBER }, EXPIRY, { say: '55555' }],
  },
  {
    ...own,
    title: 'the name of a saved account',
    comesBack: false,
    start: withBill,
    moves: [
      { say: '/pay' },
      { tap: 'My bills' },
      { tap: '✅ 50' },
      { tap: '⭐ Save' },
      { say: 'Home' },
    ],
  },
  {
    title: "the desk's credit",
    userId: OWNER.id,
    comesBack: false,
    start: withoutBills,
    moves: [
      { say: `/user ${ALI.id}` },
      { tap: '➕ Credit' },
      { say: '50 000' },
      { say: 'a gift' },
      { tap: 'Confirm' },
    ],
  },
];

/** What must have happened once, however often anything was delivered, tapped or begun again. */
export async function effectsIn({ stage, bills }: World): Promise<object> {
  const { availableTiyin } = await userBalance(stage.db.read, ALI.id);
  const orders = await stage.orders();
  const paid = await bills.rows();
  const saved = await bills.saved.list(ALI.id);
  return {
    availableTiyin,
    topups: orders.map(({ provider, baseTiyin, method }) => ({ provider, baseTiyin, method })),
    bills: paid.map(({ state, source, cardId, account, amountTiyin }) => {
      return { state, source, cardId, account, amountTiyin };
    }),
    codes: bills.codes,
    cards: await bills.cards.list(ALI.id),
    saved: saved.map(({ name, serviceId, account }) => ({ name, serviceId, account })),
  };
}

/** A screen without bills' ids, times, and what the desk says only when it decides: the balance. */
export function seenOn({ text, inlineKeyboard }: MessageView): string {
  const labels = inlineKeyboard.map((row) => row.map((button) => button.text).join(' | '));
  const shown = [text, ...labels].join('\n');
  return shown
    .replaceAll(/№ \w+/g, '№ …')
    .replaceAll(/\d\d\.\d\d\.\d{4}|\d\d:\d\d|\nBalance: .*/g, '');
}
