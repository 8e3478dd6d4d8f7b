/**
 * The tables. Sums are integer tiyin, times are milliseconds since 1970, ids that people see are text. They are written
 * for SQLite, and `schema.postgres.ts` makes PostgreSQL's from them.
 *
 * What a column of few values holds is said here, or by the room that owns the table in a file that knows no tables: the
 * rows that queries give have those types.
 *
 * The triggers that make entries and lines unchangeable are in a migration of their own: drizzle knows no triggers.
 */
import { sql } from 'drizzle-orm';
import {
  check,
  index,
  integer,
  primaryKey,
  sqliteTable,
  text,
  uniqueIndex,
} from 'drizzle-orm/sqlite-core';
import type { PaylovProblemCode } from '../src/bills/paylov/errors.ts';
import type { Detail } from '../src/bills/paylov/types.ts';
import type {
  BillSource,
  BillState,
  Cause as BillCause,
  DebtSign,
  Evidence,
  OwnReason,
  SeenBalance,
} from '../src/bills/states.ts';
import type { Language } from '../src/core/language.ts';
import type { ProviderId } from '../src/core/payment-systems.ts';
import type { AskReason, AutoReason, AutoState, WaitingState } from '../src/monthly/states.ts';
import type { OutboxKind } from '../src/outbox/kinds.ts';
import type { QuotaAction } from '../src/quotas/limits.ts';
import type { RequestKind, RequestState } from '../src/requests/states.ts';
import type { TicketMessageKind, TicketState } from '../src/support/states.ts';
import type { PayMethod, Priority, ProblemCode } from '../src/topups/provider.ts';
import type { Cause as TopupCause, HistoryMark, TopupState } from '../src/topups/states.ts';

/** Facts about the file itself: `mode` is `live` or `sandbox`, so that play money never becomes real. */
export const meta = sqliteTable('meta', {
  key: text('key').primaryKey(),
  value: text('value').notNull(),
});

/** The processes at work on a database that several may share; empty on others. See `src/processes/`. */
export const processes = sqliteTable('processes', {
  id: text('id').primaryKey(),
  /** Goes up while the process lives. Whoever sees it stand still for too long removes the row. */
  beat: integer('beat').notNull(),
});

/** What only one process does at a time: taking updates, sending broadcasts, each job. */
export const duties = sqliteTable('duties', {
  name: text('name').primaryKey(),
  /** A process of `processes`; whoever is not there any more has lost it. Null: nobody. */
  holder: text('holder'),
  /** Of a job, the hour it ran for last; it runs once for each. */
  slot: integer('slot').notNull().default(0),
});

export const users = sqliteTable(
  'users',
  {
    /** Telegram's id; a private chat has the same. */
    id: integer('id').primaryKey(),
    firstName: text('first_name').notNull().default(''),
    lastName: text('last_name').notNull().default(''),
    /** Without @, as Telegram spells it. */
    username: text('username'),
    /** Chosen by the user; null follows Telegram's. */
    language: text('language'),
    telegramLanguage: text('telegram_language'),
    /** Digits with the country code; only what the person shared as their own contact. */
    phone: text('phone'),
    /** Names in small Latin letters, so that a part of a name is found in either alphabet. */
    searchText: text('search_text').notNull().default(''),
    /** An owner shut this person out. */
    blockedAt: integer('blocked_at'),
    /** The person blocked the bot; messages wait for the next /start. */
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

export const accounts = sqliteTable(
  'accounts',
  {
    /** `user:<id>:available`, `provider:<id>`, `suspense` … see `src/ledger/accounts.ts`. */
    id: text('id').primaryKey(),
    /** May the balance fall below zero? Never for what belongs to a user. */
    mayBeNegative: integer('may_be_negative', { mode: 'boolean' }).notNull(),
    balanceTiyin: integer('balance_tiyin').notNull().default(0),
  },
  (table) => [
    check('accounts_not_negative', sql`${table.mayBeNegative} = 1 or ${table.balanceTiyin} >= 0`),
    // Beyond this a JavaScript number would round money.
    check('accounts_exact', sql`abs(${table.balanceTiyin}) <= 9007199254740991`),
  ],
);

export const entries = sqliteTable(
  'entries',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    /** What makes posting it twice harmless: `topup:<order>`, `bill:<id>:hold` … */
    key: text('key').notNull(),
    bodyHash: text('body_hash').notNull(),
    kind: text('kind').notNull(),
    /** Who caused it: `system` or `user:<Telegram id>`. */
    actor: text('actor').notNull(),
    reason: text('reason'),
    /** The entry this one undoes. */
    reverses: integer('reverses'),
    createdAt: integer('created_at').notNull(),
  },
  (table) => [
    uniqueIndex('entries_key').on(table.key),
    uniqueIndex('entries_reverses').on(table.reverses),
  ],
);

export const lines = sqliteTable(
  'lines',
  {
    entryId: integer('entry_id')
      .notNull()
      .references(() => entries.id),
    position: integer('position').notNull(),
    accountId: text('account_id')
      .notNull()
      .references(() => accounts.id),
    amountTiyin: integer('amount_tiyin').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.entryId, table.position] }),
    index('lines_account').on(table.accountId, table.entryId),
    check('lines_not_zero', sql`${table.amountTiyin} <> 0`),
  ],
);

