/**
 * The tables, for PostgreSQL: the same rows as in `schema.sqlite.ts`, which says what tables and columns are for. Here
 * stands only what differs. A test compares both files; `npm run types` compares their rows.
 *
 * There are no foreign keys. PostgreSQL checks each by reading the index of the table it points to, and among SERIALIZABLE
 * transactions that counts as having read the page others append to: with three processes most payments then have to
 * run again. What they would refuse can't come about: a row and what it belongs to are written by one function in one
 * transaction, triggers refuse to delete either, and the audit looks for lines without their entry.
 *
 * Only drizzle-kit reads this file, for the migrations: the program builds its queries from the objects of the other
 * one for both engines. Triggers and how full pages are filled are in migrations of their own: drizzle knows neither.
 */
import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  customType,
  index,
  pgTable,
  primaryKey,
  uniqueIndex,
} from 'drizzle-orm/pg-core';

/** Eight bytes, as in SQLite: sums, times and Telegram's ids are larger than four. */
const integer = <Name extends string>(name: Name) => bigint(name, { mode: 'number' });

/**
 * Compared and ordered by bytes, as SQLite does, whatever the collation of the database: that is chosen when it is
 * created, often by a hoster, and in many languages `a` stands before `B`, and `:` counts for nothing. By bytes it is
 * also faster, `like 'topup:%'` finds an index, and an update of the system's languages breaks no index.
 */
const COLLATED_TEXT = 'text collate "C"';

const text = customType<{ data: string; driverData: string }>({ dataType: () => COLLATED_TEXT });

/**
 * Text and not `jsonb`, so that what was written is read word for word: `jsonb` sorts keys anew, and accounts of bills
 * are compared as texts.
 */
const json = customType<{ data: unknown; driverData: string }>({
  dataType: () => COLLATED_TEXT,
  toDriver: (value) => JSON.stringify(value),
  fromDriver: (value) => JSON.parse(value) as unknown,
});

export const meta = pgTable('meta', {
  key: text('key').primaryKey(),
  value: text('value').notNull(),
});

export const processes = pgTable('processes', {
  id: text('id').primaryKey(),
  beat: integer('beat').notNull(),
});

export const duties = pgTable('duties', {
  name: text('name').primaryKey(),
  holder: text('holder'),
  slot: integer('slot').notNull().default(0),
});

export const users = pgTable(
  'users',
  {
    id: integer('id').primaryKey(),
    firstName: text('first_name').notNull().default(''),
    lastName: text('last_name').notNull().default(''),
    username: text('username'),
    language: text('language'),
    telegramLanguage: text('telegram_language'),
    phone: text('phone'),
    searchText: text('search_text').notNull().default(''),
    blockedAt: integer('blocked_at'),
    unreachableAt: integer('unreachable_at'),
    createdAt: integer('created_at').notNull(),
    seenAt: integer('seen_at').notNull(),
  },
  (table) => [
    index('users_username').on(table.username),
    index('users_phone')
      .on(table.phone)
      .where(sql`${table.phone} is not null`),
  ],
);

export const accounts = pgTable(
  'accounts',
  {
    id: text('id').primaryKey(),
    mayBeNegative: boolean('may_be_negative').notNull(),
    balanceTiyin: integer('balance_tiyin').notNull().default(0),
  },
  (table) => [
    check('accounts_not_negative', sql`${table.mayBeNegative} or ${table.balanceTiyin} >= 0`),
    check('accounts_exact', sql`abs(${table.balanceTiyin}) <= 9007199254740991`),
  ],
);

export const entries = pgTable(
  'entries',
  {
    id: integer('id').primaryKey().generatedByDefaultAsIdentity(),
    key: text('key').notNull(),
    bodyHash: text('body_hash').notNull(),
    kind: text('kind').notNull(),
    actor: text('actor').notNull(),
    reason: text('reason'),
    reverses: integer('reverses'),
    createdAt: integer('created_at').notNull(),
  },
  (table) => [
    uniqueIndex('entries_key').on(table.key),
    uniqueIndex('entries_reverses').on(table.reverses),
  ],
);

export const lines = pgTable(
  'lines',
  {
    entryId: integer('entry_id').notNull(),
    position: integer('position').notNull(),
    accountId: text('account_id').notNull(),
    amountTiyin: integer('amount_tiyin').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.entryId, table.position] }),
    index('lines_account').on(table.accountId, table.entryId),
    check('lines_not_zero', sql`${table.amountTiyin} <> 0`),
  ],
);

