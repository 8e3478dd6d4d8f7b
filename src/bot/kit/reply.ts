/** Sending, editing and answering taps, with Telegram's harmless refusals taken as what they are. */
import { InputFile } from 'grammy';
import type { InlineKeyboardMarkup } from 'grammy/types';
import { refusalOf } from '../../core/telegram-errors.ts';
import { HTML, messageOptions } from '../../core/telegram-format.ts';
import type { BotContext } from './context.ts';
import { clip } from './format.ts';
import type { Message, Screen } from './screen.ts';

/** Telegram's limit for the answer to a tap. */
const MAX_TOAST = 200;

/** A message that is gone, too old, or a photo can't become this screen. */
const CANNOT_HOLD_IT =
  /message (?:to edit not found|can't be edited)|MESSAGE_ID_INVALID|no text in the message to edit/i;

/** Sends a new message to the chat of the update; resolves with its id. */
export async function send(ctx: BotContext, message: Message): Promise<number> {
  const sent = await ctx.reply(message.text, messageOptions(message.keyboard));
  return sent.message_id;
}

/**
 * Shows the screen in the place of the tapped message. Where that is a record that stays, or can't be edited any more,
 * the screen is sent as a new message. Resolves with the id of the message it stands in.
 */
export async function show(ctx: BotContext, screen: Screen): Promise<number> {
  const { chatId, shownIn: screenId } = ctx;
  if (chatId === undefined || screenId === null) return await sendNew(ctx, screen);
  try {
    await ctx.api.editMessageText(chatId, screenId, screen.text, messageOptions(screen.keyboard));
    return screenId;
  } catch (error) {
    if (isRefusal(error, /message is not modified/i)) return screenId;
    if (isRefusal(error, CANNOT_HOLD_IT)) return await sendNew(ctx, screen);
    throw error;
  }
}

/** Changes a message that may be gone already, which does no harm. */
export async function edit(ctx: BotContext, messageId: number, screen: Screen): Promise<void> {
  if (ctx.chatId === undefined) return;
  try {
    await ctx.api.editMessageText(
      ctx.chatId,
      messageId,
      screen.text,
      messageOptions(screen.keyboard),
    );
  } catch (error) {
    if (!isRefusal(error, /message is not modified/i) && !isRefusal(error, CANNOT_HOLD_IT))
      throw error;
  }
}

/** Sends a new message, in which anything else that comes of the same tap is shown. */
async function sendNew(ctx: BotContext, screen: Screen): Promise<number> {
  const messageId = await send(ctx, screen);
  if (ctx.callbackQuery) ctx.shownIn = messageId;
  return messageId;
}

interface Photo {
  /** The bytes of a new picture, or Telegram's name of one that it has. */
  file: Uint8Array | string;
  /** Telegram's HTML, at most 1024 characters. */
  caption: string;
  keyboard: InlineKeyboardMarkup;
}

/** Puts a photo in the place of the tapped photo, or sends it. Resolves with Telegram's name of the picture. */
export async function showPhoto(ctx: BotContext, photo: Photo): Promise<string | null> {
  const { file, caption, keyboard: reply_markup } = photo;
  const media = typeof file === 'string' ? file : new InputFile(file, 'chart.png');
  const words = { ...HTML, caption };
  const message = ctx.callbackQuery?.message;
  if (!message?.photo)
    return pictureOf(await ctx.replyWithPhoto(media, { ...words, reply_markup }));
  try {
    const edited = await ctx.api.editMessageMedia(
      message.chat.id,
      message.message_id,
      { type: 'photo', media, ...words },
      { reply_markup },
    );
    return edited === true ? null : pictureOf(edited);
  } catch (error) {
    if (isRefusal(error, /message is not modified/i)) return null;
    if (!isRefusal(error, CANNOT_HOLD_IT)) throw error;
    return pictureOf(await ctx.replyWithPhoto(media, { ...words, reply_markup }));
  }
}

function pictureOf({ photo }: { photo?: { file_id: string }[] }): string | null {
  return photo?.at(-1)?.file_id ?? null;
}

/** Answers the tap once; later answers to the same tap are dropped. Nothing happens without a tap. */
export async function answer(
  ctx: BotContext,
  text?: string,
  options: { alert?: boolean } = {},
): Promise<void> {
  if (!ctx.callbackQuery || ctx.answered) return;
  ctx.answered = true;
  try {
    await ctx.answerCallbackQuery({
      ...(text === undefined ? {} : { text: clip(text, MAX_TOAST) }),
      ...(options.alert === true ? { show_alert: true } : {}),
    });
  } catch (error) {
    // The tap was handled late, after a restart or a slow provider: the phone has stopped waiting for the answer.
    if (!isRefusal(error, /query is too old|query ID is invalid/i)) throw error;
  }
}

function isRefusal(error: unknown, words: RegExp): boolean {
  const refusal = refusalOf(error);
  return refusal?.error_code === 400 && words.test(refusal.description);
}
