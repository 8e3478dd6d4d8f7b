/** `/start`, the choice of language, the main menu. */
import { Composer } from 'grammy';
import { balanceOfUser } from './balance.ts';
import { isLanguage } from '../../core/language.ts';
import { setLanguage } from '../../users/users.ts';
import { setChatCommands } from '../kit/commands.ts';
import type { BotContext, Parts } from '../kit/context.ts';
import { answer, send, show } from '../kit/reply.ts';
import { onMenu, onTaps } from '../kit/taps.ts';
import { languageChosen, languagePicker, welcome } from './home.ts';

export function startFeature(parts: Parts): Composer<BotContext> {
  const composer = new Composer<BotContext>();
  const pick = async (ctx: BotContext) => await showPicker(ctx, parts);
  // Whatever a deep link carries is not needed: /start always begins at the beginning.
  composer.command('start', async (ctx) => {
    if (ctx.person.language === null) await pick(ctx);
    else await sendWelcome(ctx, parts);
  });
  onMenu(composer, parts, { commands: ['language'], entry: 'language' }, pick);
  onTaps(composer, {
    languages: pick,
    async language(ctx, { language }) {
      await setLanguage(parts.db, { userId: ctx.person.id, language });
      ctx.language = language;
      ctx.t = parts.texts(language);
      await answer(ctx);
      await show(ctx, languageChosen(ctx.t));
      await sendWelcome(ctx, parts);
      await setChatCommands(ctx.api, parts, { chatId: ctx.person.id, language });
    },
    menu: async (ctx) => await sendWelcome(ctx, parts),
  });
  return composer;
}

async function showPicker(ctx: BotContext, { texts }: Parts): Promise<void> {
  const { language } = ctx.person;
  await show(ctx, languagePicker(texts, isLanguage(language) ? language : null));
}

async function sendWelcome(ctx: BotContext, { db, menu }: Parts): Promise<void> {
  const balance = await balanceOfUser(db.read, ctx.person.id);
  await send(ctx, welcome(ctx.t, { person: ctx.person, balance, menu }));
}
