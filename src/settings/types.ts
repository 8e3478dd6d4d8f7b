/** What can be set from outside, as the program is given it. */
import type { DatabaseAddress } from '../db/address.ts';
import type { Language } from '../core/language.ts';
import type { Tiyin } from '../core/money.ts';
import type { NamedWay } from '../core/payment-systems.ts';

export interface TelegramConfig {
  token: string;
  apiRoot: string;
  /** Updates by webhook at `publicUrl` instead of long polling. */
  webhook: boolean;
}

export interface HttpConfig {
  host: string;
  port: number;
  /** https address under which providers reach this server; null: webhooks are off. */
  publicUrl: string | null;
  webhookSecret: string | null;
  metricsToken: string | null;
  /** X-Forwarded-For is from a proxy of ours, not from strangers. */
  trustProxy: boolean;
}

/** As it is shown, and where a button leads. */
export interface Contact {
  shown: string;
  url: string | null;
}

/** Hours of the day in Tashkent: in the evening and the morning after. Nobody is written to by itself between them. */
export interface QuietHours {
  from: number;
  until: number;
}

interface SupportConfig {
  /** Where "help" leads; null: to tickets, which the staff answers in Telegram. */
  contact: Contact | null;
  /** How long an answer takes at most, as people are told. */
  answerWithinMs: number;
}

export interface TopupConfig {
  minTiyin: Tiyin;
  maxTiyin: Tiyin;
  presetsTiyin: readonly Tiyin[];
  /** What people are offered, in this order; what is not named is hidden. */
  ways: readonly NamedWay[];
  /** Null: each provider's own. */
  ttlMs: number | null;
  latePaymentMs: number;
  /** Largest tail added to a base sum, in whole so'm. */
  uniqueTailMax: number;
  quarantineMs: number;
}

export interface InpayConfig {
  baseUrl: string;
  merchantId: string;
  merchantToken: string;
  requestsPerHour: number;
}

export interface ShopConfig {
  baseUrl: string;
  shopId: string;
  shopKey: string;
  cardNumber: string;
  cardHolder: string;
}

export interface AutopaycardConfig {
  baseUrl: string;
  apiKey: string;
  cards: readonly { number: string; holder: string; gmail: string }[];
  subscriptionPath: string;
}

export interface PaylovConfig {
  client: PaylovSettings;
  /** The operator's card, which pays what balances pay for; null: bills are paid from people's own cards alone. */
  cardId: string | null;
  floatAlertTiyin: Tiyin;
  /** What the operator adds, in hundredths of a percent. */
  feeHundredths: number;
}

/** Who else works with the owner's desk; see `src/staff/staff.ts`. */
export interface StaffConfig {
  operatorIds: readonly number[];
  viewerIds: readonly number[];
  operatorLimitTiyin: Tiyin;
  /** Null: a second person is never needed because of the sum. */
  dualControlAboveTiyin: Tiyin | null;
}

export interface BackupConfig {
  /** Folder of the copies. */
  dir: string;
  /** Daily copies that are kept. */
  keepDays: number;
  /** Public key of age; null: no encrypted twins, and nothing leaves the machine. */
  ageRecipient: string | null;
  /** Sends the encrypted copy to the owners each day. */
  toOwners: boolean;
}

/** A provider is on when its credentials are set. */
export interface ProvidersConfig {
  inpay: InpayConfig | null;
  payfer: ShopConfig | null;
  rasmiypay: ShopConfig | null;
  autopaycard: AutopaycardConfig | null;
}

export interface Config {
  /** `sandbox` when it was asked for, or without any setting for real money: everything on this machine. */
  mode: 'live' | 'sandbox';
  telegram: TelegramConfig;
  /** Telegram ids of the owners. */
  adminIds: readonly number[];
  quietHours: QuietHours;
  staff: StaffConfig;
  /** Where alarms go; null: to every owner. */
  adminChatId: number | null;
  support: SupportConfig;
  database: DatabaseAddress;
  backup: BackupConfig;
  http: HttpConfig;
  log: { level: string; format: 'json' | 'pretty' };
  defaultLanguage: Language;
  pollCron: string;
  topups: TopupConfig;
  providers: ProvidersConfig;
  /** Null: no bills. */
  paylov: PaylovConfig | null;
}

/** paylov.txt has the service methods under both. */
export type ServicePrefix = '' | '/merchant';

export type PaylovSettings = PaylovKeys & {
  /** `https://gw.paylov.uz` */
  baseUrl: string;
  /** Tried first. When the list of services is not found there, the other one is. */
  servicePrefix: ServicePrefix;
};

/** OAuth keys, or a token that is given once and for all. */
export type PaylovKeys =
  | { consumerKey: string; consumerSecret: string; username: string; password: string }
  | { accessToken: string };

export type OAuthKeys = Exclude<PaylovKeys, { accessToken: string }>;