/**
 * A hash over each entry, its lines and the hash before it, written shortly after the entry by a job of its own, so
 * that posting does not wait for the one before. Rows are never changed or deleted (triggers refuse).
 */
export const entrySeals = sqliteTable('entry_seals', {
  entryId: integer('entry_id')
    .primaryKey()
    .references(() => entries.id),
  hash: text('hash').notNull(),
});

export const holds = sqliteTable(
  'holds',
  {
    id: text('id').primaryKey(),
    userId: integer('user_id').notNull(),
    amountTiyin: integer('amount_tiyin').notNull(),
    /** `held` → `captured` or `released`. */
    state: text('state').$type<'held' | 'captured' | 'released'>().notNull(),
    createdAt: integer('created_at').notNull(),
    endedAt: integer('ended_at'),
  },
  (table) => [
    index('holds_user').on(table.userId, table.state),
    check('holds_state', sql`${table.state} in ('held', 'captured', 'released')`),
    check('holds_positive', sql`${table.amountTiyin} > 0`),
  ],
);

export const topups = sqliteTable(
  'topups',
  {
    /** Short, for people. */
    id: text('id').primaryKey(),
    userId: integer('user_id').notNull(),
    provider: text('provider').$type<ProviderId>().notNull(),
    state: text('state').$type<TopupState>().notNull(),
    /** Why it failed. */
    reason: text('reason').$type<ProblemCode | 'interrupted' | 'busy'>(),
    /** What the user asked for. */
    baseTiyin: integer('base_tiyin').notNull(),
    /** What must be paid exactly; known once the provider or we picked it. */
    amountTiyin: integer('amount_tiyin').notNull(),
    paidTiyin: integer('paid_tiyin'),
    method: text('method').$type<PayMethod>(),
    /** Our secret code for the provider. */
    orderCode: text('order_code').notNull(),
    /** The provider's name for it. */
    providerOrder: text('provider_order'),
    payUrl: text('pay_url'),
    cardKey: text('card_key'),
    /** Which card is paid to, by a keyed hash of its whole number: the same card at two systems has the same hash. */
    cardHash: text('card_hash'),
    /** The operator's card as it was shown, so that the screen stays true when settings change. */
    cardNumber: text('card_number'),
    cardHolder: text('card_holder'),
    receiptUrl: text('receipt_url'),
    /** Where the order's screen stands in the chat. */
    screenMessageId: integer('screen_message_id'),
    createdAt: integer('created_at').notNull(),
    expiresAt: integer('expires_at').notNull(),
    /** When it ends at the provider, which may not hear of our end: its sum rests from here on. */
    providerEndsAt: integer('provider_ends_at'),
    endedAt: integer('ended_at'),
    paidAt: integer('paid_at'),
    /** The last webhook about it: the status call may lag behind by seconds. */
    reportedAt: integer('reported_at'),
    /** The first webhook that said paid; owners hear when the status call goes on denying it. */
    reportedPaidAt: integer('reported_paid_at'),
    /** After the credit the provider said that it was not paid, or paid less: when, and how much is gone. */
    takenBackAt: integer('taken_back_at'),
    takenBackTiyin: integer('taken_back_tiyin'),
    /** What an owner did about it. */
    takenBackEnd: text('taken_back_end').$type<'debited' | 'left'>(),
    /** When it is looked at next; null is never. */
    dueAt: integer('due_at'),
    /** Its place in the line, the lowest first: see `src/topups/turns.ts`. */
    urgency: integer('urgency').$type<0 | 1 | 2>().notNull().default(1),
    leaseUntil: integer('lease_until').notNull().default(0),
    /** The process that has it, where there are several; set with the lease. */
    holder: text('holder'),
    checkedAt: integer('checked_at'),
    checks: integer('checks').notNull().default(0),
    /** The last problem met while checking. */
    lastProblem: text('last_problem').$type<ProblemCode>(),
    /** The order is over here, and the provider has still to be told. */
    cancelWanted: integer('cancel_wanted', { mode: 'boolean' }).notNull().default(false),
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

export const topupHistory = sqliteTable(
  'topup_history',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    topupId: text('topup_id')
      .notNull()
      .references(() => topups.id),
    at: integer('at').notNull(),
    toState: text('to_state').$type<TopupState | HistoryMark>().notNull(),
    cause: text('cause').$type<TopupCause>().notNull(),
    note: text('note'),
  },
  (table) => [index('topup_history_topup').on(table.topupId)],
);

/** Sums nobody else may get on a card, whichever system it is linked at: of live orders, and a while after their end. */
export const reservedSums = sqliteTable(
  'reserved_sums',
  {
    /** As in `topups`. */
    cardHash: text('card_hash').notNull(),
    amountTiyin: integer('amount_tiyin').notNull(),
    topupId: text('topup_id').notNull(),
    /** Whose order: nobody holds many. */
    userId: integer('user_id').notNull(),
    /** Null while the order lives. */
    freeAt: integer('free_at'),
  },
  (table) => [
    primaryKey({ columns: [table.cardHash, table.amountTiyin] }),
    index('reserved_sums_topup').on(table.topupId),
    index('reserved_sums_free').on(table.freeAt),
    index('reserved_sums_user').on(table.userId),
  ],
);

/** What providers told us, word for word, before anything is made of it. */
export const providerEvents = sqliteTable(
  'provider_events',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    provider: text('provider').$type<ProviderId | 'paylov'>().notNull(),
    topupId: text('topup_id').notNull(),
    body: text('body').notNull(),
    bodyHash: text('body_hash').notNull(),
    /** `webhook`: sent to us; `answer`: what our question was answered with. */
    source: text('source').$type<'webhook' | 'answer'>().notNull().default('webhook'),
    receivedAt: integer('received_at').notNull(),
  },
  (table) => [
    uniqueIndex('provider_events_once').on(table.topupId, table.bodyHash),
    index('provider_events_received').on(table.receivedAt),
  ],
);

