/** Which payment systems are on: each is when its credentials are set, and half of them is a mistake. */
import { z } from 'zod';
import type { AutopaycardConfig, InpayConfig, ProvidersConfig, ShopConfig } from './types.ts';
import * as kind from './kinds.ts';
import type { SettingsReader } from './reader.ts';
import type { SettingName } from './settings.ts';

interface Circumstances {
  settings: SettingsReader;
  /** In the sandbox made-up card numbers are fine. */
  isLive: boolean;
}

/** Reads all four. In live mode at least one must be on. */
export function readProviders(here: Circumstances): ProvidersConfig {
  const problemsBefore = here.settings.problems.length;
  const providers = {
    inpay: readInpay(here),
    payfer: readShop(here, 'PAYFER', 'https://api.payfer.uz'),
    rasmiypay: readShop(here, 'RASMIYPAY', null),
    autopaycard: readAutopaycard(here),
  };
  const isNoneOn = Object.values(providers).every((provider) => provider === null);
  if (here.isLive && isNoneOn && here.settings.problems.length === problemsBefore) {
    here.settings.problem(
      'INPAY_MERCHANT_ID',
      'is missing, like the credentials of every other payment system',
      'with BOT_TOKEN set, the credentials of at least one of inPAY (INPAY_…), Payfer (PAYFER_…), ' +
        'RasmiyPay (RASMIYPAY_…) or AutoPayCard (AUTOPAYCARD_…)',
    );
  }
  return providers;
}

/** Are any of `names` set? Those that are not are then noted as missing. */
function isWanted({ settings }: Circumstances, names: readonly SettingName[]): boolean {
  const given = names.filter((name) => settings.has(name));
  if (given.length === 0) return false;
  for (const name of names) {
    if (!settings.has(name)) settings.missing(name, `although ${given.join(', ')} is set`);
  }
  return true;
}

function readInpay(here: Circumstances): InpayConfig | null {
  const { settings } = here;
  const baseUrl = settings.read('INPAY_BASE_URL') ?? 'https://inpay.uz/api/v1';
  const requestsPerHour = settings.read('INPAY_REQUESTS_PER_HOUR') ?? 100;
  if (!isWanted(here, ['INPAY_MERCHANT_ID', 'INPAY_MERCHANT_TOKEN'])) return null;
  const merchantId = settings.read('INPAY_MERCHANT_ID');
  const merchantToken = settings.read('INPAY_MERCHANT_TOKEN');
  if (merchantId === undefined || merchantToken === undefined) return null;
  return { baseUrl, merchantId, merchantToken, requestsPerHour };
}

function readShop(
  here: Circumstances,
  prefix: 'PAYFER' | 'RASMIYPAY',
  defaultBaseUrl: string | null,
): ShopConfig | null {
  const { settings } = here;
  const baseUrl = settings.read(`${prefix}_BASE_URL`) ?? defaultBaseUrl;
  const credentials = [
    `${prefix}_SHOP_ID`,
    `${prefix}_SHOP_KEY`,
    `${prefix}_CARD_NUMBER`,
    `${prefix}_CARD_HOLDER`,
  ] as const;
  if (!isWanted(here, credentials)) return null;
  if (defaultBaseUrl === null && !settings.has(`${prefix}_BASE_URL`)) {
    settings.missing(`${prefix}_BASE_URL`, 'and there is no default for it');
  }
  const shopId = settings.read(`${prefix}_SHOP_ID`);
  const shopKey = settings.read(`${prefix}_SHOP_KEY`);
  const cardNumber = settings.read(`${prefix}_CARD_NUMBER`);
  const cardHolder = settings.read(`${prefix}_CARD_HOLDER`);
  const read = { baseUrl, shopId, shopKey, cardNumber, cardHolder };
  return isComplete(read) ? read : null;
}

function isComplete<T extends object>(
  value: T,
): value is { [K in keyof T]: Exclude<T[K], null | undefined> } {
  return Object.values(value).every((each) => each !== undefined && each !== null);
}

const cardList = z
  .array(
    z.object({
      number: z.string('has no "number" in quotes').pipe(kind.cardNumber),
      holder: z.string('has no "holder"').trim().pipe(kind.cardHolder),
      gmail: z
        .string('has no "gmail"')
        .trim()
        .pipe(z.email('has a "gmail" that is no e-mail address')),
    }),
    'is not a list: it must begin with "[" and end with "]"',
  )
  .min(1, 'is an empty list')
  .max(20, 'has more than 20 cards');

function readAutopaycard(here: Circumstances): AutopaycardConfig | null {
  const { settings } = here;
  const baseUrl = settings.read('AUTOPAYCARD_BASE_URL') ?? 'https://api.autopaycard.uz';
  const subscriptionPath = settings.read('AUTOPAYCARD_SUBSCRIPTION_PATH') ?? '/api/subscription';
  if (!isWanted(here, ['AUTOPAYCARD_API_KEY', 'AUTOPAYCARD_CARDS'])) return null;
  const apiKey = settings.read('AUTOPAYCARD_API_KEY');
  const cards = readCards(here);
  if (apiKey === undefined || cards === null) return null;
  return { baseUrl, apiKey, cards, subscriptionPath };
}

function readCards(here: Circumstances): AutopaycardConfig['cards'] | null {
  const { settings } = here;
  const json = settings.read('AUTOPAYCARD_CARDS');
  if (json === undefined) return null;
  const value = parseJson(json);
  if (value === undefined) {
    settings.problem(
      'AUTOPAYCARD_CARDS',
      'is not JSON: look for missing quotes, commas and brackets',
    );
    return null;
  }
  const parsed = cardList.safeParse(value);
  if (!parsed.success) {
    for (const issue of parsed.error.issues) {
      settings.problem('AUTOPAYCARD_CARDS', sentenceOf(issue));
    }
    return null;
  }
  checkCards(here, parsed.data);
  return parsed.data;
}

/** JSON.parse puts the text, and so a card's number, into its error. */
function parseJson(json: string): unknown {
  try {
    return JSON.parse(json) as unknown;
  } catch {
    return undefined;
  }
}

function sentenceOf({ path, message }: z.core.$ZodIssue): string {
  const [index, field] = path;
  if (typeof index !== 'number') return message;
  if (field === undefined) return `card ${index + 1} is not an object in braces`;
  const subject = message.startsWith('has ')
    ? `card ${index + 1}`
    : `card ${index + 1}: "${String(field)}"`;
  return `${subject} ${message}`;
}

function checkCards(here: Circumstances, cards: AutopaycardConfig['cards']): void {
  // AutoPayCard knows cards by these digits alone.
  const endings = new Set(cards.map((card) => card.number.slice(-4)));
  if (endings.size < cards.length) {
    here.settings.problem('AUTOPAYCARD_CARDS', 'has two cards that end with the same four digits');
  }
}
