/** Nobody is asked for a phone; what a person shares as their own contact is kept, so that the staff finds them by it. */
import { Composer } from 'grammy';
import { rememberPhone } from '../../users/find.ts';
import { normalisePhone } from '../../core/phone.ts';
import type { BotContext, Parts } from '../kit/context.ts';
import { send } from '../kit/reply.ts';
import { withMenu } from '../kit/menu.ts';

export function contactFeature({ db, menu }: Parts): Composer<BotContext> {
  const composer = new Composer<BotContext>();
  composer.on('message:contact', async (ctx, next) => {
    const { user_id: ownerId, phone_number: number } = ctx.message.contact;
    // Telegram names its account's number without a plus, and always with the country code.
    const phone = normalisePhone(number.startsWith('+') ? number : `+${number}`);
    if (ownerId !== ctx.person.id || phone === null) {
      await next();
      return;
    }
    await rememberPhone(db, { userId: ctx.person.id, phone });
    await send(ctx, withMenu(ctx.t, ctx.t('people-thanks-phone'), menu));
  });
  return composer;
}