export const entrySeals = pgTable('entry_seals', {
  entryId: integer('entry_id').primaryKey(),
  hash: text('hash').notNull(),
});

export const holds = pgTable(
  'holds',
  {
    id: text('id').primaryKey(),
    userId: integer('user_id').notNull(),
    amountTiyin: integer('amount_tiyin').notNull(),
    state: text('state').notNull(),
    createdAt: integer('created_at').notNull(),
    endedAt: integer('ended_at'),
  },
  (table) => [
    index('holds_user').on(table.userId, table.state),
    check('holds_state', sql`${table.state} in ('held', 'captured', 'released')`),
    check('holds_positive', sql`${table.amountTiyin} > 0`),
  ],
);

export const topups = pgTable(
  'topups',
  {
    id: text('id').primaryKey(),
    userId: integer('user_id').notNull(),
    provider: text('provider').notNull(),
    state: text('state').notNull(),
    reason: text('reason'),
    baseTiyin: integer('base_tiyin').notNull(),
    amountTiyin: integer('amount_tiyin').notNull(),
    paidTiyin: integer('paid_tiyin'),
    method: text('method'),
    orderCode: text('order_code').notNull(),
    providerOrder: text('provider_order'),
    payUrl: text('pay_url'),
    cardKey: text('card_key'),
    cardHash: text('card_hash'),
    cardNumber: text('card_number'),
    cardHolder: text('card_holder'),
    receiptUrl: text('receipt_url'),
    screenMessageId: integer('screen_message_id'),
    createdAt: integer('created_at').notNull(),
    expiresAt: integer('expires_at').notNull(),
    providerEndsAt: integer('provider_ends_at'),
    endedAt: integer('ended_at'),
    paidAt: integer('paid_at'),
    reportedAt: integer('reported_at'),
    reportedPaidAt: integer('reported_paid_at'),
    takenBackAt: integer('taken_back_at'),
    takenBackTiyin: integer('taken_back_tiyin'),
    takenBackEnd: text('taken_back_end'),
    dueAt: integer('due_at'),
    urgency: integer('urgency').notNull().default(1),
    leaseUntil: integer('lease_until').notNull().default(0),
    holder: text('holder'),
    checkedAt: integer('checked_at'),
    checks: integer('checks').notNull().default(0),
    lastProblem: text('last_problem'),
    cancelWanted: boolean('cancel_wanted').notNull().default(false),
  },
  (table) => [
    uniqueIndex('topups_order_code').on(table.orderCode),
    uniqueIndex('topups_provider_order').on(table.provider, table.providerOrder),
    uniqueIndex('topups_one_live')
      .on(table.userId, table.provider)
      .where(sql`${table.state} in ('creating', 'waiting')`),
    index('topups_due')
      .on(table.provider, table.urgency, table.dueAt)
      .where(sql`${table.dueAt} is not null`),
    index('topups_live')
      .on(table.state, table.expiresAt)
      .where(sql`${table.state} in ('creating', 'waiting', 'review')`),
    index('topups_user').on(table.userId, table.createdAt),
    index('topups_card_sum')
      .on(table.cardHash, table.amountTiyin)
      .where(sql`${table.cardHash} is not null`),
    index('topups_taken_back')
      .on(table.takenBackAt)
      .where(sql`${table.takenBackAt} is not null`),
    check(
      'topups_state',
      sql`${table.state} in ('creating', 'waiting', 'paid', 'expired', 'cancelled', 'failed', 'review', 'refused')`,
    ),
    check('topups_amount', sql`${table.amountTiyin} > 0 and ${table.baseTiyin} > 0`),
  ],
);

export const topupHistory = pgTable(
  'topup_history',
  {
    id: integer('id').primaryKey().generatedByDefaultAsIdentity(),
    topupId: text('topup_id').notNull(),
    at: integer('at').notNull(),
    toState: text('to_state').notNull(),
    cause: text('cause').notNull(),
    note: text('note'),
  },
  (table) => [index('topup_history_topup').on(table.topupId)],
);

export const reservedSums = pgTable(
  'reserved_sums',
  {
    cardHash: text('card_hash').notNull(),
    amountTiyin: integer('amount_tiyin').notNull(),
    topupId: text('topup_id').notNull(),
    userId: integer('user_id').notNull(),
    freeAt: integer('free_at'),
  },
  (table) => [
    primaryKey({ columns: [table.cardHash, table.amountTiyin] }),
    index('reserved_sums_topup').on(table.topupId),
    index('reserved_sums_free').on(table.freeAt),
    index('reserved_sums_user').on(table.userId),
  ],
);

