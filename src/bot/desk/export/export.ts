/** `/export`: orders, bills and entries of a period as a spreadsheet, for owners and in private chats alone. */
import type { BotContext, Parts } from '../../kit/context.ts';
import { answer, send } from '../../kit/reply.ts';
import { type Days, daysText, type Span, spanDays, typedDays } from './export-days.ts';
import { EXPORT_AREA, exportChoice, MAKE } from './export-menu.ts';
import { createExportWork, type ExportWork } from './export-work.ts';
import type { DeskAction, DeskFeature } from '../kit/feature.ts';
import { screen } from '../../kit/screen.ts';
import { askForWords } from '../../kit/words.ts';
import { askAgain } from '../kit/asking.ts';
import { deskHomeButton } from '../kit/home.ts';

const DATES = 'dates';

export function exportDesk(parts: Parts): DeskFeature {
  const work = createExportWork(parts);
  const menu: DeskAction = {
    role: 'owner',
    run: async (ctx) => void (await send(ctx, exportChoice(ctx.t))),
  };
  return {
    area: EXPORT_AREA,
    menu: { label: 'export-menu', action: 'menu', role: 'owner' },
    commands: { export: menu },
    taps: {
      menu: { role: 'owner', run: privately(async (ctx) => await menu.run(ctx, '')) },
      make: MAKE.by(
        'owner',
        privately(async (ctx, { span }: { span: Span }) => {
          await makeSpan(ctx, { parts, work }, span);
        }),
      ),
      ask: { role: 'owner', run: privately(askDates) },
    },
    inputs: {
      [DATES]: { role: 'owner', run: async (ctx) => await makeTyped(ctx, { parts, work }) },
    },
    tick: async (api) => await work.begin(api),
    stop: async () => await work.stop(),
  };
}

/** Runs this in a private chat alone: what is in the file is nobody's business in a group. */
function privately<A>(run: (ctx: BotContext, given: A) => Promise<void>) {
  return async (ctx: BotContext, given: A): Promise<void> => {
    if (ctx.chat?.type === 'private') await run(ctx, given);
    else await answer(ctx, ctx.t('export-toast-private'));
  };
}

interface Desk {
  parts: Parts;
  work: ExportWork;
}

async function makeSpan(ctx: BotContext, desk: Desk, span: Span): Promise<void> {
  const messageId = ctx.callbackQuery?.message?.message_id;
  if (messageId === undefined) {
    await answer(ctx, ctx.t('toast-old'));
    return;
  }
  const days = spanDays(span, desk.parts.clock.now());
  await make(ctx, desk, { days, source: messageId, messageId });
}

async function askDates(ctx: BotContext): Promise<void> {
  await askForWords(ctx, { area: EXPORT_AREA, name: DATES, arg: '' });
  await send(ctx, screen([ctx.t('export-ask-dates')], [[deskHomeButton(ctx.t)]]));
}

async function makeTyped(ctx: BotContext, desk: Desk): Promise<void> {
  const days = typedDays(ctx.typed, desk.parts.clock.now());
  if (!days || !ctx.message) {
    await askAgain(ctx, ctx.t('export-bad-dates'));
    return;
  }
  await make(ctx, desk, { days, source: ctx.message.message_id, messageId: null });
}

async function make(
  ctx: BotContext,
  { parts, work }: Desk,
  { days, source, messageId }: { days: Days; source: number; messageId: number | null },
): Promise<void> {
  const { id: chatId } = ctx.person;
  const { language } = ctx;
  const at = parts.clock.now();
  const asked = { chatId, messageId, days, language, tries: 0, staffId: chatId, source, at };
  const outcome = await parts.db.tx((tx) => work.ask(tx, asked));
  if (outcome === 'busy') {
    if (ctx.callbackQuery) await answer(ctx, ctx.t('export-toast-busy'), { alert: true });
    else await send(ctx, { text: ctx.t('export-toast-busy') });
    return;
  }
  await answer(ctx, ctx.t('export-toast-making', { days: daysText(days) }));
  await work.begin(ctx.api);
}
