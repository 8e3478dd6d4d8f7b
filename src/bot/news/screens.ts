/** Messages that the program sends by itself. */
import type { InlineKeyboardButton } from 'grammy/types';
import type { Tiyin } from '../../core/money.ts';
import type { AlarmParams } from '../../outbox/kinds.ts';
import type { Ending } from '../../topups/find.ts';
import type { SuspenseItem } from '../../topups/suspense.ts';
import type { Topup } from '../../topups/topup.ts';
import type { UserRow } from '../../users/users.ts';
import { deskButton } from '../desk/kit/feature.ts';
import { againButton, wayOf } from '../topup/screens.ts';
import type { Translate } from '../locales/texts.ts';
import { clip, dateTime, escapeHtml, money, personName } from '../kit/format.ts';
import { PROVIDER_TITLES, wayTitle } from '../kit/way-title.ts';
import { PAYLOV_PROBLEMS, type PaylovProblemCode } from '../../bills/paylov/errors.ts';
import { paylovProblemWords } from '../desk/kit/paylov-words.ts';
import { reasonWords } from '../desk/kit/step-words.ts';
import { billAction, billBackRows } from '../desk/bills/bills-screens.ts';
import { reviewRows } from '../desk/orders/orders-screens.ts';
import { orderAction } from '../desk/kit/payments-screens.ts';
import { suspenseAction } from '../desk/suspense/suspense-screens.ts';
import { ticketAction } from '../desk/support/screens.ts';
import { NOWHERE } from '../kit/origin.ts';
import {
  button,
  helpButton,
  linkButton,
  menuButton,
  receiptButton,
  record,
  type Screen,
  screen,
} from '../kit/screen.ts';
import {
  takenBackAlarm,
  takenBackOver,
  takenBackWays,
  unconfirmedAlarm,
} from '../desk/orders/taken-back-screens.ts';
import { type Hand, handLines } from '../desk/kit/by-hand-screens.ts';
import { type Twin, twinLines } from '../desk/kit/twins-screens.ts';
import { isTwin } from '../../topups/twins.ts';

const DATABASE_TROUBLES = {
  gone: 'alarm-database-gone',
  damaged: 'alarm-database-damaged',
  unwritable: 'alarm-database-unwritable',
} as const;

const MAX_FINDINGS = 10;
const MAX_QUOTE_LENGTH = 300;

/** What was paid, or the order's own sum while that is not known. */
function received(topup: Topup): Tiyin {
  return topup.paidTiyin ?? topup.amountTiyin;
}

export function paidMessage(
  t: Translate,
  options: {
    topup: Topup;
    /** How the order had ended before. */
    ending: Ending | null;
    availableTiyin: Tiyin;
    /** Whether a bill waits for this money. */
    continues?: boolean;
  },
): Screen {
  const { topup, ending, availableTiyin, continues = false } = options;
  return record(
    [
      t('message-paid', { sum: money(t, received(topup)), id: topup.id }),
      ending === null ? null : t(`message-paid-${ending}`),
      t('message-balance', { sum: money(t, availableTiyin) }),
    ],
    [
      [continues ? button(t('button-pay-continue'), { kind: 'pay_continue' }) : null],
      [
        receiptButton(t, { kind: 'topup', id: topup.id }),
        linkButton(t('button-fiscal'), topup.receiptUrl),
      ],
      [button(t('menu-history'), { kind: 'history', offset: 0 }), menuButton(t)],
    ],
  );
}

export function userReviewMessage(t: Translate, topup: Topup): Screen {
  return record(
    [
      t(isTwin(topup) ? 'message-review-same' : 'message-review', {
        id: topup.id,
        paid: money(t, received(topup)),
        sum: money(t, topup.amountTiyin),
      }),
    ],
    [
      [button(t('button-steps'), { kind: 'topup_steps', topupId: topup.id, from: NOWHERE })],
      [helpButton(t, { kind: 'topup', id: topup.id }), menuButton(t)],
    ],
  );
}

export function refusedMessage(t: Translate, topup: Topup): Screen {
  return record(
    [t('message-refused', { id: topup.id, paid: money(t, received(topup)) })],
    [[helpButton(t, { kind: 'topup', id: topup.id }), menuButton(t)]],
  );
}

/** Its money was put on the balance by hand before: only what came beyond that is added. */
export function sameMoneyMessage(
  t: Translate,
  {
    topup,
    givenAt,
    restTiyin,
    availableTiyin,
  }: { topup: Topup; givenAt: number; restTiyin: Tiyin; availableTiyin: Tiyin },
): Screen {
  const values = { id: topup.id, paid: money(t, received(topup)), date: dateTime(givenAt) };
  return record(
    [
      t('message-same', values),
      restTiyin > 0 ? t('message-same-rest', { rest: money(t, restTiyin) }) : null,
      t('message-balance', { sum: money(t, availableTiyin) }),
    ],
    [[helpButton(t, { kind: 'topup', id: topup.id }), menuButton(t)]],
  );
}

