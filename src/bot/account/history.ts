/** A user's top-ups, a page at a time. */
import type { InlineKeyboardButton } from 'grammy/types';
import type { Topup } from '../../topups/topup.ts';
import type { Translate } from '../locales/texts.ts';
import { fromTopups } from '../kit/origin.ts';
import { money, shortDateTime, stateIcon } from '../kit/format.ts';
import { wayTitle } from '../kit/way-title.ts';
import { button, menuButton, type Screen, screen, topupButton } from '../kit/screen.ts';

export const PAGE_SIZE = 8;

interface HistoryPage {
  /** At most PAGE_SIZE, newest first. */
  entries: readonly Topup[];
  offset: number;
  hasOlder: boolean;
}

export function historyScreen(t: Translate, page: HistoryPage): Screen {
  if (page.entries.length === 0 && page.offset === 0) {
    return screen(
      [t('history-title'), '', t('history-empty')],
      [[topupButton(t)], [menuButton(t)]],
    );
  }
  return screen(
    [t('history-title'), '', t('history-hint')],
    [
      ...page.entries.map((topup) => [entryButton(t, topup, page.offset)]),
      turnButtons(t, page),
      [menuButton(t)],
    ],
  );
}

function entryButton(t: Translate, topup: Topup, offset: number): InlineKeyboardButton {
  const sum = money(t, topup.paidTiyin ?? topup.amountTiyin);
  const title = wayTitle(t, topup.provider);
  const label = `${stateIcon(topup.state)} ${sum} · ${shortDateTime(topup.createdAt)} · ${title}`;
  return button(label, { kind: 'topup_at', topupId: topup.id, from: fromTopups(offset) });
}

function turnButtons(t: Translate, { offset, hasOlder }: HistoryPage): InlineKeyboardButton[] {
  const buttons: InlineKeyboardButton[] = [];
  if (offset > 0) {
    const newer = Math.max(0, offset - PAGE_SIZE);
    buttons.push(button(t('button-newer'), { kind: 'history', offset: newer }));
  }
  if (hasOlder) {
    buttons.push(button(t('button-older'), { kind: 'history', offset: offset + PAGE_SIZE }));
  }
  return buttons;
}