export const takenSums = pgTable(
  'taken_sums',
  {
    provider: text('provider').notNull(),
    cardKey: text('card_key').notNull(),
    amountTiyin: integer('amount_tiyin').notNull(),
    topupId: text('topup_id').notNull(),
    freeAt: integer('free_at'),
  },
  (table) => [
    primaryKey({ columns: [table.provider, table.cardKey, table.amountTiyin] }),
    index('taken_sums_topup').on(table.topupId),
    index('taken_sums_free').on(table.freeAt),
  ],
);

export const providerEvents = pgTable(
  'provider_events',
  {
    id: integer('id').primaryKey().generatedByDefaultAsIdentity(),
    provider: text('provider').notNull(),
    topupId: text('topup_id').notNull(),
    body: text('body').notNull(),
    bodyHash: text('body_hash').notNull(),
    source: text('source').notNull().default('webhook'),
    receivedAt: integer('received_at').notNull(),
  },
  (table) => [
    uniqueIndex('provider_events_once').on(table.topupId, table.bodyHash),
    index('provider_events_received').on(table.receivedAt),
  ],
);

export const providerRequests = pgTable(
  'provider_requests',
  {
    id: integer('id').primaryKey().generatedByDefaultAsIdentity(),
    provider: text('provider').notNull(),
    priority: text('priority').notNull(),
    sentAt: integer('sent_at').notNull(),
    userId: integer('user_id'),
  },
  (table) => [index('provider_requests_sent').on(table.provider, table.sentAt)],
);

export const quotaUses = pgTable(
  'quota_uses',
  {
    id: integer('id').primaryKey().generatedByDefaultAsIdentity(),
    userId: integer('user_id').notNull(),
    action: text('action').notNull(),
    subject: text('subject').notNull().default(''),
    at: integer('at').notNull(),
  },
  (table) => [
    index('quota_uses_user').on(table.userId, table.action, table.subject, table.at),
    index('quota_uses_at').on(table.at),
  ],
);

export const providerStates = pgTable('provider_states', {
  provider: text('provider').primaryKey(),
  pausedAt: integer('paused_at'),
  pausedBy: text('paused_by'),
  trialAt: integer('trial_at'),
  facts: json('facts').$type<unknown>(),
  factsAt: integer('facts_at'),
  restUntil: integer('rest_until').notNull().default(0),
  rateLimitedUntil: integer('rate_limited_until').notNull().default(0),
  failuresInARow: integer('failures_in_a_row').notNull().default(0),
  lastProblem: text('last_problem'),
  lastProblemDetail: text('last_problem_detail'),
  lastProblemAt: integer('last_problem_at'),
  lastAnswerAt: integer('last_answer_at'),
});

export const outbox = pgTable(
  'outbox',
  {
    id: integer('id').primaryKey().generatedByDefaultAsIdentity(),
    key: text('key').notNull(),
    chatId: integer('chat_id').notNull(),
    kind: text('kind').notNull(),
    params: json('params').notNull().$type<Record<string, unknown>>(),
    state: text('state').notNull().default('waiting'),
    dueAt: integer('due_at').notNull(),
    leaseUntil: integer('lease_until').notNull().default(0),
    holder: text('holder'),
    attempts: integer('attempts').notNull().default(0),
    lastError: text('last_error'),
    createdAt: integer('created_at').notNull(),
    sentAt: integer('sent_at'),
  },
  (table) => [
    uniqueIndex('outbox_key').on(table.key),
    index('outbox_due')
      .on(table.dueAt)
      .where(sql`${table.state} = 'waiting'`),
    index('outbox_chat').on(table.chatId, table.id),
    check('outbox_state', sql`${table.state} in ('waiting', 'sent', 'dropped', 'parked')`),
  ],
);

export const inbox = pgTable(
  'inbox',
  {
    updateId: integer('update_id').primaryKey(),
    lane: integer('lane').notNull(),
    update: json('update').notNull().$type<unknown>(),
    receivedAt: integer('received_at').notNull(),
    doneAt: integer('done_at'),
    attempts: integer('attempts').notNull().default(0),
    dueAt: integer('due_at').notNull(),
    leaseUntil: integer('lease_until').notNull().default(0),
    holder: text('holder'),
  },
  (table) => [
    index('inbox_waiting')
      .on(table.lane, table.updateId)
      .where(sql`${table.doneAt} is null`),
    index('inbox_done').on(table.doneAt),
  ],
);

