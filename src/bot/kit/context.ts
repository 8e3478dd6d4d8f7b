/** What the bot is given, and what every handler finds on its context. */
import type { ConversationFlavor } from '@grammyjs/conversations';
import type { Context } from 'grammy';
import type { UserFromGetMe } from 'grammy/types';
import type { Database, Tx } from '../../db/database.ts';
import type { Clock, Random } from '../../core/deps.ts';
import type { BooksReport } from '../../books/audit.ts';
import type { Language } from '../../core/language.ts';
import type { Tiyin } from '../../core/money.ts';
import type { KeptNames } from '../../names/given.ts';
import type { Receipts } from '../../receipts/receipts.ts';
import type { Homes } from '../../homes/homes.ts';
import type { Requests } from '../../requests/requests.ts';
import type { Reports } from '../../reports/reports.ts';
import type { AlarmParams } from '../../outbox/kinds.ts';
import type { TelegramNovelties } from '../../core/telegram-novelties.ts';
import type { GrammyFetch } from '../../core/telegram-fetch.ts';
import type { Support } from '../../support/support.ts';
import type { Topups } from '../../topups/topups.ts';
import type { UserRow } from '../../users/users.ts';
import type { Tap } from './callbacks.ts';
import type { Approvals } from '../../staff/approval.ts';
import type { Staff, StaffOptions } from '../../staff/staff.ts';
import type { Labels } from './labels.ts';
import type { ReadTerms, Terms } from '../../settings/terms.ts';
import type { Texts, Translate } from '../locales/texts.ts';
import type { BillsForOwners } from '../../bills/bills.ts';
import type { BillsPort } from './bills-port.ts';
import type { Menu } from './menu.ts';
import type { Monthly } from '../../monthly/monthly.ts';
import type { Left, Stories, Words } from './told.ts';
import type { Rate } from '../../core/rate-limit.ts';

interface BotLog {
  info(data: object, message: string): void;
  warn(data: object, message: string): void;
  error(data: object, message: string): void;
}

export interface BooksPort {
  /** The whole audit, without holding anybody up. */
  audit(): Promise<BooksReport>;
  /** When owners are warned of what is left on the operator's card; null without such a card. */
  floatAlertTiyin: Tiyin | null;
}

export interface BotOptions {
  token: string;
  apiRoot: string;
  /**
   * The network. Its time limits and what it hides from logs are its own business; failed updates and messages come
   * again by themselves.
   */
  fetch: GrammyFetch;
  /** What the Bot API server is known not to know; without it everything is tried. */
  novelties?: Pick<TelegramNovelties, 'knows'>;
  /** Telegram ids of the owners. */
  adminIds: readonly number[];
  /** The group where alarms go, as it is set; null or absent: they go to every owner. */
  adminChatId?: number | null;
  /** Who else runs the bot, and the limits of each; nobody and none by default. */
  staff?: Partial<Omit<StaffOptions, 'ownerIds'>>;
  defaultLanguage: Language;
  /** What owners may change while the program runs, as it is now. */
  terms: ReadTerms;
  /** The terms as the environment has them. */
  firstTerms: Terms;
  db: Database;
  topups: Topups;
  /** Null or absent: no bills can be paid, and nothing speaks of it. */
  bills?: BillsPort | null;
  /** Bills that are paid without a tap; null or absent: none are. */
  monthly?: Monthly | null;
  /** The owners' part of bills. */
  ownerBills?: BillsForOwners | null;
  /** What the desk's books are made of besides the database; without it the audit runs where the bot does. */
  books?: BooksPort;
  /** Draws charts and writes exports; without it that is done where the bot runs. */
  reports?: Reports;
  /** Signs and draws receipts; without it they are drawn where the bot runs, and checked by the staff. */
  receipts?: Receipts;
  /** Asking others to pay; without it the bot makes its own. */
  requests?: Requests;
  /** Accounts that families share; without it the bot makes its own. */
  homes?: Homes;
  /** What people ask of the staff; without it, in this database with what is usual. */
  support?: Support;
  clock: Clock;
  log: BotLog;
  /** Tells who must hear of trouble; by default every owner. */
  alarm?: (tx: Tx, alarm: AlarmParams, at: number) => Promise<void>;
  /** Takes out what must never be shown; `also` names the secrets of this one text. */
  scrub?: (text: string, also?: readonly string[]) => string;
  /** Called after messages were put into the outbox or became due again. */
  outboxNotify?: () => void;
  /** Called after a message to everybody was begun or stopped. */
  broadcastNotify?: () => void;
  /** Where the staff's web page is, without `/desk`; null, or absent: nowhere. */
  pageAddress?: () => string | null;
  /** The machine's by default. */
  random?: Random;
  /** How much one person may send; without it as much as they like. */
  flood?: FloodOptions;
  /** What `getMe` would say: without it the first update asks Telegram. */
  botInfo?: UserFromGetMe;
}

/** What features are built from. */
export interface Parts extends Omit<
  BotOptions,
  'staff' | 'alarm' | 'reports' | 'receipts' | 'requests' | 'homes' | 'support' | 'novelties'
> {
  novelties: Pick<TelegramNovelties, 'knows'>;
  reports: Reports;
  receipts: Receipts;
  requests: Requests;
  homes: Homes;
  support: Support;
  alarm: NonNullable<BotOptions['alarm']>;
  staff: Staff;
  approvals: Approvals;
  texts: Texts;
  /** What the owner calls Paylov's services; the texts know it. */
  names: KeptNames;
  labels: Labels;
  menu: Menu;
  isOwner: (userId: number) => boolean;
  notifyOutbox: () => void;
  /** What a provider said, for the staff's eyes: without secrets and long numbers. */
  safeBody: (body: string, also: readonly string[]) => string;
}

interface Extras {
  /** Who sent the update, as stored. */
  person: UserRow;
  language: Language;
  t: Translate;
  /**
   * The message's text, cleaned of what nobody sees: whatever is looked up, compared or counted reads this. Empty where
   * there is no text. Only words that go on to people as they were typed are read from the message itself.
   */
  typed: string;
  /** What the tapped button means; null for other updates and for data that is not ours. */
  tap: Tap | null;
  /**
   * The message in which the outcome of a tap is shown: the tapped one or, where that has to stay as it is, a new one
   * below it. Null while there is no such new one, and for what is no tap.
   */
  shownIn: number | null;
  /** The update closed a dialog that was open. */
  leftDialog: boolean;
  /** The dialog that it closed. */
  justLeft: Left | null;
  /** The desk's question that this message answers. */
  answering: Words | null;
  /** Whether the tap was answered. */
  answered: boolean;
  stories: Stories;
}

export type BotContext = ConversationFlavor<Context & Extras>;

export interface FloodOptions {
  person: Rate;
  /** The rate for owners, operators and viewers. */
  staff: Rate;
}
