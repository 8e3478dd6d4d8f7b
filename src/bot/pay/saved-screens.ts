/** Accounts that were saved under a name: all of them, one of them, another name for it. */
import type { InlineKeyboardButton } from 'grammy/types';
import type { Detail } from '../../bills/paylov/types.ts';
import type { SavedAccount } from '../../bills/saved.ts';
import type { PaidThisMonth, SharedAccount } from '../../bills/shared.ts';
import type { Translate } from '../locales/texts.ts';
import {
  clip,
  dateTime,
  escapeHtml,
  money,
  type Named,
  nameOf,
  shortDateTime,
} from '../kit/format.ts';
import { LIST_SIZE, type Owed, savedButton } from './choice-screens.ts';
import { type Notice, noticeLines } from '../kit/step-buttons.ts';
import { labelledLines, serviceLine } from '../kit/bill-facts.ts';
import { button, menuButton, red, type Screen, screen } from '../kit/screen.ts';

const MAX_VALUE = 80;
const MAX_VALUES = 20;
const MAX_HOME = 30;

interface SavedPage {
  entries: readonly SharedAccount[];
  offset: number;
  total: number;
  /** What is owed, by the account's id; for others nothing is known, or nothing is owed. */
  owed: ReadonlyMap<number, Owed>;
}

export function savedListScreen(t: Translate, { entries, offset, total, owed }: SavedPage): Screen {
  return screen(
    [t(total === 0 ? 'pay-saved-none' : 'pay-saved-title')],
    [
      ...entries.map((each) => [
        savedButton(t, each, owed.get(each.id)),
        button('⚙️', { kind: 'saved', action: 'show', savedId: each.id }),
      ]),
      [
        offset > 0 ? turnSaved('◀️', Math.max(0, offset - LIST_SIZE)) : null,
        offset + LIST_SIZE < total ? turnSaved('▶️', offset + LIST_SIZE) : null,
      ],
      [
        total === 0
          ? null
          : button(t('watch-button-list'), { kind: 'watch', action: 'list', savedId: 0, arg: '-' }),
        button(t('button-homes'), { kind: 'homes' }),
      ],
      [button(t('button-back'), { kind: 'pay' }), menuButton(t)],
    ],
  );
}

function turnSaved(label: string, offset: number): InlineKeyboardButton {
  return button(label, { kind: 'saved_list', offset });
}

export function removeSavedQuestion(t: Translate, { id, name }: SavedAccount): Screen {
  return screen(
    [t('pay-saved-remove', { name: escapeHtml(name) })],
    [
      [red(button(t('button-remove-yes'), { kind: 'saved', action: 'remove', savedId: id }))],
      [button(t('button-cancel-no'), { kind: 'saved', action: 'show', savedId: id })],
    ],
  );
}

interface ShownAccount {
  saved: SharedAccount;
  /** The owner of the account, where that is somebody else. */
  owner: Named | null;
  /** The answers in words, as an earlier bill of the account has them; null where there is none. */
  labels: readonly Detail[] | null;
  paid: readonly PaidThisMonth[];
  owed: Owed | undefined;
}

/** One saved account, and what can be done with it; somebody else's can only be paid. */
export function savedScreen(
  t: Translate,
  { saved, owner, labels, paid, owed }: ShownAccount,
  notice?: Notice,
): Screen {
  const { id: savedId, name, serviceId, serviceName, account, home, isOwn } = saved;
  const values = Object.values(account).slice(0, MAX_VALUES);
  return screen(
    [
      ...noticeLines(notice),
      t('pay-saved-one', { name: escapeHtml(name) }),
      serviceLine(t, { id: serviceId, name: serviceName }),
      ...(labels === null
        ? values.map((value) => `<code>${escapeHtml(clip(value, MAX_VALUE))}</code>`)
        : labelledLines(t, labels)),
      home ? homeLine(t, home.name, isOwn ? null : owner) : null,
      ...paid.map(({ amountTiyin, paidAt }) =>
        t('saved-paid', { sum: money(t, amountTiyin), date: shortDateTime(paidAt) }),
      ),
      owed === undefined
        ? null
        : t('pay-saved-owed', {
            sum: money(t, owed.debtTiyin),
            date: dateTime(owed.lookedAt),
          }),
    ],
    [
      [button(t('button-saved-pay'), { kind: 'saved', action: 'pay', savedId })],
      ...(isOwn ? ownRows(t, saved) : []),
      [button(t('button-back'), { kind: 'saved_list', offset: 0 }), menuButton(t)],
    ],
  );
}

function homeLine(t: Translate, name: string, owner: Named | null): string {
  const home = escapeHtml(name);
  if (owner === null) return t('saved-in-home', { home });
  return t('saved-of-home', { home, name: nameOf(owner) });
}

function ownRows(t: Translate, { id: savedId, home }: SharedAccount): InlineKeyboardButton[][] {
  const label = home ? `🏡 ${clip(home.name, MAX_HOME)}` : t('button-saved-home');
  return [
    [
      button(t('button-rename'), { kind: 'saved', action: 'rename', savedId }),
      button(t('button-saved-remove'), { kind: 'saved', action: 'ask_remove', savedId }),
    ],
    [button(t('watch-button-every-month'), { kind: 'watch', action: 'show', savedId, arg: '-' })],
    [button(label, { kind: 'home_choose', savedId })],
  ];
}

export function renameScreen(t: Translate, { id, name }: SavedAccount, notice?: Notice): Screen {
  return screen(
    [...noticeLines(notice), t('pay-rename', { name: escapeHtml(name) })],
    [[button(t('button-back'), { kind: 'saved', action: 'show', savedId: id }), menuButton(t)]],
  );
}
