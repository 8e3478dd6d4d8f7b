/** What belongs to a card and is typed where nobody asks for it: it must not stay in the chat, nor be taken for a sum. */
import { Composer } from 'grammy';
import { parseExpiry } from '../../bills/paylov/masks.ts';
import type { BotContext } from '../kit/context.ts';
import { goOnWith } from '../kit/coming-and-going.ts';
import { plainText } from '../kit/plain-text.ts';
import { send } from '../kit/reply.ts';
import { button, menuButton, screen } from '../kit/screen.ts';
import { removeTyped } from '../kit/talk.ts';
import type { Left } from '../kit/told.ts';
import { isCardAlone } from '../kit/typed-card.ts';
import { typedCode } from '../kit/typed-code.ts';
import type { WithCard } from './known.ts';

/** `refreshed`: what is still true of a story that was left in the middle of linking a card. */
export function unaskedFeature(refreshed: (left: Left) => unknown): Composer<BotContext> {
  const composer = new Composer<BotContext>();
  composer.on('message:text', async (ctx, next) => {
    const { answering, stories, t } = ctx;
    const { left } = stories;
    const text = plainText(ctx.typed);
    if (answering !== null) {
      await next();
    } else if (left && answersLinking(left, text)) {
      await removeTyped(ctx);
      // It may have been a sum as well: it is seen what was asked for before anything is done with it.
      const told = { ...left.told, notice: t('card-left') };
      await goOnWith(ctx, { ...left, told }, refreshed(left));
    } else if (isCardAlone(text)) {
      await removeTyped(ctx);
      const link = button(t('button-card-link'), { kind: 'card_link' });
      await send(ctx, screen([t('card-unasked')], [[link], [menuButton(t)]]));
    } else {
      await next();
    }
  });
  return composer;
}

/** True for what the story that was left was waiting for, when it was linking a card. */
function answersLinking({ told }: Left, text: string): boolean {
  const { card = null } = told.known as Partial<WithCard>;
  if (card === null) return false;
  if (card.asks === 'number') return isCardAlone(text);
  return card.asks === 'expiry' ? parseExpiry(text) !== null : typedCode(text) !== null;
}
