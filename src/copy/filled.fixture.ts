/** A database with rows in every table, whose books add up, and what is odd enough to get lost on the way. */
import type { Database, Tx } from '../db/database.ts';
import { claimMode } from '../db/mode.ts';
import * as tables from '../db/tables.ts';
import { providerClearing, SUSPENSE, userAvailable } from '../ledger/accounts.ts';
import { capture, hold, release } from '../ledger/holds.ts';
import { post } from '../ledger/ledger.ts';
import { sealEntries } from '../ledger/seals.ts';
import { AT, topupEntry, transfer } from '../testing/ledger.ts';

/** Quotes, braces and backslashes of arrays, words of PostgreSQL, other alphabets, no letter at all. */
export const ODD_TEXTS = [
  '',
  ' ',
  'NULL',
  '{a,"b"}',
  String.raw`\N \\ \x41 \"`,
  "o'zbek “so‘m”; -- %s $1",
  'Ўзбекча 💸\u200d\ufeff',
  'line\r\nline\ttab',
  '\u0001\u007f\ufffd',
];

const ORDER = {
  provider: 'inpay',
  baseTiyin: 500_000,
  amountTiyin: 500_000,
  createdAt: AT,
  expiresAt: AT + 1,
} as const;

const BILL = {
  serviceId: 's',
  account: { phone: '901234567', a: '{"}' },
  amountTiyin: 1000,
  feeTiyin: 10,
  source: 'balance',
  createdAt: AT,
} as const;

/** `mode` is live. */
export async function fill(db: Database): Promise<void> {
  await claimMode(db, 'live');
  await db.tx(async (tx) => {
    for (const [i, text] of ODD_TEXTS.entries()) {
      await tx.insert(tables.users).values({
        id: 5_000_000_000 + i,
        firstName: text,
        phone: i === 0 ? null : text,
        createdAt: AT,
        seenAt: AT,
      });
    }
    await fillOrders(tx);
    await fillBills(tx);
    await fillMessages(tx);
    await fillTickets(tx);
    await fillDesk(tx);
  });
  // Where several processes write, only what was there a minute ago is sealed.
  await sealEntries(db, AT);
  await sealEntries(db, AT + 120_000);
  await db.tx((tx) => post(tx, { ...topupEntry('late', 9, 7), kind: 'test' }));
}

async function fillOrders(tx: Tx): Promise<void> {
  for (let id = 1; id <= 30; id += 1) {
    const state = id % 3 === 0 ? 'paid' : 'expired';
    const row = { ...ORDER, id: `T${id}`, userId: id, state, orderCode: `code-${id}` } as const;
    const isPaid = state === 'paid';
    await tx
      .insert(tables.topups)
      .values({ ...row, paidTiyin: isPaid ? 500_000 : null, cancelWanted: id % 2 === 0 });
    await tx
      .insert(tables.topupHistory)
      .values({ topupId: row.id, at: AT, toState: state, cause: 'poll' });
    if (isPaid) await post(tx, topupEntry(`topup:${row.id}`, id, 500_000));
  }
  await tx
    .insert(tables.reservedSums)
    .values({ cardHash: 'c', amountTiyin: 3, topupId: 'T1', userId: 1 });
  await tx.insert(tables.chatMoves).values({ fromChatId: -1, toChatId: -100, at: AT });
  for (const [i, body] of ODD_TEXTS.entries())
    await tx
      .insert(tables.providerEvents)
      .values({ provider: 'inpay', topupId: 'T1', body, bodyHash: `${i}`, receivedAt: AT });
  await tx
    .insert(tables.providerRequests)
    .values({ provider: 'inpay', priority: 'poll', sentAt: AT, userId: 5_000_000_000 });
  await tx
    .insert(tables.quotaUses)
    .values({ userId: 5_000_000_000, action: 'card_code', subject: '8600 **** **** 1234', at: AT });
  await tx.insert(tables.providerStates).values({ provider: 'inpay', facts: [null, 1.5, 'x'] });
  await tx.insert(tables.suspenseItems).values({
    id: 'S1',
    key: 'manual:1:1',
    provider: 'inpay',
    amountTiyin: 70,
    kind: 'unclaimed',
    state: 'open',
    data: { z: 1, a: [] },
    createdAt: AT,
  });
  await post(tx, {
    key: 'suspense:S1',
    kind: 'suspense',
    actor: 'user:1',
    at: AT,
    lines: transfer(providerClearing('inpay'), SUSPENSE, 70),
  });
}

