/** What works but is probably not meant, each a sentence for the operator. */
import type { Config, ProvidersConfig } from './types.ts';
import { isEncrypted, isLoopback, passesLuhn } from './kinds.ts';

/** What the operator is free to want and should know of. */
export function doubts(config: Config): string[] {
  const { mode, adminIds, adminChatId, telegram, providers } = config;
  if (mode === 'sandbox') return [];
  const addresses = {
    TELEGRAM_API_ROOT: telegram.apiRoot,
    INPAY_BASE_URL: providers.inpay?.baseUrl,
    PAYFER_BASE_URL: providers.payfer?.baseUrl,
    RASMIYPAY_BASE_URL: providers.rasmiypay?.baseUrl,
    AUTOPAYCARD_BASE_URL: providers.autopaycard?.baseUrl,
    PAYLOV_BASE_URL: config.paylov?.client.baseUrl,
  };
  const plain = Object.entries(addresses)
    .filter(([, url]) => url !== undefined && !isEncrypted(url) && !isLoopback(url))
    .map(([name]) => `${name} is not an https address: keys travel to it for everybody to read.`);
  const doubtful = [
    ...plain,
    ...nothingOffered(config),
    ...doubtfulCards(providers),
    ...sharedCards(providers),
  ];
  if (adminIds.length > 0) return doubtful;
  const unheard = adminChatId === null ? ' and alarms reach nobody' : '';
  return [...doubtful, `ADMIN_IDS is empty: nobody can use the owner's commands${unheard}.`];
}

/** Not refused: an owner may want to close top-ups for a while. */
function nothingOffered({ providers, topups }: Config): string[] {
  const isOffered = topups.ways.some((way) => {
    return providers[way === 'click' || way === 'payme' ? 'inpay' : way] !== null;
  });
  if (isOffered) return [];
  return ['TOPUP_ORDER names no payment system that is set up: nobody is offered a top-up.'];
}

interface Card {
  system: string;
  setting: string;
  number: string;
}

function cardsOf({ payfer, rasmiypay, autopaycard }: ProvidersConfig): Card[] {
  const cards: (Omit<Card, 'number'> & { number: string | undefined })[] = [
    { system: 'Payfer', setting: 'PAYFER_CARD_NUMBER', number: payfer?.cardNumber },
    { system: 'RasmiyPay', setting: 'RASMIYPAY_CARD_NUMBER', number: rasmiypay?.cardNumber },
    ...(autopaycard?.cards ?? []).map(({ number }, index) => ({
      system: 'AutoPayCard',
      setting: `AUTOPAYCARD_CARDS (card ${index + 1})`,
      number,
    })),
  ];
  return cards.filter((card): card is Card => card.number !== undefined);
}

/** Not refused: what a card is, only its bank knows. */
function doubtfulCards(providers: ProvidersConfig): string[] {
  return cardsOf(providers)
    .filter(({ number }) => !passesLuhn(number))
    .map(
      ({ setting }) =>
        `${setting} has a wrong digit: its check digit does not fit. People would pay to it.`,
    );
}

const listed = new Intl.ListFormat('en');

/** Many owners have exactly one card: it works, and they should know what it comes to. */
function sharedCards(providers: ProvidersConfig): string[] {
  const byNumber = Map.groupBy(cardsOf(providers), ({ number }) => number);
  return [...byNumber]
    .map(([number, cards]) => ({ number, systems: [...new Set(cards.map((card) => card.system))] }))
    .filter(({ systems }) => systems.length > 1)
    .map(
      ({ number, systems }) =>
        `${listed.format(systems)} transfer to the same card ending in ${number.slice(-4)}: sums are kept apart ` +
        `across ${systems.length === 2 ? 'both' : 'all of them'}. Which of them a transfer was for can't be told apart: ` +
        'a payment that two of them report is credited once, and an owner decides about the second.',
    );
}
