/** Accounts that were saved under a name: all of them, one of them, another name for it. */
import type { InlineKeyboardButton } from 'grammy/types';
import type { SavedAccount } from '../../bills/saved.ts';
import type { Translate } from '../locales/texts.ts';
import { clip, dateTime, escapeHtml, money } from '../kit/format.ts';
import { LIST_SIZE, type Owed, savedButton } from './choice-screens.ts';
import { type Notice, noticeLines } from '../kit/step-buttons.ts';
import { serviceLine } from '../kit/bill-facts.ts';
import { button, menuButton, red, type Screen, screen } from '../kit/screen.ts';

const MAX_VALUE = 80;
const MAX_VALUES = 20;

export interface SavedPage {
  entries: readonly SavedAccount[];
  offset: number;
  total: number;
  /** By the account's id; of others nothing is known, or nothing is owed. */
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

/** One of them, and what can be done with it. */
export function savedScreen(
  t: Translate,
  saved: SavedAccount,
  { notice, owed }: { notice?: Notice; owed?: Owed | undefined } = {},
): Screen {
  const { id: savedId, name, serviceId, serviceName, account } = saved;
  const values = Object.values(account).slice(0, MAX_VALUES);
  return screen(
    [
      ...noticeLines(notice),
      t('pay-saved-one', { name: escapeHtml(name) }),
      serviceLine(t, { id: serviceId, name: serviceName }),
      ...values.map((value) => `<code>${escapeHtml(clip(value, MAX_VALUE))}</code>`),
      owed === undefined
        ? null
        : t('pay-saved-owed', {
            sum: money(t, owed.debtTiyin),
            date: dateTime(owed.lookedAt),
          }),
    ],
    [
      [button(t('button-saved-pay'), { kind: 'saved', action: 'pay', savedId })],
      [
        button(t('button-rename'), { kind: 'saved', action: 'rename', savedId }),
        button(t('button-saved-remove'), { kind: 'saved', action: 'ask_remove', savedId }),
      ],
      [button(t('watch-button-every-month'), { kind: 'watch', action: 'show', savedId, arg: '-' })],
      [button(t('button-back'), { kind: 'saved_list', offset: 0 }), menuButton(t)],
    ],
  );
}

export function renameScreen(t: Translate, { id, name }: SavedAccount, notice?: Notice): Screen {
  return screen(
    [...noticeLines(notice), t('pay-rename', { name: escapeHtml(name) })],
    [[button(t('button-back'), { kind: 'saved', action: 'show', savedId: id }), menuButton(t)]],
  );
}