export const chatMoves = pgTable('chat_moves', {
  fromChatId: integer('from_chat_id').primaryKey(),
  toChatId: integer('to_chat_id').notNull(),
  at: integer('at').notNull(),
});

export const conversationStates = pgTable('conversation_states', {
  key: text('key').primaryKey(),
  state: json('state').notNull().$type<unknown>(),
  updatedAt: integer('updated_at').notNull(),
});

export const adminActions = pgTable(
  'admin_actions',
  {
    id: text('id').primaryKey(),
    ownerId: integer('owner_id').notNull(),
    userId: integer('user_id').notNull(),
    kind: text('kind').notNull(),
    subject: text('subject'),
    amountTiyin: integer('amount_tiyin').notNull(),
    beforeTiyin: integer('before_tiyin'),
    reason: text('reason').notNull(),
    state: text('state').notNull(),
    secondId: integer('second_id'),
    createdAt: integer('created_at').notNull(),
    pendingAt: integer('pending_at'),
    endedAt: integer('ended_at'),
  },
  (table) => [
    index('admin_actions_pending')
      .on(table.createdAt)
      .where(sql`${table.state} = 'pending'`),
    index('admin_actions_user').on(table.userId, table.createdAt),
    check(
      'admin_actions_kind',
      sql`${table.kind} in ('credit', 'debit', 'approve', 'review_credit', 'suspense_credit', 'bill_refund', 'bill_paid', 'bill_unpaid', 'taken_back')`,
    ),
    check(
      'admin_actions_state',
      sql`${table.state} in ('asked', 'pending', 'done', 'dropped', 'expired')`,
    ),
    check('admin_actions_positive', sql`${table.amountTiyin} > 0`),
    check(
      'admin_actions_two',
      sql`${table.secondId} is null or ${table.secondId} <> ${table.ownerId}`,
    ),
  ],
);

export const staffLog = pgTable(
  'staff_log',
  {
    id: integer('id').primaryKey().generatedByDefaultAsIdentity(),
    at: integer('at').notNull(),
    staffId: integer('staff_id').notNull(),
    action: text('action').notNull(),
    subject: text('subject'),
    note: text('note'),
  },
  (table) => [index('staff_log_subject').on(table.subject)],
);

export const suspenseItems = pgTable(
  'suspense_items',
  {
    id: text('id').primaryKey(),
    key: text('key').notNull(),
    provider: text('provider').notNull(),
    amountTiyin: integer('amount_tiyin').notNull(),
    kind: text('kind').notNull(),
    topupId: text('topup_id'),
    note: text('note'),
    data: json('data').$type<unknown>(),
    state: text('state').notNull(),
    creditedTo: integer('credited_to'),
    decidedBy: integer('decided_by'),
    createdAt: integer('created_at').notNull(),
    endedAt: integer('ended_at'),
  },
  (table) => [
    uniqueIndex('suspense_items_key').on(table.key),
    index('suspense_items_open')
      .on(table.createdAt)
      .where(sql`${table.state} = 'open'`),
    check('suspense_items_state', sql`${table.state} in ('open', 'credited', 'returned')`),
    check('suspense_items_positive', sql`${table.amountTiyin} > 0`),
  ],
);

