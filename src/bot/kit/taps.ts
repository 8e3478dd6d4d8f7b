/** Routes taps by what they mean, and the main menu's entries by their labels. */
import type { Composer } from 'grammy';
import type { TapKind, TapOf } from './callbacks.ts';
import type { BotContext, Parts } from './context.ts';
import type { MenuEntry } from './labels.ts';

export function onTap<K extends TapKind>(
  composer: Composer<BotContext>,
  kind: K,
  handler: (ctx: BotContext, tap: TapOf<K>) => Promise<void>,
): void {
  composer.use(async (ctx, next) => {
    if (ctx.tap?.kind !== kind) await next();
    else await handler(ctx, ctx.tap as TapOf<K>);
  });
}

/** A command, and the main menu's entry that does the same. */
export function onMenu(
  composer: Composer<BotContext>,
  { labels }: Parts,
  names: { commands: string[]; entry: MenuEntry },
  handler: (ctx: BotContext) => Promise<void>,
): void {
  composer.command(names.commands, handler);
  composer.use(async (ctx, next) => {
    if (labels.entryOf(ctx.typed) !== names.entry) await next();
    else await handler(ctx);
  });
}
