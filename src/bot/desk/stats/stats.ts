/** `/stats`: how the business goes, as charts that its buttons change in place. */
import type { InlineKeyboardButton, InlineKeyboardMarkup } from 'grammy/types';
import pLimit from 'p-limit';
import { errorForLog } from '../../../core/telegram-errors.ts';
import { daysOf, hoursOf } from '../../../reports/figures.ts';
import type { Language } from '../../../core/language.ts';
import type { BotContext, Parts } from '../../kit/context.ts';
import type { Translate } from '../../locales/texts.ts';
import { answer, send, showPhoto } from '../../kit/reply.ts';
import { openingBelow, type Screen } from '../../kit/screen.ts';
import { showTable } from '../../kit/table.ts';
import { z } from 'zod';
import { deskTap, type DeskAction, type DeskFeature } from '../kit/feature.ts';
import { deskHomeButton } from '../kit/home.ts';
import {
  type Range,
  RANGE_TITLES,
  RANGES,
  type Stats,
  statsCaption,
  statsPicture,
  statsTable,
} from './stats-picture.ts';

const AREA = 'stats';
const SHOW = deskTap(AREA, 'show', { range: z.enum(RANGES) });
const TABLE = deskTap(AREA, 'table', { range: z.enum(RANGES) });

/** A picture is shown again for so long, however often its button is tapped. */
const FRESH_MS = 30_000;

const DAYS = { week: 7, month: 30 } as const;

interface Shown {
  /** Telegram's name of the picture. */
  file: string;
  caption: string;
  /** By `elapsed`. */
  since: number;
}

interface Desk {
  parts: Parts;
  /** Two pictures at once would take twice the memory. */
  oneByOne: <T>(work: () => Promise<T>) => Promise<T>;
  shown: Map<string, Shown>;
}

export function statsDesk(parts: Parts): DeskFeature {
  const desk: Desk = { parts, oneByOne: pLimit(1), shown: new Map() };
  const first: DeskAction = {
    role: 'viewer',
    run: async (ctx) => await showStats(ctx, desk, 'day'),
  };
  return {
    area: AREA,
    menu: { label: 'stats-menu', action: 'first', role: 'viewer' },
    commands: { stats: first },
    taps: {
      first,
      show: SHOW.by('viewer', async (ctx, { range }) => await showStats(ctx, desk, range)),
      table: TABLE.by('viewer', async (ctx, { range }) => await tabulate(ctx, parts, range)),
    },
  };
}

async function showStats(ctx: BotContext, desk: Desk, range: Range): Promise<void> {
  const { parts, shown } = desk;
  const key = `${range}:${ctx.language}`;
  const keyboard = buttons(ctx.t, range, parts.novelties.knows('rich'));
  const before = shown.get(key);
  const since = parts.clock.elapsed();
  if (before && since - before.since < FRESH_MS) {
    await showPhoto(ctx, { ...before, keyboard });
    return;
  }
  await answer(ctx);
  await ctx.replyWithChatAction('upload_photo');
  const { caption, drawn } = await desk.oneByOne(() => draw(ctx, desk, range));
  if (!drawn) {
    const text = [ctx.t('stats-no-picture'), '', caption].join('\n');
    await send(ctx, { text, keyboard });
    return;
  }
  const file = await showPhoto(ctx, { file: drawn, caption, keyboard });
  if (file !== null) shown.set(key, { file, caption, since });
}

async function draw(
  ctx: { t: Translate; language: Language },
  { parts }: Desk,
  range: Range,
): Promise<{ caption: string; drawn: Uint8Array | null }> {
  const stats = await statsOf(parts, { range, language: ctx.language });
  const caption = statsCaption(ctx.t, stats);
  try {
    const drawn = await parts.reports.draw(statsPicture(ctx.t, stats));
    return { caption, drawn };
  } catch (error) {
    // A machine for which there is no canvas still tells the figures.
    parts.log.error({ event: 'no_chart', err: errorForLog(error) }, 'a chart was not drawn');
    return { caption, drawn: null };
  }
}

async function statsOf(
  { db, clock, menu }: Parts,
  { range, language }: { range: Range; language: Language },
): Promise<Stats> {
  const at = clock.now();
  const buckets =
    range === 'day' ? await hoursOf(db.read, at) : await daysOf(db, { at, days: DAYS[range] });
  return { language, range, buckets, at, bills: menu.pay };
}

function buttons(t: Translate, shown: Range, knowsTables: boolean): InlineKeyboardMarkup {
  const asTable = TABLE.button(t('button-as-table'), { range: shown });
  const rows = [ranges(t, shown, SHOW), [deskHomeButton(t)]];
  // A picture can't become a table: that opens below.
  return { inline_keyboard: knowsTables ? rows.toSpliced(1, 0, [openingBelow(asTable)]) : rows };
}

function ranges(t: Translate, shown: Range, tap: typeof SHOW): InlineKeyboardButton[] {
  return RANGES.map((range) => {
    const title = t(RANGE_TITLES[range]);
    const text = range === shown ? t('stats-button-here', { range: title }) : title;
    return tap.button(text, { range });
  });
}

/** The figures of each hour or day. Where tables are not known, what stands under the picture. */
async function tabulate(ctx: BotContext, parts: Parts, range: Range): Promise<void> {
  const { t, language } = ctx;
  const stats = await statsOf(parts, { range, language });
  const keyboard = { inline_keyboard: [ranges(t, range, TABLE), [deskHomeButton(t)]] };
  const words = (): Screen => ({ text: statsCaption(t, stats), keyboard });
  await showTable(ctx, parts, { table: statsTable(t, stats), keyboard, words });
}
