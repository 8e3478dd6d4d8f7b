/** `/admin`: the menu of everything. */
import type { InlineKeyboardButton } from 'grammy/types';
import type { BotContext, Parts } from '../context.ts';
import { send, show } from '../reply.ts';
import type { Translate } from '../locales/texts.ts';
import { menuButton, screen, type Screen } from '../views/screen.ts';
import { deskButton, type DeskFeature } from './feature.ts';

export const HOME_AREA = 'home';

/** Back to the menu; every screen of the desk has it. */
export function deskHomeButton(t: Translate): InlineKeyboardButton {
  return deskButton(t('desk-button-home'), { area: HOME_AREA, action: 'show' });
}

/** `others`: the rest of the desk, whose entries it lists for whom they are meant. */
export function deskHome(parts: Parts, others: readonly DeskFeature[]): DeskFeature {
  const home = (ctx: BotContext): Screen => homeScreen(ctx, parts, others);
  return {
    area: HOME_AREA,
    commands: { admin: { role: 'viewer', run: async (ctx) => void (await send(ctx, home(ctx))) } },
    taps: { show: { role: 'viewer', run: async (ctx) => void (await show(ctx, home(ctx))) } },
  };
}

function homeScreen(ctx: BotContext, { staff }: Parts, others: readonly DeskFeature[]): Screen {
  const buttons = others.flatMap(({ area, menu }) =>
    menu && staff.may(ctx.person.id, menu.role)
      ? [deskButton(ctx.t(menu.label), { area, action: menu.action })]
      : [],
  );
  return screen([ctx.t('desk-title')], [...pairs(buttons), [menuButton(ctx.t)]]);
}

function pairs<T>(all: readonly T[]): T[][] {
  const rows: T[][] = [];
  for (let i = 0; i < all.length; i += 2) rows.push(all.slice(i, i + 2));
  return rows;
}
