/** How people may top up now, and which payment systems open an order of each way. Pure. */
import type { Tiyin } from '../core/money.ts';
import type { NamedWay, Way } from '../core/payment-systems.ts';
import type { PayMethod, Provider } from './provider.ts';

/** A payment system, as things stand with it. */
export interface Offer {
  provider: Provider;
  /** `paused` by an owner; `troubled`: it does not answer properly now. */
  availability: 'open' | 'paused' | 'troubled';
  /** The provider's limits narrowed by ours; in tiyin. */
  minTiyin: Tiyin;
  maxTiyin: Tiyin;
}

/** One way to top up, as it is offered. */
export interface OfferedWay {
  way: Way;
  /** What the payment system is told; null where there is nothing to tell. */
  method: PayMethod | null;
  /** The payment systems behind it, best first; at least one. */
  offers: readonly Offer[];
  /** How the best of its payment systems is. */
  availability: Offer['availability'];
  /** The limits within which at least one of them opens an order; in tiyin. */
  minTiyin: Tiyin;
  maxTiyin: Tiyin;
}

export interface TopupWays {
  /** What is offered at first: all transfers to a card are one. */
  few: readonly OfferedWay[];
  /** Every way by its name. */
  all: readonly OfferedWay[];
}

/** The ways of the owner's list that there are, in its order. A way that is not on the list is hidden. */
export function waysOf(offers: readonly Offer[], list: readonly NamedWay[]): TopupWays {
  const all = list.flatMap((way) => named(way, offers));
  const transfers = all.filter(isTransfer);
  const knows = all.some(({ way }) => way === 'click' || way === 'payme');
  const few = all
    // Whoever knows neither Click nor Payme may still choose on the page.
    .filter(({ way }) => !(way === 'inpay' && knows))
    .filter((each) => !isTransfer(each) || each === transfers[0])
    .map((each) => (isTransfer(each) ? together(transfers) : each));
  return { few, all };
}

/** A way by its name, whether it is among the few or not. */
export function findWay({ few, all }: TopupWays, way: Way): OfferedWay | undefined {
  return [...few, ...all].find((each) => each.way === way);
}

/** The payment systems that may open an order of this sum, best first. */
export function systemsFor({ offers }: OfferedWay, sumTiyin: Tiyin): Offer[] {
  return offers.filter((offer) => offer.availability !== 'paused' && takes(offer, sumTiyin));
}

/** Whether it takes an order of this sum, as far as its limits go. */
export function takes(
  { minTiyin, maxTiyin }: { minTiyin: Tiyin; maxTiyin: Tiyin },
  sumTiyin: Tiyin,
): boolean {
  return sumTiyin >= minTiyin && sumTiyin <= maxTiyin;
}

function named(way: NamedWay, offers: readonly Offer[]): OfferedWay[] {
  const id = way === 'click' || way === 'payme' ? 'inpay' : way;
  const offer = offers.find(({ provider }) => provider.id === id);
  if (!offer) return [];
  const { methods = [] } = offer.provider;
  const method = way === 'click' || way === 'payme' ? way : 'any';
  if (!methods.includes(method)) return method === 'any' ? [one(way, null, offer)] : [];
  return [one(way, method, offer)];
}

function one(way: NamedWay, method: PayMethod | null, offer: Offer): OfferedWay {
  const { availability, minTiyin, maxTiyin } = offer;
  return { way, method, offers: [offer], availability, minTiyin, maxTiyin };
}

function isTransfer({ way }: OfferedWay): boolean {
  return way !== 'click' && way !== 'payme' && way !== 'inpay';
}

const HEALTH = { open: 0, troubled: 1, paused: 2 } as const;

/** A payer sees a card and a sum, whichever system looks for the transfer. No document of them names a fee for payers. */
function together(transfers: readonly OfferedWay[]): OfferedWay {
  const offers = transfers
    .flatMap((each) => each.offers)
    .toSorted((a, b) => HEALTH[a.availability] - HEALTH[b.availability]);
  const open = offers.filter(({ availability }) => availability !== 'paused');
  const usable = open.length > 0 ? open : offers;
  return {
    way: 'transfer',
    method: null,
    offers,
    availability: offers[0]?.availability ?? 'paused',
    minTiyin: Math.min(...usable.map(({ minTiyin }) => minTiyin)),
    maxTiyin: Math.max(...usable.map(({ maxTiyin }) => maxTiyin)),
  };
}
