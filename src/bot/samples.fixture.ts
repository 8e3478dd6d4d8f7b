/** Orders, offers, bills and services as tests show them, whatever the rest of the bot is made of. */
import type { Bill } from '../bills/bill.ts';
import type { Field, Service } from '../bills/paylov/types.ts';
import type { ProviderId } from '../core/payment-systems.ts';
import type { PayMethod, Provider } from '../topups/provider.ts';
import type { Topup } from '../topups/topup.ts';
import type { Offer } from '../topups/ways.ts';

export const NOW = Date.UTC(2026, 0, 5, 7);
const TTL_MS = 5 * 60_000;

/** A waiting order of 50 000 so'm whose exact sum is 50 001,50, payable to a card. */
export function sampleTopup(changes: Partial<Topup> = {}): Topup {
  return {
    id: 'K7Q2M9XZ',
    userId: 101,
    provider: 'payfer',
    state: 'waiting',
    reason: null,
    baseTiyin: 5_000_000,
    amountTiyin: 5_000_150,
    paidTiyin: null,
    method: null,
    orderCode: 'CODE000000000001',
    providerOrder: 'their-order-1',
    payUrl: null,
    cardKey: '6478',
    cardHash: null,
    cardNumber: '8600495473316478',
    cardHolder: 'A. <USER>',
    receiptUrl: null,
    screenMessageId: null,
    createdAt: NOW,
    expiresAt: NOW + TTL_MS,
    providerEndsAt: null,
    endedAt: null,
    paidAt: null,
    reportedAt: null,
    reportedPaidAt: null,
    takenBackAt: null,
    takenBackTiyin: null,
    takenBackEnd: null,
    dueAt: null,
    urgency: 1,
    leaseUntil: 0,
    holder: null,
    checkedAt: null,
    checks: 0,
    lastProblem: null,
    cancelWanted: false,
    ...changes,
  };
}

export function sampleOffer(id: ProviderId, changes: Partial<Offer> = {}): Offer {
  const titles = {
    inpay: 'inPAY',
    payfer: 'Payfer',
    rasmiypay: 'RasmiyPay',
    autopaycard: 'AutoPayCard',
  };
  const methods: readonly PayMethod[] = ['click', 'payme', 'any'];
  const limits = { minTiyin: 100_000, maxTiyin: 1_000_000_000 };
  const provider: Provider = {
    id,
    title: titles[id],
    limits,
    ...(id === 'inpay' ? { methods } : {}),
    ttlMs: TTL_MS,
    schedule: [{ everyMs: 10_000, untilMs: Infinity }],
    concurrency: 1,
    minCheckIntervalMs: 0,
    rateLimitPauseMs: 0,
    create: () => Promise.reject(new Error('nobody calls a provider here')),
    check: () => Promise.reject(new Error('nobody calls a provider here')),
  };
  return { provider, availability: 'open', ...limits, ...changes };
}

export function sampleService(changes: Partial<Service> = {}): Service {
  return {
    id: 'power',
    name: 'Плата за электроэнергию',
    category: { id: '3', name: 'Коммунальные услуги' },
    minTiyin: 50_000,
    maxTiyin: 500_000_000,
    hasInfo: true,
    canCancel: false,
    available: true,
    ...changes,
  };
}

export function textField(name: string, changes: Partial<Field> = {}): Field {
  return {
    name,
    title: name,
    type: 'text',
    content: 'number',
    required: true,
    parent: null,
    options: [],
    ...changes,
  };
}

export function selectField(
  name: string,
  options: (string | [value: string, title: string, filter: string])[],
  changes: Partial<Field> = {},
): Field {
  return {
    ...textField(name),
    type: 'select',
    content: 'text',
    options: options.map((option) =>
      typeof option === 'string'
        ? { value: option, title: option, filter: null }
        : { value: option[0], title: option[1], filter: option[2] },
    ),
    ...changes,
  };
}

export function sampleBill(changes: Partial<Bill> = {}): Bill {
  return {
    id: 'BILL1',
    userId: 101,
    serviceId: 'power',
    serviceName: 'Плата за электроэнергию',
    confirmationId: 'CONFIRM1',
    account: { customer_code: '0012345' },
    accountLabels: null,
    details: null,
    amountTiyin: 5_000_000,
    feeTiyin: 0,
    source: 'balance',
    cardId: null,
    cardMask: null,
    state: 'paid',
    reason: null,
    hint: null,
    transactionId: 'T-1',
    otpPhone: null,
    otpTries: 0,
    newCodes: 0,
    unknownSince: null,
    takenBackAt: null,
    evidence: null,
    dueAt: null,
    leaseUntil: 0,
    holder: null,
    checks: 0,
    requestId: null,
    paymentRef: null,
    terminal: null,
    merchant: null,
    paidAt: NOW,
    createdAt: NOW,
    endedAt: NOW,
    ...changes,
  };
}