export function interruptedMessage(t: Translate, topup: Topup): Screen {
  const values = { id: topup.id, provider: escapeHtml(wayTitle(t, topup.provider)) };
  const again = againButton(t, { way: wayOf(topup), sumTiyin: topup.baseTiyin });
  const help = helpButton(t, { kind: 'topup', id: topup.id });
  return record([t('message-interrupted', values)], [[again], [help, menuButton(t)]]);
}

export function adjustmentMessage(
  t: Translate,
  {
    amountTiyin,
    reason,
    availableTiyin,
  }: { amountTiyin: Tiyin; reason: string; availableTiyin: Tiyin },
): Screen {
  const key = amountTiyin < 0 ? 'message-debited' : 'message-credited';
  return record(
    [
      t(key, { sum: money(t, Math.abs(amountTiyin)) }),
      t('message-reason', { reason: escapeHtml(clip(reason, 300)) }),
      t('message-balance', { sum: money(t, availableTiyin) }),
    ],
    [[menuButton(t)]],
  );
}

export function suspenseCreditedMessage(
  t: Translate,
  { item, availableTiyin }: { item: SuspenseItem; availableTiyin: Tiyin },
): Screen {
  return record(
    [
      t('payments-message-suspense-credited', {
        sum: money(t, item.amountTiyin),
        date: dateTime(item.createdAt),
      }),
      t('message-balance', { sum: money(t, availableTiyin) }),
    ],
    [[menuButton(t)]],
  );
}

export function reviewMessage(
  t: Translate,
  { topup, user, twins, hands }: Twin & { twins: readonly Twin[]; hands: readonly Hand[] },
): Screen {
  return screen(
    [
      t(isTwin(topup) ? 'owner-review-same' : 'owner-review', {
        id: topup.id,
        provider: PROVIDER_TITLES[topup.provider],
        sum: money(t, topup.amountTiyin),
        paid: money(t, received(topup)),
        date: dateTime(topup.createdAt),
      }),
      t('owner-money-user', { name: user ? personName(user) : '—', id: String(topup.userId) }),
      ...twinLines(t, { topup, user, twins }),
      ...(hands.length > 0 ? ['', ...handLines(t, hands)] : []),
    ],
    [
      ...reviewRows(t, topup.id, { same: hands.length > 0 }),
      [orderAction(t('button-owner-details'), 'show', topup.id)],
    ],
  );
}

/** `person`: whom the alarm is about, where that is somebody known; `chatId`: who reads it. */
export function alarmMessage(
  t: Translate,
  {
    alarm,
    times,
    chatId,
    person,
  }: { alarm: AlarmParams; times: number; chatId: number; person: UserRow | null },
): Screen {
  const lines =
    alarm.kind === 'own_credit'
      ? ownCreditLines(t, alarm, { chatId, person })
      : alarmLines(t, alarm);
  return screen(
    [...lines, times > 1 ? t('alarm-times', { times: String(times) }) : null],
    alarmWays(t, alarm),
  );
}

function alarmWays(t: Translate, alarm: AlarmParams): InlineKeyboardButton[][] {
  if (alarm.kind === 'bills_paused') {
    return [[billAction(t('button-bills-resume'), 'resume', '')]];
  }
  const details = t('button-owner-details');
  if (alarm.kind === 'second_payment' && alarm.itemId !== null) {
    return [[suspenseAction(details, 'show', alarm.itemId)]];
  }
  if (alarm.kind === 'taken_back') return takenBackWays(t, alarm);
  if (alarm.kind === 'bill_taken_back') {
    return [
      ...billBackRows(t, { id: alarm.billId, source: alarm.source }),
      [billAction(details, 'show', alarm.billId)],
    ];
  }
  if (alarm.kind === 'bill_paid_again') return [[billAction(details, 'show', alarm.billId)]];
  if ('topupId' in alarm) {
    return [[orderAction(details, 'show', alarm.topupId)]];
  }
  return deskWays(t, alarm);
}

/** A problem of Paylov's in words for whoever has to do something about it; the code is for Paylov's support. */
function paylovWords(t: Translate, problem: PaylovProblemCode): string {
  const words = PAYLOV_PROBLEMS[problem].operatorMustAct
    ? t(`alarm-paylov-${problem}`)
    : reasonWords(t, 'bill', problem);
  return `${words} <code>${problem}</code>`;
}

