import type { InlineKeyboardButton, KeyboardButton } from 'grammy/types';
import { z } from 'zod';

import { badRequest } from './api-error.ts';
import { checkLink } from './link.ts';
import type { ReplyMarkup } from './types.ts';

/** Bot API, InlineKeyboardButton: callback_data is 1–64 bytes, a copied text 1–256 characters. */
const MAX_CALLBACK_BYTES = 64;
const MAX_COPY_LENGTH = 256;
const MAX_BUTTONS = 100;
const MAX_ROW_BUTTONS = 8;

const style = { style: z.enum(['danger', 'success', 'primary']).exactOptional() };
const optionalText = z.string().exactOptional();
const inlineButton = z.object({
  text: z.string({ error: `Can't find field "text"` }),
  ...style,
  icon_custom_emoji_id: optionalText,
  url: optionalText,
  callback_data: optionalText,
  copy_text: z.object({ text: z.string() }).exactOptional(),
  web_app: z.object({ url: z.string() }).exactOptional(),
  login_url: z.object({ url: z.string() }).exactOptional(),
  switch_inline_query: optionalText,
  switch_inline_query_current_chat: optionalText,
  switch_inline_query_chosen_chat: z.looseObject({}).exactOptional(),
  callback_game: z.looseObject({}).exactOptional(),
  disabled: z.looseObject({}).exactOptional(),
  pay: z.boolean().exactOptional(),
});
const replyButton = z.union([
  z.string(),
  z.object({
    text: z.string({ error: `Can't find field "text"` }),
    ...style,
    request_contact: z.boolean().exactOptional(),
    request_location: z.boolean().exactOptional(),
    web_app: z.object({ url: z.string() }).exactOptional(),
  }),
]);
const flag = z.boolean().default(false);
const markupSchema = z.object({
  inline_keyboard: z.array(z.array(z.unknown())).default([]),
  keyboard: z.array(z.array(z.unknown())).default([]),
  remove_keyboard: flag,
  force_reply: flag,
  resize_keyboard: flag,
  one_time_keyboard: flag,
  is_persistent: flag,
  input_field_placeholder: z.string().max(64).optional(),
});

interface MarkupOptions {
  allowLoopback: boolean;
  /** The server is older than disabled buttons. */
  isOld: boolean;
}

type InlineInput = z.infer<typeof inlineButton>;

/**
 * The `reply_markup` argument, checked as the real server checks it; null when there is none (an empty keyboard is
 * none). Stricter than the real one in two places, both documented limits that the server does not report: a button
 * has exactly one action, and a row at most eight buttons.
 */
export function parseReplyMarkup(value: unknown, options: MarkupOptions): ReplyMarkup | null {
  if (value === undefined || value === null) return null;
  if (typeof value !== 'object' || Array.isArray(value)) {
    throw badRequest('Object expected as reply markup');
  }
  const parsed = markupSchema.safeParse(value);
  if (!parsed.success) throw badRequest(markupProblem(parsed.error));
  const markup = parsed.data;
  const keyboard = filledRows(markup.keyboard);
  if (keyboard.length > 0) return replyKeyboard(keyboard, markup);
  const inline = filledRows(markup.inline_keyboard);
  if (inline.length > 0) {
    return { kind: 'inline', rows: checkSize(inline).map((row) => row.map(toInline)) };
  }
  if (markup.remove_keyboard) return { kind: 'remove' };
  if (!markup.force_reply) return null;
  return { kind: 'force-reply', placeholder: markup.input_field_placeholder };

  function toInline(button: unknown): InlineKeyboardButton {
    return checkInlineButton(button, options);
  }
}

function markupProblem(error: z.ZodError): string {
  const issue = error.issues[0];
  const field = String(issue?.path[0] ?? 'reply_markup');
  if (field === 'inline_keyboard') {
    return 'Field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays';
  }
  if (field === 'keyboard') return 'Field "keyboard" must be an Array of Arrays';
  return `Field "${field}": ${issue?.message ?? 'wrong value'}`;
}

function filledRows(rows: unknown[][]): unknown[][] {
  return rows.filter((row) => row.length > 0);
}

function checkSize(rows: unknown[][]): unknown[][] {
  if (rows.flat().length > MAX_BUTTONS) throw badRequest('reply markup is too long');
  const widest = Math.max(...rows.map((row) => row.length));
  if (widest > MAX_ROW_BUTTONS) {
    throw badRequest(`A keyboard row has ${widest} buttons, at most ${MAX_ROW_BUTTONS} are shown`);
  }
  return rows;
}

