/** The client of Paylov: paying bills, from the operator's card or the payer's own (paylov.txt). */
import type { PaylovDeps } from './reading.ts';
import { confirmLinking, listCards, removeCard, startLinking } from './cards.ts';
import { fields, info, services } from './catalog.ts';
import { payBill } from './pay.ts';
import { askStatus, createBill } from './payments.ts';
import { createTransactions } from './transactions.ts';
import type { Paylov } from './types.ts';
import { createPaylovWire } from './client.ts';
import type { PaylovSettings } from '../../settings/types.ts';

/** Paylov's `userId` of a Telegram user. */
export function paylovUserId(telegramId: number): string {
  return `tg_${telegramId}`;
}

/** Sends nothing yet. Throws for settings it cannot work with. */
export function createPaylov(settings: PaylovSettings, deps: PaylovDeps): Paylov {
  const wire = createPaylovWire(settings, deps);
  return {
    services: () => services(wire),
    fields: (serviceId) => fields(wire, serviceId),
    info: (request) => info(wire, request),
    create: (request, heard) => createBill(wire, request, heard),
    pay: (request, heard) => payBill(wire, request, heard),
    status: (transactionId, heard) => askStatus(wire, transactionId, heard),
    ...createTransactions(wire),
    startLinking: (request) => startLinking(wire, request),
    confirmLinking: (request) => confirmLinking(wire, request),
    listCards: (userId) => listCards(wire, userId),
    removeCard: (cardId) => removeCard(wire, cardId),
  };
}
