/** Routes taps by what they mean, and the main menu's entries by their labels. */
import type { Composer } from 'grammy';
import type { TapKind, TapOf } from './callbacks.ts';
import type { BotContext, Parts } from './context.ts';
import type { MenuEntry } from './labels.ts';

type TapHandlers = { [K in TapKind]?: (ctx: BotContext, tap: TapOf<K>) => Promise<void> };

/** Each kind of button to its handler; whatever is none of these goes on. */
export function onTaps(composer: Composer<BotContext>, handlers: TapHandlers): void {
  const byKind = handlers as Partial<
    Record<TapKind, (ctx: BotContext, tap: unknown) => Promise<void>>
  >;
  composer.use(async (ctx, next) => {
    const handler = ctx.tap ? byKind[ctx.tap.kind] : undefined;
    await (handler ? handler(ctx, ctx.tap) : next());
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