/** Requests sent to a provider whose requests are rationed; rows older than its period are dropped. */
export const providerRequests = sqliteTable(
  'provider_requests',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    provider: text('provider').$type<ProviderId>().notNull(),
    priority: text('priority').$type<Priority>().notNull(),
    sentAt: integer('sent_at').notNull(),
    /** Whose order it was about, where it counts to a person's share. */
    userId: integer('user_id'),
  },
  (table) => [index('provider_requests_sent').on(table.provider, table.sentAt)],
);

/** What people did that costs others something, each time a row: so often each may within an hour and a day. */
export const quotaUses = sqliteTable(
  'quota_uses',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    userId: integer('user_id').notNull(),
    action: text('action').$type<QuotaAction>().notNull(),
    /** The card whose code was tried, by its mask; empty where a person's uses count together. */
    subject: text('subject').notNull().default(''),
    at: integer('at').notNull(),
  },
  (table) => [
    index('quota_uses_user').on(table.userId, table.action, table.subject, table.at),
    index('quota_uses_at').on(table.at),
  ],
);

export const providerStates = sqliteTable('provider_states', {
  provider: text('provider').$type<ProviderId>().primaryKey(),
  /** Users see it as unavailable. */
  pausedAt: integer('paused_at'),
  /** `system` after repeated failures, `owner:<id>` for a person's decision. */
  pausedBy: text('paused_by'),
  /** When a pause by the system ends by itself to see whether the provider is back. */
  trialAt: integer('trial_at'),
  /** What the provider last said of our account there: facts of the hourly health check. */
  facts: text('facts', { mode: 'json' }).$type<unknown>(),
  factsAt: integer('facts_at'),
  /** No polling before this: it failed. */
  restUntil: integer('rest_until').notNull().default(0),
  /** No checks at all before this: it said 429. */
  rateLimitedUntil: integer('rate_limited_until').notNull().default(0),
  failuresInARow: integer('failures_in_a_row').notNull().default(0),
  lastProblem: text('last_problem').$type<ProblemCode>(),
  lastProblemDetail: text('last_problem_detail'),
  lastProblemAt: integer('last_problem_at'),
  lastAnswerAt: integer('last_answer_at'),
});

/** Messages that must arrive. */
export const outbox = sqliteTable(
  'outbox',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    /** What makes asking twice harmless: `topup:<id>:paid`. */
    key: text('key').notNull(),
    chatId: integer('chat_id').notNull(),
    kind: text('kind').$type<OutboxKind>().notNull(),
    params: text('params', { mode: 'json' }).notNull().$type<Record<string, unknown>>(),
    /** `waiting` → `sent`, `dropped`; `parked` while the chat or Telegram does not take it. */
    state: text('state')
      .$type<'waiting' | 'sent' | 'dropped' | 'parked'>()
      .notNull()
      .default('waiting'),
    dueAt: integer('due_at').notNull(),
    leaseUntil: integer('lease_until').notNull().default(0),
    /** The process that has it, where there are several; set with the lease. */
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

/** Where messages stand that are about something: an answer to one is about that, and it can be changed later. */
export const messagePlaces = sqliteTable(
  'message_places',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    chatId: integer('chat_id').notNull(),
    messageId: integer('message_id').notNull(),
    /** What it is about, and to whom: `ticket:<id>:user`, `ticket:<id>:staff` … */
    subject: text('subject').notNull(),
    at: integer('at').notNull(),
  },
  (table) => [
    uniqueIndex('message_places_once').on(table.chatId, table.messageId),
    index('message_places_subject').on(table.subject),
    index('message_places_at').on(table.at),
  ],
);

