/** What is shown of a request: to the person who made it, and to anybody who opened the link. */
import type { InlineKeyboardButton } from 'grammy/types';
import { type Tiyin, upToWholeSoms } from '../../core/money.ts';
import type { PaymentRequest, Standing } from '../../requests/request.ts';
import { MAX_ASKED_TIYIN, MIN_ASKED_TIYIN } from '../../requests/requests.ts';
import type { QuotaSpent } from '../../quotas/quotas.ts';
import type { Translate } from '../locales/texts.ts';
import { accountLinesOf } from '../kit/bill-facts.ts';
import { dateTime, escapeHtml, money, type Named, nameOf } from '../kit/format.ts';
import { quotaNotice } from '../kit/quota.ts';
import {
  button,
  linkButton,
  menuButton,
  openingBelow,
  receiptButton,
  record,
  type Screen,
  screen,
  topupButton,
  pairs,
} from '../kit/screen.ts';

/** The request as the person sees it who made it: the link, and how the request is. */
export function ownRequestScreen(
  t: Translate,
  { request, standing, link }: { request: PaymentRequest; standing: Standing; link: string },
): Screen {
  const isOpen = standing === 'open';
  return screen(
    [
      t('request-title', { id: request.id }),
      '',
      ...wanted(t, request, t('request-for-balance')),
      '',
      isOpen
        ? t(`request-own-hint-${request.kind}`, { date: dateTime(request.expiresAt) })
        : t(`request-over-${standing}`),
      ...(isOpen ? ['', escapeHtml(link)] : []),
    ],
    [
      [isOpen ? linkButton(t('button-share'), sharing(t, request, link)) : null],
      [isOpen ? requestButton(t('button-withdraw'), 'withdraw', request) : null],
      [menuButton(t)],
    ],
  );
}

/** The button that opens Telegram's own list of chats to send something to. */
function sharing(t: Translate, request: PaymentRequest, link: string): string {
  const sum = money(t, request.amountTiyin);
  const service = serviceOf(request);
  const text =
    service === null
      ? t('request-share-balance', { sum })
      : t('request-share-bill', { service: t.names.service(service).name, sum });
  return `https://t.me/share/url?url=${encodeURIComponent(link)}&text=${encodeURIComponent(text)}`;
}

/** The service that is asked for; null where money is asked onto the balance. */
function serviceOf({ serviceId: id, serviceName }: PaymentRequest) {
  return id === null ? null : { id, name: serviceName ?? '' };
}

/** Says what is asked for; `onBalance` is the text for money onto the balance. */
function wanted(t: Translate, request: PaymentRequest, onBalance: string | null): string[] {
  const service = serviceOf(request);
  const { account, labels: accountLabels, amountTiyin } = request;
  const what =
    service === null
      ? [onBalance].filter((line) => line !== null)
      : accountLinesOf(t, {
          serviceId: service.id,
          serviceName: service.name,
          account: account ?? {},
          accountLabels,
        });
  return [...what, t('request-sum', { sum: money(t, amountTiyin) })];
}

/** What the person who pays, and the one who asked, are shown of it. */
interface Shown {
  request: PaymentRequest;
  /** The other of the two; null where they are not known any more. */
  person: Named | null;
  /** What is on the balance of the person it is shown to. */
  availableTiyin: Tiyin;
}