async function fillBills(tx: Tx): Promise<void> {
  await post(tx, {
    key: 'gift',
    kind: 'test',
    actor: 'system',
    at: AT,
    lines: transfer(providerClearing('inpay'), userAvailable(3), 5000),
  });
  for (const [id, state] of [
    ['B1', 'paid'],
    ['B2', 'failed'],
    ['B3', 'unknown'],
  ] as const) {
    const named = { confirmationId: `c-${id}`, transactionId: `t-${id}`, serviceName: 'Gaz "Ўзб"' };
    await tx.insert(tables.bills).values({
      ...BILL,
      ...named,
      id,
      userId: 3,
      state,
      details: [{ value: '1', title: 'A', name: 'a' }],
      evidence: null,
    });
    await tx
      .insert(tables.billHistory)
      .values({ billId: id, at: AT, toState: state, cause: 'user' });
    await hold(tx, { id: `bill:${id}`, userId: 3, amountTiyin: 1010, at: AT });
  }
  await capture(tx, {
    id: 'bill:B1',
    to: [{ account: providerClearing('paylov'), amountTiyin: 1010 }],
    at: AT,
  });
  await release(tx, { id: 'bill:B2', at: AT });
  await tx.insert(tables.savedAccounts).values({
    userId: 3,
    serviceId: 's',
    serviceName: 'Gaz',
    name: 'Uy',
    account: BILL.account,
    createdAt: AT,
  });
  await tx.insert(tables.homes).values({
    id: 'H1',
    userId: 3,
    name: ODD_TEXTS[6] ?? 'H',
    isTold: true,
    createdAt: AT,
  });
  await tx.insert(tables.homeMembers).values({ homeId: 'H1', userId: 5, joinedAt: AT });
  await tx.insert(tables.homeAccounts).values({ savedId: 1, homeId: 'H1' });
  await tx.insert(tables.homeInvitations).values({
    id: 'I1',
    homeId: 'H1',
    createdAt: AT,
    expiresAt: AT + 1,
    usedBy: 5,
  });
  await tx.insert(tables.waitingBills).values({
    id: 'w',
    userId: 3,
    serviceId: 's',
    serviceName: 'Gaz',
    account: BILL.account,
    amountTiyin: 1000,
    feeTiyin: 0,
    state: 'open',
    createdAt: AT,
    dueAt: AT,
  });
  await tx.insert(tables.watches).values({
    savedId: 1,
    userId: 3,
    day: 31,
    thresholdTiyin: 0,
    period: '2026-02',
    lookDay: '2026-02-28',
    dueAt: AT,
    createdAt: AT,
  });
  await tx.insert(tables.autoPayments).values({
    userId: 3,
    accountKey: 'k',
    period: '2026-02',
    savedId: 1,
    payDay: '2026-02-28',
    owedTiyin: 1000,
    state: 'announced',
    createdAt: AT,
    dueAt: AT,
  });
  await tx.insert(tables.serviceRules).values({
    serviceId: 's',
    debtSign: 'positive',
    saidBy: 9,
    saidAt: AT,
    seen: [{ saldo: '-15105.15 UZS', at: AT }],
  });
  const given = { kind: 'service', key: 's', name: 'Gaz “Ўзб”' } as const;
  await tx.insert(tables.givenNames).values({ ...given, language: 'uz-Cyrl', at: AT });
  await tx
    .insert(tables.cards)
    .values({ userId: 3, cardId: 'card', mask: '8600 **** 1', createdAt: AT });
}

async function fillMessages(tx: Tx): Promise<void> {
  for (const [i, text] of ODD_TEXTS.entries())
    await tx.insert(tables.outbox).values({
      key: `k${i}`,
      chatId: -1_001_234_567_890,
      kind: 'adjustment',
      params: { text, deep: [{ text }] },
      dueAt: AT,
      createdAt: AT,
      leaseUntil: AT + 5,
    });
  await tx.insert(tables.inbox).values({
    updateId: 7,
    orderingKey: 1,
    update: { text: 'nul \0 in JSON' },
    receivedAt: AT,
    dueAt: AT,
  });
  await tx.insert(tables.requests).values({
    id: 'Q1',
    userId: 5,
    kind: 'bill',
    serviceId: 's',
    serviceName: ODD_TEXTS[5],
    account: { a: '{"}' },
    labels: [{ name: 'a', title: ODD_TEXTS[6] ?? '', value: '1' }],
    amountTiyin: 1000,
    state: 'paying',
    payerId: 6,
    billId: 'B1',
    createdAt: AT,
    expiresAt: AT + 1,
  });
  await tx
    .insert(tables.conversationStates)
    .values({ key: '1', state: { version: 3 }, updatedAt: AT });
  await tx.insert(tables.broadcasts).values({
    id: 'R1',
    staffId: 1,
    content: { text: ODD_TEXTS },
    audience: { language: 'uz' },
    state: 'draft',
    createdAt: AT,
  });
}

async function fillTickets(tx: Tx): Promise<void> {
  await tx
    .insert(tables.messagePlaces)
    .values({ chatId: -1_001_234_567_890, messageId: 7, subject: 'ticket:Q1:staff', at: AT });
  await tx.insert(tables.tickets).values({
    id: 'Q1',
    userId: 3,
    about: 'topup:T1',
    state: 'open',
    createdAt: AT,
    waitingSince: AT,
  });
  for (const [i, text] of ODD_TEXTS.entries())
    await tx
      .insert(tables.ticketMessages)
      .values({ ticketId: 'Q1', chatId: 3, messageId: i, kind: 'text', text, at: AT });
}

async function fillDesk(tx: Tx): Promise<void> {
  await tx.insert(tables.adminActions).values({
    id: 'A1',
    ownerId: 1,
    userId: 3,
    kind: 'credit',
    amountTiyin: 5,
    reason: 'why',
    state: 'asked',
    createdAt: AT,
  });
  await tx
    .insert(tables.signIns)
    .values({ hash: 'h', kind: 'session', userId: 1, createdAt: AT, expiresAt: AT + 1 });
  await tx
    .insert(tables.terms)
    .values({ name: 'TOPUP_MAX', value: '5000', changedBy: 1, changedAt: AT });
  await tx
    .insert(tables.staffLog)
    .values({ at: AT, staffId: 1, action: 'block', note: ODD_TEXTS[3] });
  await tx
    .insert(tables.reports)
    .values({ kind: 'digest', day: '2026-01-05', data: { list: ODD_TEXTS }, createdAt: AT });
  await tx.insert(tables.alarms).values({ key: 'alarm', firstAt: AT, lastAt: AT, toldAt: AT });
  await tx.insert(tables.processes).values({ id: 'p1', beat: 4 });
  await tx.insert(tables.duties).values({ name: 'audit', holder: 'p1', slot: 12 });
}
