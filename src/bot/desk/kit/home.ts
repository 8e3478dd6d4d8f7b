/** `/admin`: today's figures and the menu of everything. */
import type { InlineKeyboardButton } from 'grammy/types';
import type { BotContext, Parts } from '../../kit/context.ts';
import type { Translate } from '../../locales/texts.ts';
import { send, show } from '../../kit/reply.ts';
import { deskHomeScreen } from './home-screens.ts';
import type { Screen } from '../../kit/screen.ts';
import { deskButton, type DeskFeature } from './feature.ts';
import { homeFigures } from './home-figures.ts';

const HOME_AREA = 'home';

/** Back to the menu; every screen of the desk has it. */
export function deskHomeButton(t: Translate): InlineKeyboardButton {
  return deskButton(t('desk-button-home'), { area: HOME_AREA, action: 'show' });
}

/** `others`: the rest of the desk, whose entries are listed for those who may use them. */
export function deskHome(parts: Parts, others: readonly DeskFeature[]): DeskFeature {
  const home = async (ctx: BotContext): Promise<Screen> => await homeScreen(ctx, parts, others);
  return {
    area: HOME_AREA,
    commands: {
      admin: { role: 'viewer', run: async (ctx) => void (await send(ctx, await home(ctx))) },
    },
    taps: {
      show: { role: 'viewer', run: async (ctx) => void (await show(ctx, await home(ctx))) },
    },
  };
}

async function homeScreen(
  ctx: BotContext,
  parts: Parts,
  others: readonly DeskFeature[],
): Promise<Screen> {
  const buttons = others.flatMap(({ area, menu }) =>
    menu && parts.staff.may(ctx.person.id, menu.role)
      ? [deskButton(ctx.t(menu.label), { area, action: menu.action })]
      : [],
  );
  return deskHomeScreen(ctx.t, {
    figures: await homeFigures(parts),
    bills: parts.menu.pay,
    buttons,
  });
}