/** The request as somebody sees it who opened the link: who asks, for what, and the button that pays or leads there. */
export function theirRequestScreen(
  t: Translate,
  { request, person: asker, availableTiyin }: Shown,
): Screen {
  const { kind, amountTiyin, expiresAt } = request;
  const sum = money(t, amountTiyin);
  const missing = amountTiyin - availableTiyin;
  const isShort = kind === 'balance' && missing > 0;
  return screen(
    [
      t(`request-theirs-${kind}`, { name: nameOf(asker) }),
      '',
      ...wanted(t, request, null),
      kind === 'balance' ? t('request-available', { sum: money(t, availableTiyin) }) : null,
      '',
      isShort ? t('request-short', { missing: money(t, missing) }) : null,
      t('request-until', { date: dateTime(expiresAt) }),
      t('request-known-people'),
    ],
    isShort
      ? [
          [
            // The request stays: it is paid from here once the money has come, and its link is in another chat.
            openingBelow(
              button(t('button-topup-missing', { sum: money(t, missing) }), {
                kind: 'topup_for',
                sumTiyin: upToWholeSoms(missing),
              }),
            ),
          ],
          [requestButton(t('button-request-look'), 'show', request)],
          [menuButton(t)],
        ]
      : [
          [
            kind === 'bill'
              ? button(t('button-request-pay', { sum }), { kind: 'request_pay', id: request.id })
              : requestButton(t('button-request-pay', { sum }), 'give', request),
          ],
          [menuButton(t)],
        ],
  );
}

function requestButton(
  label: string,
  action: 'show' | 'withdraw' | 'give',
  { id }: PaymentRequest,
): InlineKeyboardButton {
  return button(label, { kind: 'request', action, id });
}

/** Paid, being paid, withdrawn or too old. */
export function overScreen(t: Translate, standing: Exclude<Standing, 'open'>): Screen {
  return screen([t(`request-over-${standing}`)], [[menuButton(t)]]);
}

/** Forged, of another bot, or of somebody who is not here any more. */
export function unknownScreen(t: Translate): Screen {
  return screen([t('request-unknown')], [[menuButton(t)]]);
}

/** Says that so many links were made, and when the next one can be. */
export function quotaScreen(t: Translate, spent: QuotaSpent, at: number): Screen {
  return screen([quotaNotice(t, spent, at)], [[menuButton(t)]]);
}

/** What stays in the chat of the person who paid. */
export function givenScreen(
  t: Translate,
  { request, person: asker, availableTiyin }: Shown,
): Screen {
  return record(
    [
      t('request-given', { sum: money(t, request.amountTiyin), name: nameOf(asker) }),
      t('request-title', { id: request.id }),
      t('order-date', { date: dateTime(request.endedAt ?? request.createdAt) }),
      '',
      t('balance-available', { sum: money(t, availableTiyin) }),
    ],
    [[menuButton(t)]],
  );
}

/** Tells the person who asked, in a message of its own. */
export function paidNews(t: Translate, { request, person: payer, availableTiyin }: Shown): Screen {
  const { kind, billId, id, amountTiyin } = request;
  const service = serviceOf(request);
  const params = { name: nameOf(payer), sum: money(t, amountTiyin) };
  return record(
    [
      service === null
        ? t('request-paid-balance', params)
        : t('request-paid-bill', {
            ...params,
            service: escapeHtml(t.names.service(service).name),
          }),
      t('request-title', { id }),
      t('order-date', { date: dateTime(request.endedAt ?? request.createdAt) }),
      kind === 'bill' ? null : t('balance-available', { sum: money(t, availableTiyin) }),
    ],
    [[billId === null ? null : receiptButton(t, { kind: 'bill', id: billId })], [menuButton(t)]],
  );
}

/** Asks how much is to be asked for. */
export function askSumScreen(
  t: Translate,
  { presetsTiyin, notice }: { presetsTiyin: readonly Tiyin[]; notice?: string },
): Screen {
  const sums = presetsTiyin
    .filter((sumTiyin) => sumTiyin >= MIN_ASKED_TIYIN && sumTiyin <= MAX_ASKED_TIYIN)
    .map((sumTiyin) => button(money(t, sumTiyin), { kind: 'request_sum', sumTiyin }));
  return screen(
    [...(notice === undefined ? [] : [notice, '']), t('request-ask-sum'), '', t('sum-hint')],
    [...pairs(sums), [topupButton(t), menuButton(t)]],
  );
}
