/**
 * Tables, as rich messages. Only the server tells whether it knows them; a reader's old app has nothing to show instead. So a
 * table is never what somebody gets without having asked for it, and the same in words is one tap away. Where the server
 * does not know them, the words come in its place, and `knows('rich')` tells screens not to offer it any more.
 */
import type { InlineKeyboardMarkup, InputRichMessage } from 'grammy/types';
import { refusalOf } from '../../core/telegram-errors.ts';
import type { BotContext, Parts } from './context.ts';
import { show } from './reply.ts';
import type { Screen } from './screen.ts';

export interface Table {
  title: string;
  columns: readonly { title: string; align: 'left' | 'right' }[];
  /** As many words in each as there are columns; no HTML. At most 400 rows: Telegram counts each as a block. */
  rows: readonly (readonly string[])[];
}

/** Shows it in the place of the tapped message, as `show` does; `words` where the server refuses it. */
export async function showTable(
  ctx: BotContext,
  { novelties }: Pick<Parts, 'novelties'>,
  shown: { table: Table; keyboard: InlineKeyboardMarkup; words: () => Screen | Promise<Screen> },
): Promise<void> {
  const isShown = novelties.knows('rich') && (await put(ctx, shown));
  if (!isShown) await show(ctx, await shown.words());
}

/** False where it was refused, which says that nothing was sent. */
async function put(
  ctx: BotContext,
  { table, keyboard: reply_markup }: { table: Table; keyboard: InlineKeyboardMarkup },
): Promise<boolean> {
  const { chatId, shownIn } = ctx;
  if (chatId === undefined) return false;
  const rich = richMessage(table);
  try {
    if (shownIn === null) await ctx.api.sendRichMessage(chatId, rich, { reply_markup });
    else await ctx.api.editMessageText(chatId, shownIn, rich, { reply_markup });
    return true;
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === null || ![400, 404].includes(refusal.error_code)) throw error;
    return /message is not modified/i.test(refusal.description);
  }
}

function richMessage({ title, columns, rows }: Table): InputRichMessage {
  const cells = (words: readonly string[], isHead: boolean) =>
    columns.map(({ align }, index) => ({
      text: words[index] ?? '',
      align,
      valign: 'top' as const,
      ...(isHead ? { is_header: true as const } : {}),
    }));
  const titles = columns.map((column) => column.title);
  return {
    blocks: [
      { type: 'heading', size: 4, text: title },
      {
        type: 'table',
        is_bordered: true,
        is_striped: true,
        is_compact: true,
        cells: [cells(titles, true), ...rows.map((row) => cells(row, false))],
      },
    ],
    // Numbers of payments are no telephone numbers.
    skip_entity_detection: true,
  };
}
