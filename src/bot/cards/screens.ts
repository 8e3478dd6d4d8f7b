/** Own cards: only their masks are ever shown. */
import type { LinkedCard } from '../../bills/paylov/types.ts';
import type { Translate } from '../locales/texts.ts';
import { shortKey } from '../kit/short-key.ts';
import { escapeHtml } from '../kit/format.ts';
import { type Notice, noticeLines, stopButton } from '../kit/step-buttons.ts';
import { button, menuButton, type Screen, screen } from '../kit/screen.ts';
import type { Linking, WithCard } from './known.ts';
import type { Told } from '../kit/told.ts';

export function cardsScreen(t: Translate, cards: readonly LinkedCard[], notice?: Notice): Screen {
  return screen(
    [
      ...noticeLines(notice),
      t('card-list-title'),
      '',
      ...cards.map(({ mask }) => t('card-line', { mask: escapeHtml(mask) })),
      cards.length === 0 ? t('card-list-none') : null,
    ],
    [
      ...cards.map(({ cardId, mask }) => [
        button(t('button-card-remove', { mask: mask.slice(-4) }), {
          kind: 'card',
          action: 'ask_remove',
          card: shortKey(cardId),
        }),
      ]),
      [button(t('button-card-link'), { kind: 'card_link' })],
      [button(t('button-to-pay'), { kind: 'pay' }), menuButton(t)],
    ],
  );
}

export function removeCardQuestion(t: Translate, { cardId, mask }: LinkedCard): Screen {
  return screen(
    [t('card-remove-question', { mask: escapeHtml(mask) })],
    [
      [
        button(t('button-remove-yes'), {
          kind: 'card',
          action: 'remove',
          card: shortKey(cardId),
        }),
      ],
      [button(t('button-cancel-no'), { kind: 'cards' })],
    ],
  );
}

export function linkScreen(t: Translate, told: Told<WithCard>): Screen {
  const { known, notice } = told;
  const asked = known.card === null ? '' : question(t, known.card);
  return screen([...noticeLines(notice), t('card-link-title'), '', asked], [[stopButton(t, told)]]);
}

function question(t: Translate, card: Linking): string {
  if (card.asks === 'number') return t('card-ask-number');
  if (card.asks === 'expiry') return t('card-ask-expiry');
  const mask = escapeHtml(card.mask);
  return card.phoneMask === null
    ? t('card-ask-code', { mask })
    : t('card-ask-code-phone', { mask, phone: escapeHtml(card.phoneMask) });
}
