/** The cards: the operator's own, whose balance is the float, and those that users linked. */
import type { PaylovErrorCode } from '../../src/bills/paylov/errors.ts';
import type { Random } from '../../src/core/deps.ts';
import { assertTiyin, som, type Tiyin } from '../../src/core/money.ts';
import type { SimulatedCard, SimulatedPaylovEvent } from './types.ts';
import { randomUuid } from './uuid.ts';

export const OPERATOR_CARD_ID = '00000000-0000-4000-a000-00000000f10a';
const OPERATOR = 'operator';
const FLOAT = som(10_000_000);
const BALANCE = som(1_000_000);
const MAX_CARDS = 5000;

interface Card extends SimulatedCard {
  /** While it waits for its code it is known by another id. */
  cid: string;
  isActive: boolean;
  number: string;
}

type AddedCard = { kind: 'added'; cid: string } | { kind: 'refused'; code: PaylovErrorCode };

export interface Bank {
  all(): SimulatedCard[];
  /** A card that can pay for `userId`: the operator's for everybody. */
  find(cardId: string, userId?: string): SimulatedCard | undefined;
  /** A card that waits for its code. */
  add(options: { userId: string; number: string }): AddedCard;
  waiting(cid: string): { userId: string; isActive: boolean } | undefined;
  activate(cid: string): SimulatedCard;
  ofUser(userId: string): SimulatedCard[];
  remove(cardId: string): boolean;
  setBalance(cardId: string, balanceTiyin: Tiyin): void;
  /** Takes money off; a negative sum gives back. */
  charge(cardId: string, amountTiyin: Tiyin): void;
}

/** The last digits of numbers that cannot be linked. */
const REFUSED_ENDINGS: Readonly<Record<string, PaylovErrorCode>> = {
  '0001': 'card_is_blocked',
  '0002': 'sms_not_active',
  '0003': 'card_expired',
  '0004': 'card_has_no_phone',
};

export function createBank(options: {
  random: Random;
  emit: (event: SimulatedPaylovEvent) => void;
}): Bank {
  const { random, emit } = options;
  const operator = operatorCard();
  let cards: Card[] = [operator];

  const active = (): Card[] => cards.filter(({ isActive }) => isActive);
  const known = (cardId: string): Card => {
    const card = active().find((each) => each.cardId === cardId);
    if (!card) throw new Error(`the simulated Paylov has no card ${cardId}`);
    return card;
  };

  return {
    all: () => active().map(visible),
    find: (cardId, userId) => {
      const card = active().find((each) => each.cardId === cardId);
      const isTheirs = userId === undefined || card?.userId === userId || card === operator;
      return card && isTheirs ? visible(card) : undefined;
    },
    ofUser: (userId) =>
      active()
        .filter((card) => card.userId === userId)
        .map(visible),
    add: ({ userId, number }) => {
      const isKnown = active().some((card) => card.number === number && card.userId === userId);
      const code = linkError(number, isKnown);
      if (code !== null) return { kind: 'refused', code };
      const card = newCard(random, { userId, number });
      cards.push(card);
      if (cards.length > MAX_CARDS) cards.splice(1, 1);
      return { kind: 'added', cid: card.cid };
    },
    waiting: (cid) => cards.find((card) => card.cid === cid && card !== operator),
    activate: (cid) => {
      const card = cards.find((each) => each.cid === cid);
      if (!card) throw new Error(`the simulated Paylov links no card ${cid}`);
      card.isActive = true;
      emit({ kind: 'card_linked', card: visible(card) });
      return visible(card);
    },
    remove: (cardId) => {
      const card = active().find((each) => each.cardId === cardId);
      if (!card || card === operator) return false;
      cards = cards.filter((each) => each !== card);
      emit({ kind: 'card_removed', card: visible(card) });
      return true;
    },
    setBalance: (cardId, balanceTiyin) => {
      assertTiyin(balanceTiyin, 'balance');
      known(cardId).balanceTiyin = balanceTiyin;
    },
    charge: (cardId, amountTiyin) => {
      const card = cards.find((each) => each.cardId === cardId);
      if (card) card.balanceTiyin -= amountTiyin;
    },
  };
}

function operatorCard(): Card {
  return {
    cardId: OPERATOR_CARD_ID,
    cid: '',
    userId: OPERATOR,
    mask: '860049******0000',
    number: '',
    balanceTiyin: FLOAT,
    isActive: true,
  };
}

function newCard(random: Random, { userId, number }: { userId: string; number: string }): Card {
  return {
    cardId: randomUuid(random),
    cid: randomUuid(random),
    userId,
    number,
    mask: `${number.slice(0, 6)}******${number.slice(-4)}`,
    balanceTiyin: BALANCE,
    isActive: false,
  };
}

function linkError(number: string, isKnown: boolean): PaylovErrorCode | null {
  if (!/^(?:8600|5614|6262|9860|5440)\d{12}$/.test(number)) return 'invalid_card';
  return isKnown ? 'card_exists' : (REFUSED_ENDINGS[number.slice(-4)] ?? null);
}

function visible({ cardId, userId, mask, balanceTiyin }: Card): SimulatedCard {
  return { cardId, userId, mask, balanceTiyin };
}