type AlarmOf<K extends AlarmParams['kind']> = Extract<AlarmParams, { kind: K }>;

const ALARM_LINES: {
  [K in AlarmParams['kind']]: (t: Translate, alarm: AlarmOf<K>) => string[];
} = {
  provider_problem: (t, { provider, problem, detail }) => [
    t('alarm-provider', { provider: PROVIDER_TITLES[provider] }),
    t(`alarm-problem-${problem}`),
    ...(detail === undefined ? [] : [quote(clip(detail, MAX_QUOTE_LENGTH))]),
  ],
  provider_paused: (t, alarm) => providerPausedLines(t, alarm),
  provider_resumed: (t, { provider, pausedAt }) => [
    t('alarm-provider-resumed', {
      provider: PROVIDER_TITLES[provider],
      since: dateTime(pausedAt),
    }),
  ],
  float_low: (t, { leftTiyin, alertTiyin }) => [
    t('alarm-float-low', { left: money(t, leftTiyin), alert: money(t, alertTiyin) }),
  ],
  float_short: (t, { leftTiyin, neededTiyin }) => [
    t('alarm-float-short', { left: money(t, leftTiyin), needed: money(t, neededTiyin) }),
  ],
  float_old: (t, { leftTiyin, neededTiyin, writtenAt }) => [
    t('alarm-float-old', {
      left: money(t, leftTiyin),
      needed: money(t, neededTiyin),
      date: dateTime(writtenAt),
    }),
  ],
  float_needed: (t, { leftTiyin, neededTiyin }) => [
    t('alarm-float-needed', { left: money(t, leftTiyin), needed: money(t, neededTiyin) }),
  ],
  unreadable_payment: (t, { provider, topupId: id, detail }) => [
    t('alarm-unreadable-payment', { provider: PROVIDER_TITLES[provider], id }),
    ...(detail === undefined ? [] : [quote(clip(detail, MAX_QUOTE_LENGTH))]),
  ],
  unknown_word: (t, { provider, topupId: id, word, ...about }) => [
    t(unknownWordKey(about), { provider: PROVIDER_TITLES[provider], id }),
    quote(clip(word === '' ? '—' : word, MAX_QUOTE_LENGTH)),
  ],
  paid_unopened: (t, { provider, topupId: id }) => [
    t('alarm-paid-unopened', { provider: PROVIDER_TITLES[provider], id }),
  ],
  second_payment: (t, { provider, topupId: id, itemId }) => [
    t(itemId === null ? 'payments-alarm-second-hint' : 'payments-alarm-second', {
      provider: PROVIDER_TITLES[provider],
      id,
    }),
  ],
  reported_not_confirmed: (t, alarm) => unconfirmedAlarm(t, alarm),
  taken_back: (t, alarm) => takenBackAlarm(t, alarm),
  taken_back_over: (t, alarm) => takenBackOver(t, alarm),
  bill_taken_back: (t, { billId: id, amountTiyin, source }) => {
    const key = source === 'card' ? 'taken-back-bill-alarm-card' : 'taken-back-bill-alarm';
    return [t(key, { id, sum: money(t, amountTiyin) })];
  },
  bill_paid_again: (t, { billId: id }) => [t('taken-back-bill-over', { id })],
  bills_paused: (t, { problem }) => [t('alarm-bills-paused'), paylovWords(t, problem)],
  paylov_problem: (t, { problem, detail }) => [
    t('alarm-paylov-problem'),
    paylovWords(t, problem),
    ...(detail === undefined ? [] : [quote(clip(detail, MAX_QUOTE_LENGTH))]),
  ],
  bills_differ: (t, { findings }) => [
    t('alarm-bills-differ'),
    ...findings.slice(0, MAX_FINDINGS).map((finding) => quote(clip(finding, MAX_QUOTE_LENGTH))),
  ],
  bills_not_compared: (t, { day, problem, nextAt }) => [
    t('alarm-bills-not-compared', {
      day: day.split('-').toReversed().join('.'),
      next: dateTime(nextAt),
      why: paylovProblemWords(t, { code: problem }),
    }),
  ],
  bills_unserved: (t, { bills, heldTiyin }) => [
    t('alarm-bills-unserved', { count: String(bills), sum: money(t, heldTiyin) }),
  ],
  topups_unserved: (t, { provider, orders }) => [
    t('alarm-topups-unserved', {
      provider: PROVIDER_TITLES[provider],
      count: String(orders),
    }),
  ],
  books_broken: (t, { findings }) => [
    t('alarm-books-broken'),
    ...findings.slice(0, MAX_FINDINGS).map((finding) => quote(clip(finding, MAX_QUOTE_LENGTH))),
  ],
  backup_failed: (t, { trouble, detail }) => [
    t(`alarm-backup-${trouble}`),
    ...(detail === undefined ? [] : [quote(clip(detail, MAX_QUOTE_LENGTH))]),
  ],
  database_trouble: (t, { trouble, detail }) => [
    t(DATABASE_TROUBLES[trouble]),
    quote(clip(detail, MAX_QUOTE_LENGTH)),
  ],
  many_alarms: (t, { count, subjects }) => [
    t('alarm-many', { count: String(count) }),
    ...subjects.slice(0, MAX_FINDINGS).map((each) => quote(clip(each, MAX_QUOTE_LENGTH))),
  ],
  // The real text depends on who reads it: see ownCreditLines.
  own_credit: (t, alarm) => ownCreditLines(t, alarm, { chatId: 0, person: null }),
  chat_moved: (t, { fromChatId, toChatId }) => [
    t('alarm-chat-moved', { from: String(fromChatId), to: String(toChatId) }),
  ],
  chat_silent: (t, { chatId, reason, waiting }) => [
    t('alarm-chat-silent', { chat: String(chatId), count: String(waiting) }),
    quote(clip(reason, MAX_QUOTE_LENGTH)),
  ],
  restored_ahead: (t, { notedAt, now }) => [
    t('alarm-restored-ahead', { noted: dateTime(notedAt), now: dateTime(now) }),
  ],
  clock_jumped: (t, { wallAt, countedAt }) => [
    t('alarm-clock-jumped', { wall: dateTime(wallAt), counted: dateTime(countedAt) }),
  ],
  ticket_waits: (t, { ticketId: id, waitingSince }) => [
    t('alarm-ticket-waits', { id, since: dateTime(waitingSince) }),
  ],
  program_error: (t, { where }) => [
    t('alarm-program-error', { where: escapeHtml(clip(where, MAX_QUOTE_LENGTH)) }),
  ],
};