/** Telegram's updates, stored before anything is done with them. */
export const inbox = sqliteTable(
  'inbox',
  {
    updateId: integer('update_id').primaryKey(),
    /** Updates of one orderingKey are handled one after another; a private chat is a orderingKey. */
    orderingKey: integer('lane').notNull(),
    update: text('update', { mode: 'json' }).notNull().$type<unknown>(),
    receivedAt: integer('received_at').notNull(),
    doneAt: integer('done_at'),
    attempts: integer('attempts').notNull().default(0),
    dueAt: integer('due_at').notNull(),
    leaseUntil: integer('lease_until').notNull().default(0),
    /** The process that has it, where there are several; set with the lease. */
    holder: text('holder'),
  },
  (table) => [
    index('inbox_waiting')
      .on(table.orderingKey, table.updateId)
      .where(sql`${table.doneAt} is null`),
    index('inbox_done').on(table.doneAt),
  ],
);

/** Groups that became supergroups: what is for the old one goes to the new one. */
export const chatMoves = sqliteTable('chat_moves', {
  fromChatId: integer('from_chat_id').primaryKey(),
  toChatId: integer('to_chat_id').notNull(),
  at: integer('at').notNull(),
});

/** Where dialogs stand, by chat. */
export const conversationStates = sqliteTable('conversation_states', {
  key: text('key').primaryKey(),
  state: text('state', { mode: 'json' }).notNull().$type<unknown>(),
  updatedAt: integer('updated_at').notNull(),
});

/** What somebody of the staff is about to do to money; done once however often it is confirmed. */
export const adminActions = sqliteTable(
  'admin_actions',
  {
    id: text('id').primaryKey(),
    /** Who asked for it. */
    ownerId: integer('owner_id').notNull(),
    /** Whose money it is; of a term, who asked. */
    userId: integer('user_id').notNull(),
    kind: text('kind')
      .$type<
        | 'credit'
        | 'debit'
        | 'approve'
        | 'review_credit'
        | 'suspense_credit'
        | 'bill_refund'
        | 'bill_paid'
        | 'bill_unpaid'
        | 'taken_back'
        | 'term'
      >()
      .notNull(),
    /** The order, bill or suspense item it is about. */
    subject: text('subject'),
    /** Zero where no money moves by it. */
    amountTiyin: integer('amount_tiyin').notNull(),
    /** The person's balance as the question showed it: another one is asked anew. */
    beforeTiyin: integer('before_tiyin'),
    reason: text('reason').notNull(),
    /** `asked` → (`pending`: waits for a second person) → `done`, `dropped` or `expired`. */
    state: text('state').$type<'asked' | 'pending' | 'done' | 'dropped' | 'expired'>().notNull(),
    /** The second person, where one was needed. */
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
    index('admin_actions_amount').on(table.amountTiyin, table.userId),
    check(
      'admin_actions_kind',
      sql`${table.kind} in ('credit', 'debit', 'approve', 'review_credit', 'suspense_credit', 'bill_refund', 'bill_paid', 'bill_unpaid', 'taken_back', 'term')`,
    ),
    check(
      'admin_actions_state',
      sql`${table.state} in ('asked', 'pending', 'done', 'dropped', 'expired')`,
    ),
    check('admin_actions_positive', sql`${table.amountTiyin} > 0 or ${table.kind} = 'term'`),
    check(
      'admin_actions_two',
      sql`${table.secondId} is null or ${table.secondId} <> ${table.ownerId}`,
    ),
  ],
);

/** What owners chose live instead of what the environment says; what is not here is as it says. See `src/settings/terms.ts`. */
export const terms = sqliteTable('terms', {
  /** Named as in the environment. */
  name: text('name').primaryKey(),
  /** In the words of the environment. */
  value: text('value').notNull(),
  changedBy: integer('changed_by').notNull(),
  /** The second person, where one was needed. */
  secondId: integer('second_id'),
  changedAt: integer('changed_at').notNull(),
});

/** Links and sessions of the staff's web page, as hashes; see `src/staff/sign-ins.ts`. */
export const signIns = sqliteTable(
  'sign_ins',
  {
    hash: text('hash').primaryKey(),
    /** A link is good once, and becomes a session. */
    kind: text('kind').$type<'link' | 'session'>().notNull(),
    userId: integer('user_id').notNull(),
    createdAt: integer('created_at').notNull(),
    expiresAt: integer('expires_at').notNull(),
  },
  (table) => [index('sign_ins_user').on(table.userId)],
);

/** What the staff did, beside what the books tell: blocking, pausing, messages, exports. Never changed. */
export const staffLog = sqliteTable(
  'staff_log',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    at: integer('at').notNull(),
    staffId: integer('staff_id').notNull(),
    /** `block`, `pause`, `message`, `export` … */
    action: text('action').notNull(),
    /** The user, provider, order or bill it is about. */
    subject: text('subject'),
    note: text('note'),
  },
  (table) => [index('staff_log_subject').on(table.subject)],
);