export const reports = pgTable(
  'reports',
  {
    kind: text('kind').notNull(),
    day: text('day').notNull(),
    data: json('data').notNull().$type<unknown>(),
    createdAt: integer('created_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.kind, table.day] })],
);

export const broadcasts = pgTable(
  'broadcasts',
  {
    id: text('id').primaryKey(),
    staffId: integer('staff_id').notNull(),
    content: json('content').notNull().$type<unknown>(),
    audience: json('audience').notNull().$type<unknown>(),
    state: text('state').notNull(),
    total: integer('total').notNull().default(0),
    sent: integer('sent').notNull().default(0),
    blocked: integer('blocked').notNull().default(0),
    failed: integer('failed').notNull().default(0),
    cursorUserId: integer('cursor_user_id').notNull().default(0),
    upToUserId: integer('up_to_user_id'),
    progressChatId: integer('progress_chat_id'),
    progressMessageId: integer('progress_message_id'),
    leaseUntil: integer('lease_until').notNull().default(0),
    createdAt: integer('created_at').notNull(),
    startedAt: integer('started_at'),
    endedAt: integer('ended_at'),
  },
  (table) => [
    check(
      'broadcasts_state',
      sql`${table.state} in ('draft', 'running', 'stopped', 'done', 'dropped')`,
    ),
  ],
);

export const alarms = pgTable('alarms', {
  key: text('key').primaryKey(),
  firstAt: integer('first_at').notNull(),
  lastAt: integer('last_at').notNull(),
  toldAt: integer('told_at').notNull(),
  silent: integer('silent').notNull().default(0),
});

export const bills = pgTable(
  'bills',
  {
    id: text('id').primaryKey(),
    userId: integer('user_id').notNull(),
    confirmationId: text('confirmation_id').notNull(),
    serviceId: text('service_id').notNull(),
    serviceName: text('service_name').notNull(),
    account: json('account').notNull().$type<Record<string, string>>(),
    accountLabels: json('account_labels').$type<unknown>(),
    details: json('details').$type<unknown>(),
    amountTiyin: integer('amount_tiyin').notNull(),
    feeTiyin: integer('fee_tiyin').notNull().default(0),
    source: text('source').notNull(),
    cardId: text('card_id'),
    cardMask: text('card_mask'),
    state: text('state').notNull(),
    transactionId: text('transaction_id'),
    reason: text('reason'),
    hint: text('hint'),
    otpPhone: text('otp_phone'),
    otpTries: integer('otp_tries').notNull().default(0),
    newCodes: integer('new_codes').notNull().default(0),
    paymentRef: text('payment_ref'),
    paidAt: integer('paid_at'),
    createdAt: integer('created_at').notNull(),
    endedAt: integer('ended_at'),
    unknownSince: integer('unknown_since'),
    takenBackAt: integer('taken_back_at'),
    evidence: json('evidence').$type<unknown>(),
    dueAt: integer('due_at'),
    leaseUntil: integer('lease_until').notNull().default(0),
    holder: text('holder'),
    checks: integer('checks').notNull().default(0),
  },
  (table) => [
    uniqueIndex('bills_confirmation').on(table.confirmationId),
    uniqueIndex('bills_transaction')
      .on(table.transactionId)
      .where(sql`${table.transactionId} is not null`),
    index('bills_user').on(table.userId, table.createdAt),
    index('bills_ended').on(table.state, table.endedAt),
    index('bills_due')
      .on(table.dueAt)
      .where(sql`${table.dueAt} is not null`),
    index('bills_open')
      .on(table.state, table.leaseUntil)
      .where(sql`${table.state} in ('held', 'created', 'drafting', 'paying')`),
    check(
      'bills_state',
      sql`${table.state} in ('held', 'created', 'drafting', 'awaiting_code', 'paying', 'unknown', 'stuck', 'paid', 'failed', 'refunded')`,
    ),
    check(
      'bills_source',
      sql`(${table.source} = 'balance' and ${table.cardId} is null) or (${table.source} = 'card' and ${table.cardId} is not null)`,
    ),
    check('bills_amount', sql`${table.amountTiyin} > 0 and ${table.feeTiyin} >= 0`),
    check(
      'bills_named',
      sql`${table.transactionId} is not null or ${table.state} in ('held', 'drafting', 'failed')`,
    ),
  ],
);

export const billHistory = pgTable(
  'bill_history',
  {
    id: integer('id').primaryKey().generatedByDefaultAsIdentity(),
    billId: text('bill_id').notNull(),
    at: integer('at').notNull(),
    toState: text('to_state').notNull(),
    cause: text('cause').notNull(),
    transactionId: text('transaction_id'),
    note: text('note'),
  },
  (table) => [
    index('bill_history_bill').on(table.billId),
    index('bill_history_transaction')
      .on(table.transactionId)
      .where(sql`${table.transactionId} is not null`),
  ],
);

export const savedAccounts = pgTable(
  'saved_accounts',
  {
    id: integer('id').primaryKey().generatedByDefaultAsIdentity(),
    userId: integer('user_id').notNull(),
    serviceId: text('service_id').notNull(),
    serviceName: text('service_name').notNull(),
    name: text('name').notNull(),
    account: json('account').notNull().$type<Record<string, string>>(),
    createdAt: integer('created_at').notNull(),
  },
  (table) => [uniqueIndex('saved_accounts_once').on(table.userId, table.serviceId, table.account)],
);

export const cards = pgTable(
  'cards',
  {
    userId: integer('user_id').notNull(),
    cardId: text('card_id').notNull(),
    mask: text('mask').notNull(),
    createdAt: integer('created_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.userId, table.cardId] })],
);
