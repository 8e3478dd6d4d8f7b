/** The client of Paylov: paying bills, from the operator's card or the payer's own (paylov.txt). */
import type { PaylovDeps } from './reading.ts';
import { confirmLinking, listCards, removeCard, startLinking } from './cards.ts';
import { fields, info, services } from './catalog.ts';
import { payBill } from './pay.ts';
import { askStatus, createBill } from './payments.ts';
import { createTransactions } from './transactions.ts';
import type { Paylov } from './types.ts';
import { createPaylovClient } from './client.ts';
import type { PaylovSettings } from '../../settings/types.ts';

/** Paylov's `userId` of a Telegram user. */
export function paylovUserId(telegramId: number): string {
  return `tg_${telegramId}`;
}

/** Sends nothing yet. Throws for settings it cannot work with. */
export function createPaylov(settings: PaylovSettings, deps: PaylovDeps): Paylov {
  const client = createPaylovClient(settings, deps);
  return {
    services: () => services(client),
    fields: (serviceId) => fields(client, serviceId),
    info: (request) => info(client, request),
    create: (request, heard) => createBill(client, request, heard),
    pay: (request, heard) => payBill(client, request, heard),
    status: (transactionId, heard) => askStatus(client, transactionId, heard),
    ...createTransactions(client),
    startLinking: (request) => startLinking(client, request),
    confirmLinking: (request) => confirmLinking(client, request),
    listCards: (userId) => listCards(client, userId),
    removeCard: (cardId) => removeCard(client, cardId),
  };
}