/** Money that came and is nobody's yet, beside orders in review: paid twice, found at the provider only. */
export const suspenseItems = sqliteTable(
  'suspense_items',
  {
    /** Short, for people. */
    id: text('id').primaryKey(),
    /** What makes writing it down twice harmless: `topup:<id>:second`, `manual:<chat>:<message>` … */
    key: text('key').notNull(),
    provider: text('provider').$type<ProviderId>().notNull(),
    amountTiyin: integer('amount_tiyin').notNull(),
    kind: text('kind').$type<'twice' | 'late' | 'other_sum' | 'unclaimed' | 'mistaken'>().notNull(),
    /** The order it came with, when one is known. */
    topupId: text('topup_id'),
    note: text('note'),
    data: text('data', { mode: 'json' }).$type<unknown>(),
    /** `open` → `credited` or `returned`; what is `mistaken` was returned to where it had been taken from in the books. */
    state: text('state').$type<'open' | 'credited' | 'returned'>().notNull(),
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
    index('suspense_items_amount').on(table.amountTiyin),
    check('suspense_items_state', sql`${table.state} in ('open', 'credited', 'returned')`),
    check('suspense_items_positive', sql`${table.amountTiyin} > 0`),
  ],
);

/** What jobs found out about a day: digests, reconciliations, daily figures. One of a kind for each day. */
export const reports = sqliteTable(
  'reports',
  {
    kind: text('kind')
      .$type<'shop' | 'uptime' | 'digest' | 'bills' | 'backup' | 'figures' | 'audit'>()
      .notNull(),
    /** In Tashkent, `YYYY-MM-DD`. */
    day: text('day').notNull(),
    data: text('data', { mode: 'json' }).notNull().$type<unknown>(),
    createdAt: integer('created_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.kind, table.day] })],
);

/** Messages to many. */
export const broadcasts = sqliteTable(
  'broadcasts',
  {
    id: text('id').primaryKey(),
    staffId: integer('staff_id').notNull(),
    /** Text or photo, as it will be sent. */
    content: text('content', { mode: 'json' }).notNull().$type<unknown>(),
    /** All, a language, or those seen lately. */
    audience: text('audience', { mode: 'json' }).notNull().$type<unknown>(),
    /** `draft` → `running` → `done`, `stopped` or `dropped`. */
    state: text('state').$type<'draft' | 'running' | 'stopped' | 'done' | 'dropped'>().notNull(),
    total: integer('total').notNull().default(0),
    sent: integer('sent').notNull().default(0),
    blocked: integer('blocked').notNull().default(0),
    failed: integer('failed').notNull().default(0),
    /** Everybody up to this user has been served. */
    cursorUserId: integer('cursor_user_id').notNull().default(0),
    /** Nobody who came later is part of the audience. */
    upToUserId: integer('up_to_user_id'),
    /** The message that shows the progress. */
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

/** Alarms already raised, so that one trouble is one message. */
export const alarms = sqliteTable('alarms', {
  key: text('key').primaryKey(),
  firstAt: integer('first_at').notNull(),
  lastAt: integer('last_at').notNull(),
  toldAt: integer('told_at').notNull(),
  /** Times since owners were told. */
  silent: integer('silent').notNull().default(0),
});

/** Bills paid through Paylov, and those that were not. */
export const bills = sqliteTable(
  'bills',
  {
    /** Short, for people. */
    id: text('id').primaryKey(),
    userId: integer('user_id').notNull(),
    /** Of the screen that was confirmed: a second tap finds the same bill. */
    confirmationId: text('confirmation_id').notNull(),
    serviceId: text('service_id').notNull(),
    serviceName: text('service_name').notNull(),
    /** The user's answers by field name, names in alphabetical order, so that equal accounts are equal texts. */
    account: text('account', { mode: 'json' }).notNull().$type<Record<string, string>>(),
    /**
     * The answers as the user saw them at the confirmation: field, its title, and what the value means. Null for older
     * bills, which have only their `account`.
     */
    accountLabels: text('account_labels', { mode: 'json' }).$type<Detail[]>(),
    /** What Paylov said of the account when the transaction was made; null until then, and where it said nothing. */
    details: text('details', { mode: 'json' }).$type<Detail[]>(),
    amountTiyin: integer('amount_tiyin').notNull(),
    /** On top of the amount; the balance pays both. */
    feeTiyin: integer('fee_tiyin').notNull().default(0),
    source: text('source').$type<BillSource>().notNull(),
    /** The user's own card, by Paylov's id; null when the balance pays. */
    cardId: text('card_id'),
    cardMask: text('card_mask'),
    state: text('state').$type<BillState>().notNull(),
    /** Paylov's name for it, stored before anything is paid. */
    transactionId: text('transaction_id'),
    /** Why it failed, or what is unclear. */
    reason: text('reason').$type<PaylovProblemCode | OwnReason>(),
    /** What Paylov's words mean for the user beyond the reason: that a waste bill has to be paid before. */
    hint: text('hint').$type<'waste_unpaid'>(),
    /** The masked phone the code went to. */
    otpPhone: text('otp_phone'),
    otpTries: integer('otp_tries').notNull().default(0),
    /** Further transactions made because a code was used up. */
    newCodes: integer('new_codes').notNull().default(0),
    paymentRef: text('payment_ref'),
    /** The bank's terminal and merchant that Paylov names with a payment. */
    terminal: text('terminal'),
    merchant: text('merchant'),
    /** For display: Paylov's clock where it says one. */
    paidAt: integer('paid_at'),
    createdAt: integer('created_at').notNull(),
    endedAt: integer('ended_at'),
    unknownSince: integer('unknown_since'),
    /** After it was paid Paylov said that it was not. */
    takenBackAt: integer('taken_back_at'),
    /** What an owner decides on. */
    evidence: text('evidence', { mode: 'json' }).$type<Evidence>(),
    /** When it is looked at next; null is never. */
    dueAt: integer('due_at'),
    leaseUntil: integer('lease_until').notNull().default(0),
    /** The process that has it, where there are several; set with the lease. */
    holder: text('holder'),
    checks: integer('checks').notNull().default(0),
    /** The request of somebody else that it is paid for. */
    requestId: text('request_id'),
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
    // Nothing is paid that could not be asked about.
    check(
      'bills_named',
      sql`${table.transactionId} is not null or ${table.state} in ('held', 'drafting', 'failed')`,
    ),
  ],
);

export const billHistory = sqliteTable(
  'bill_history',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    billId: text('bill_id')
      .notNull()
      .references(() => bills.id),
    at: integer('at').notNull(),
    toState: text('to_state').$type<BillState>().notNull(),
    cause: text('cause').$type<BillCause>().notNull(),
    /** Paylov's transaction from this step on, also when another one replaces it later. */
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

/** What somebody asks others to pay for them. See `src/requests/`. */
export const requests = sqliteTable(
  'requests',
  {
    /** Short, for people; the link to it is signed. */
    id: text('id').primaryKey(),
    /** Who asks. */
    userId: integer('user_id').notNull(),
    kind: text('kind').$type<RequestKind>().notNull(),
    /** Of a bill; null where money is asked onto the balance. */
    serviceId: text('service_id'),
    serviceName: text('service_name'),
    account: text('account', { mode: 'json' }).$type<Record<string, string>>(),
    labels: text('labels', { mode: 'json' }).$type<Detail[]>(),
    /** Without the fee, which is the payer's. */
    amountTiyin: integer('amount_tiyin').notNull(),
    state: text('state').$type<RequestState>().notNull(),
    /** Who pays, or paid; null while it is open. */
    payerId: integer('payer_id'),
    /** The payer's bill for it. */
    billId: text('bill_id'),
    createdAt: integer('created_at').notNull(),
    expiresAt: integer('expires_at').notNull(),
    endedAt: integer('ended_at'),
  },
  (table) => [
    index('requests_user').on(table.userId, table.createdAt),
    check('requests_state', sql`${table.state} in ('open', 'paying', 'paid', 'withdrawn')`),
    check(
      'requests_kind',
      sql`(${table.kind} = 'balance' and ${table.serviceId} is null) or (${table.kind} = 'bill' and ${table.serviceId} is not null)`,
    ),
    check(
      'requests_payer',
      sql`(${table.state} in ('paying', 'paid')) = (${table.payerId} is not null)`,
    ),
  ],
);

/** What owners know of services that Paylov does not say. */
export const serviceRules = sqliteTable(
  'service_rules',
  {
    serviceId: text('service_id').primaryKey(),
    debtSign: text('debt_sign').$type<DebtSign>().notNull().default('unknown'),
    /** Who of the staff said so; null until somebody did. */
    saidBy: integer('said_by'),
    saidAt: integer('said_at'),
    /** Its latest answers about accounts, newest first: an owner looks at them to say which sign is a debt. */
    seen: text('seen', { mode: 'json' }).notNull().$type<SeenBalance[]>(),
  },
  (table) => [
    check('service_rules_sign', sql`${table.debtSign} in ('negative', 'positive', 'unknown')`),
  ],
);

/** What owners call Paylov's categories, services and fields, and ways to top up, in each language. */
export const givenNames = sqliteTable(
  'given_names',
  {
    kind: text('kind').$type<'category' | 'service' | 'field' | 'way'>().notNull(),
    /** Paylov's id; of a field its name and title; of a way `payfer`, `click`, `transfer` … */
    key: text('key').notNull(),
    language: text('language').$type<Language>().notNull(),
    name: text('name').notNull(),
    at: integer('at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.kind, table.key, table.language] })],
);

/** Accounts a user pays again. */
export const savedAccounts = sqliteTable(
  'saved_accounts',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    userId: integer('user_id').notNull(),
    serviceId: text('service_id').notNull(),
    serviceName: text('service_name').notNull(),
    name: text('name').notNull(),
    /** As in `bills`. */
    account: text('account', { mode: 'json' }).notNull().$type<Record<string, string>>(),
    createdAt: integer('created_at').notNull(),
  },
  (table) => [uniqueIndex('saved_accounts_once').on(table.userId, table.serviceId, table.account)],
);

/** Saved accounts of one person that others may see and pay: the owner made it and invites the others. See `src/homes/`. */
export const homes = sqliteTable(
  'homes',
  {
    /** Short. */
    id: text('id').primaryKey(),
    /** The owner. */
    userId: integer('user_id').notNull(),
    name: text('name').notNull(),
    /** Its people hear of what one of them has paid for it. */
    isTold: integer('is_told', { mode: 'boolean' }).notNull().default(false),
    createdAt: integer('created_at').notNull(),
  },
  (table) => [
    index('homes_user').on(table.userId),
    check('homes_name', sql`length(${table.name}) > 0`),
  ],
);

/** Who was invited to a home and came. The owner is none of them. */
export const homeMembers = sqliteTable(
  'home_members',
  {
    homeId: text('home_id').notNull(),
    userId: integer('user_id').notNull(),
    joinedAt: integer('joined_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.homeId, table.userId] }),
    index('home_members_user').on(table.userId),
  ],
);

/** Which of its owner's saved accounts lie in a home: each in one at most. */
export const homeAccounts = sqliteTable(
  'home_accounts',
  {
    savedId: integer('saved_id').primaryKey(),
    homeId: text('home_id').notNull(),
  },
  (table) => [index('home_accounts_home').on(table.homeId)],
);

/** Links into a home, each for one person. */
export const homeInvitations = sqliteTable(
  'home_invitations',
  {
    /** Short; the link to it is signed. */
    id: text('id').primaryKey(),
    homeId: text('home_id').notNull(),
    createdAt: integer('created_at').notNull(),
    expiresAt: integer('expires_at').notNull(),
    /** Who came by it; null: nobody yet. */
    usedBy: integer('used_by'),
  },
  (table) => [index('home_invitations_home').on(table.homeId, table.expiresAt)],
);

/** Users' own cards, linked at Paylov. A number is never kept. */
export const cards = sqliteTable(
  'cards',
  {
    userId: integer('user_id').notNull(),
    cardId: text('card_id').notNull(),
    mask: text('mask').notNull(),
    createdAt: integer('created_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.userId, table.cardId] })],
);

/** What people asked of the staff, each with all that was written about it. */
export const tickets = sqliteTable(
  'tickets',
  {
    /** Short, for people. */
    id: text('id').primaryKey(),
    userId: integer('user_id').notNull(),
    /** The payment it is about, `topup:<id>` or `bill:<id>`; empty: none. */
    about: text('about').notNull().default(''),
    /** `open`: the staff's turn; `answered`: the person's; `closed`. */
    state: text('state').$type<TicketState>().notNull(),
    createdAt: integer('created_at').notNull(),
    /** Since when the person waits for an answer; null while it is not the staff's turn. */
    waitingSince: integer('waiting_since'),
    /** The first answer. */
    answeredAt: integer('answered_at'),
    closedAt: integer('closed_at'),
    /** Who closed it: its person, or somebody of the staff. */
    closedBy: integer('closed_by'),
  },
  (table) => [
    uniqueIndex('tickets_one_open')
      .on(table.userId, table.about)
      .where(sql`${table.state} in ('open', 'answered')`),
    index('tickets_waiting')
      .on(table.waitingSince)
      .where(sql`${table.waitingSince} is not null`),
    index('tickets_user').on(table.userId, table.createdAt),
    index('tickets_created').on(table.createdAt),
    check('tickets_state', sql`${table.state} in ('open', 'answered', 'closed')`),
    check('tickets_turn', sql`(${table.state} = 'open') = (${table.waitingSince} is not null)`),
  ],
);

/** What was written in them, by either side. Pictures and documents stay in the chat where they were sent. */
export const ticketMessages = sqliteTable(
  'ticket_messages',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    ticketId: text('ticket_id')
      .notNull()
      .references(() => tickets.id),
    /** Who of the staff wrote it; null: its person. */
    staffId: integer('staff_id'),
    /** Where it was written. */
    chatId: integer('chat_id').notNull(),
    messageId: integer('message_id').notNull(),
    kind: text('kind').$type<TicketMessageKind>().notNull(),
    /** Its text, or what stands below the picture. */
    text: text('text').notNull(),
    at: integer('at').notNull(),
  },
  (table) => [
    uniqueIndex('ticket_messages_once').on(table.chatId, table.messageId),
    index('ticket_messages_ticket').on(table.ticketId, table.id),
    check('ticket_messages_kind', sql`${table.kind} in ('text', 'photo', 'document')`),
  ],
);

/** Bills that wait for a top-up and then go on by themselves, as their payer agreed to. */
export const waitingBills = sqliteTable(
  'waiting_bills',
  {
    /** Also the confirmation's of the bill that comes of it: however often it is tried, there is one. */
    id: text('id').primaryKey(),
    userId: integer('user_id').notNull(),
    serviceId: text('service_id').notNull(),
    serviceName: text('service_name').notNull(),
    /** As in `bills`. */
    account: text('account', { mode: 'json' }).notNull().$type<Record<string, string>>(),
    accountLabels: text('account_labels', { mode: 'json' }).$type<Detail[]>(),
    amountTiyin: integer('amount_tiyin').notNull(),
    /** As it was agreed to: with another one the payer is asked. */
    feeTiyin: integer('fee_tiyin').notNull(),
    /** `open` → `paid` (there is a bill, whatever becomes of it), `asks` (the payer is asked) or `dropped`. */
    state: text('state').$type<WaitingState>().notNull(),
    /** Why the payer is asked. */
    reason: text('reason').$type<AskReason>(),
    createdAt: integer('created_at').notNull(),
    endedAt: integer('ended_at'),
    /** When it is looked at next. */
    dueAt: integer('due_at').notNull(),
    leaseUntil: integer('lease_until').notNull().default(0),
  },
  (table) => [
    index('waiting_bills_open')
      .on(table.dueAt)
      .where(sql`${table.state} = 'open'`),
    index('waiting_bills_user').on(table.userId, table.createdAt),
    check('waiting_bills_state', sql`${table.state} in ('open', 'paid', 'asks', 'dropped')`),
    check('waiting_bills_positive', sql`${table.amountTiyin} > 0 and ${table.feeTiyin} >= 0`),
  ],
);

/** Saved accounts that are looked at once a month, on their own day. */
export const watches = sqliteTable(
  'watches',
  {
    /** Of the saved account. */
    savedId: integer('saved_id').primaryKey(),
    userId: integer('user_id').notNull(),
    /** Of the month; one that a month does not have is its last. */
    day: integer('day').notNull(),
    /** Less than this is not told of. */
    thresholdTiyin: integer('threshold_tiyin').notNull(),
    /** `YYYY-MM`: the month that it is looked at for next, and the day whose night that is. */
    period: text('period').notNull(),
    lookDay: text('look_day').notNull(),
    /** When it is looked at next. */
    dueAt: integer('due_at').notNull(),
    leaseUntil: integer('lease_until').notNull().default(0),
    /** Looks in vain for this month. */
    tries: integer('tries').notNull().default(0),
    /** What the last look found, for which month: null is nothing owed, or it is done with. */
    lookedAt: integer('looked_at'),
    lookedPeriod: text('looked_period'),
    owedTiyin: integer('owed_tiyin'),
    /** The service did not answer all night. */
    isMissed: integer('is_missed', { mode: 'boolean' }).notNull().default(false),
    /** The day from which on it waits to be told; null: there is nothing to tell. */
    tellDay: text('tell_day'),
    /** It pays itself from the balance, up to this with the fee; null: it does not. */
    autoCapTiyin: integer('auto_cap_tiyin'),
    /** Whose it was when that was agreed to, as the service says it. */
    autoOwner: text('auto_owner'),
    /** In a row. */
    autoFailures: integer('auto_failures').notNull().default(0),
    createdAt: integer('created_at').notNull(),
  },
  (table) => [
    index('watches_user').on(table.userId),
    index('watches_due').on(table.dueAt),
    index('watches_tell')
      .on(table.tellDay)
      .where(sql`${table.tellDay} is not null`),
    check('watches_day', sql`${table.day} between 1 and 31`),
    check('watches_threshold', sql`${table.thresholdTiyin} >= 0`),
  ],
);

/** The one attempt of an account to pay itself in a month: its key makes a second one impossible. */
export const autoPayments = sqliteTable(
  'auto_payments',
  {
    userId: integer('user_id').notNull(),
    /** Of service and account, under whatever name it is saved. */
    accountKey: text('account_key').notNull(),
    /** `YYYY-MM`. */
    period: text('period').notNull(),
    savedId: integer('saved_id').notNull(),
    /** `YYYY-MM-DD` in Tashkent: the day after it was told of. */
    payDay: text('pay_day').notNull(),
    /** As it was told of. */
    owedTiyin: integer('owed_tiyin').notNull(),
    /** What was to be paid, once it is known. */
    amountTiyin: integer('amount_tiyin'),
    feeTiyin: integer('fee_tiyin'),
    /** `announced` → `going` (its bill is written) → `paid`, `failed`; or `failed`, `skipped` without a bill. */
    state: text('state').$type<AutoState>().notNull(),
    reason: text('reason').$type<AutoReason>(),
    createdAt: integer('created_at').notNull(),
    endedAt: integer('ended_at'),
    /** When it is gone on with. */
    dueAt: integer('due_at').notNull(),
    leaseUntil: integer('lease_until').notNull().default(0),
  },
  (table) => [
    primaryKey({ columns: [table.userId, table.accountKey, table.period] }),
    // Nor do two people's agreements pay one account twice.
    uniqueIndex('auto_payments_once')
      .on(table.accountKey, table.period)
      .where(sql`${table.state} in ('going', 'paid')`),
    index('auto_payments_open')
      .on(table.dueAt)
      .where(sql`${table.state} in ('announced', 'going')`),
    index('auto_payments_ended').on(table.endedAt),
    check(
      'auto_payments_state',
      sql`${table.state} in ('announced', 'going', 'paid', 'failed', 'skipped')`,
    ),
    check('auto_payments_positive', sql`${table.owedTiyin} > 0`),
  ],
);