function ownCreditLines(
  t: Translate,
  { personId, amountTiyin, reason }: AlarmOf<'own_credit'>,
  { chatId, person }: { chatId: number; person: UserRow | null },
): string[] {
  return [
    t('alarm-own-credit', {
      who: person ? personName(person) : String(personId),
      sum: money(t, amountTiyin),
      reason: escapeHtml(clip(reason, MAX_QUOTE_LENGTH)),
    }),
    t(chatId === personId ? 'own-credit-yours' : 'own-credit-ask'),
  ];
}

function unknownWordKey({
  soundsPaid,
  settled,
}: Pick<AlarmOf<'unknown_word'>, 'soundsPaid' | 'settled'>): string {
  if (settled) return 'alarm-unknown-word-settled';
  return soundsPaid ? 'alarm-unknown-word-paid' : 'alarm-unknown-word';
}

function providerPausedLines(t: Translate, alarm: AlarmOf<'provider_paused'>): string[] {
  const { provider, problem, detail, trialAt } = alarm;
  return [
    t('alarm-provider-paused', { provider: PROVIDER_TITLES[provider] }),
    t(`alarm-problem-${problem}`),
    ...(detail === undefined ? [] : [quote(clip(detail, MAX_QUOTE_LENGTH))]),
    t('alarm-provider-trial', { at: dateTime(trialAt) }),
  ];
}

const FLOAT_ALARMS: ReadonlySet<AlarmParams['kind']> = new Set([
  'float_low',
  'float_short',
  'float_old',
  'float_needed',
]);

/** Buttons to where something can be done about it. */
function deskWays(t: Translate, alarm: AlarmParams): InlineKeyboardButton[][] {
  if (alarm.kind === 'provider_paused' || alarm.kind === 'provider_resumed') {
    const { provider: arg } = alarm;
    return [[deskButton(t('button-owner-details'), { area: 'prov', action: 'show', arg })]];
  }
  if (alarm.kind === 'ticket_waits') {
    return [[ticketAction(t('button-ticket-open'), 'show', alarm.ticketId)]];
  }
  if (!FLOAT_ALARMS.has(alarm.kind)) return [];
  return [[deskButton(t('button-owner-details'), { area: 'float', action: 'show' })]];
}

function alarmLines<K extends AlarmParams['kind']>(
  t: Translate,
  alarm: AlarmOf<K> & { kind: K },
): string[] {
  return ALARM_LINES[alarm.kind](t, alarm);
}

function quote(text: string): string {
  return `<code>${escapeHtml(text)}</code>`;
}