function replyKeyboard(rows: unknown[][], markup: z.infer<typeof markupSchema>): ReplyMarkup {
  const buttons = checkSize(rows).map((row) => row.map(checkReplyButton));
  return {
    kind: 'keyboard',
    keyboard: {
      rows: buttons,
      isOneTime: markup.one_time_keyboard,
      placeholder: markup.input_field_placeholder,
    },
  };
}

function checkReplyButton(value: unknown): KeyboardButton {
  const parsed = replyButton.safeParse(value);
  if (!parsed.success) {
    throw badRequest("Can't parse keyboard button: KeyboardButton must be a String or an Object");
  }
  const button = typeof parsed.data === 'string' ? { text: parsed.data } : parsed.data;
  if (button.text.trim() === '') throw badRequest('Keyboard button text must be non-empty');
  return button;
}

function checkInlineButton(value: unknown, options: MarkupOptions): InlineKeyboardButton {
  const parsed = inlineButton.safeParse(value);
  if (!parsed.success) throw unparsable(parsed.error.issues[0]?.message ?? 'wrong button');
  const button = parsed.data;
  const actions = actionsOf(button).filter((each) => !(each === 'disabled' && options.isOld));
  const action = actions[0];
  if (action === undefined) throw unparsable('Text buttons are unallowed in the inline keyboard');
  if (actions.length > 1) {
    throw unparsable(`exactly one action is expected, found ${actions.join(', ')}`);
  }
  if (button.text.trim() === '') throw badRequest('Inline keyboard button text must be non-empty');
  return checkAction({ button, action, allowLoopback: options.allowLoopback });
}

/** An empty url or callback_data counts as absent, as for the real server. */
function actionsOf(button: InlineInput): (keyof InlineInput)[] {
  const { text: _text, style: _style, icon_custom_emoji_id: _icon, ...actions } = button;
  const names = Object.keys(actions) as (keyof typeof actions)[];
  return names.filter((name) => !(['url', 'callback_data'].includes(name) && button[name] === ''));
}

function checkAction(input: {
  button: InlineInput;
  action: keyof InlineInput;
  allowLoopback: boolean;
}): InlineKeyboardButton {
  const { button, action } = input;
  const base = { text: button.text, ...(button.style ? { style: button.style } : {}) };
  if (action === 'callback_data') return { ...base, callback_data: callbackData(button) };
  if (action === 'url') {
    return { ...base, url: checkedUrl({ url: button.url ?? '', what: '', ...input }) };
  }
  if (action === 'copy_text') return { ...base, copy_text: { text: copyText(button) } };
  if (action === 'disabled') return { ...base, disabled: {} };
  if (action === 'web_app') {
    const url = checkedUrl({ url: button.web_app?.url ?? '', what: 'Web App ', ...input });
    return { ...base, web_app: { url } };
  }
  if (action === 'switch_inline_query') {
    return { ...base, switch_inline_query: button.switch_inline_query ?? '' };
  }
  if (action === 'switch_inline_query_current_chat') {
    const query = button.switch_inline_query_current_chat ?? '';
    return { ...base, switch_inline_query_current_chat: query };
  }
  throw badRequest(`Buttons of type ${action} are not part of this simulation`);
}

function callbackData(button: InlineInput): string {
  const data = button.callback_data ?? '';
  if (Buffer.byteLength(data) > MAX_CALLBACK_BYTES) throw badRequest('BUTTON_DATA_INVALID');
  return data;
}

function copyText(button: InlineInput): string {
  const text = button.copy_text?.text ?? '';
  if (text.length < 1 || text.length > MAX_COPY_LENGTH) {
    throw badRequest('BUTTON_COPY_TEXT_INVALID');
  }
  return text;
}

function checkedUrl(input: { url: string; what: string; allowLoopback: boolean }): string {
  if (/^tg:(?:\/\/)?user\?id=\d+$/i.test(input.url)) return input.url;
  const link = checkLink(input.url, input);
  if (link.kind === 'ok') return link.url;
  throw badRequest(
    `Inline keyboard button ${input.what}URL '${input.url}' is invalid: ${link.reason}`,
  );
}

function unparsable(reason: string): Error {
  return badRequest(`Can't parse inline keyboard button: ${reason}`);
}
