import { z } from 'zod';

import { badRequest } from './api-error.ts';
import { findEntities } from './found-entities.ts';
import { MOMENT, parseHtml } from './html-parser.ts';
import type { HtmlOptions } from './html-parser.ts';
import type { FormattedText } from './types.ts';
import type { MessageEntity } from 'grammy/types';

/** Text 1–4096, caption 0–1024 characters after parsing (Bot API, sendMessage and sendPhoto), in UTF-16 units. */
export const MAX_TEXT_LENGTH = 4096;
export const MAX_CAPTION_LENGTH = 1024;
const MAX_SOURCE_BYTES = 32_768;

const span = { offset: z.number().int(), length: z.number().int() };
const entitySchema = z.discriminatedUnion('type', [
  z.object({
    type: z.enum([
      'mention',
      'hashtag',
      'cashtag',
      'bot_command',
      'url',
      'email',
      'phone_number',
      'bold',
      'italic',
      'underline',
      'strikethrough',
      'spoiler',
      'blockquote',
      'expandable_blockquote',
      'code',
    ]),
    ...span,
  }),
  z.object({ type: z.literal('pre'), ...span, language: z.string().exactOptional() }),
  z.object({ type: z.literal('text_link'), ...span, url: z.string() }),
  z.object({ type: z.literal('text_mention'), ...span, user: z.object({ id: z.number() }) }),
  z.object({ type: z.literal('custom_emoji'), ...span, custom_emoji_id: z.string() }),
  z.object({ type: z.literal('date_time'), ...span, ...MOMENT.shape }),
]);

export interface TextSource {
  text: string;
  parseMode: string;
  /** The `entities` argument; ignored when a parse mode is given, as by the real server. */
  entities: unknown;
}

/**
 * What Telegram makes of a bot's text: parsed, cleaned, trimmed, with the entities it finds by itself. The result
 * may be empty. Throws the real server's 400s. MarkdownV2 is refused: the simulation speaks HTML only.
 */
export function formatText(source: TextSource, options: HtmlOptions): FormattedText {
  if (Buffer.byteLength(source.text) > MAX_SOURCE_BYTES) throw badRequest('Text is too long');
  const clean = { ...source, text: cleanText(source.text) };
  const parsed = trim(parse(clean, options));
  const entities = [...parsed.entities, ...findEntities(parsed.text, parsed.entities)];
  return { text: parsed.text, entities: sortEntities(withoutNestedCode(entities)) };
}

/** What a person typed: no markup, only what Telegram finds by itself. */
export function typedText(text: string): FormattedText {
  const clean = trim({ text: cleanText(text), entities: [] }).text;
  return { text: clean, entities: sortEntities(findEntities(clean, [])) };
}

function parse(source: TextSource, options: HtmlOptions): FormattedText {
  const mode = source.parseMode.toLowerCase();
  if (mode === 'html') return parseHtml(source.text, options);
  if (mode === 'markdown' || mode === 'markdownv2') {
    throw badRequest(`Parse mode ${source.parseMode} is not part of this simulation; use HTML`);
  }
  if (mode !== '' && mode !== 'none') throw badRequest('Unsupported parse_mode');
  return { text: source.text, entities: givenEntities(source, options) };
}

function givenEntities(source: TextSource, options: HtmlOptions): MessageEntity[] {
  if (source.entities === undefined) return [];
  const parsed = z.array(entitySchema).safeParse(source.entities);
  if (!parsed.success) {
    throw badRequest(`Can't parse MessageEntity: ${parsed.error.issues[0]?.message ?? 'wrong'}`);
  }
  return parsed.data.flatMap((entity): MessageEntity[] => {
    const isInside = entity.offset >= 0 && entity.offset + entity.length <= source.text.length;
    if (!isInside || entity.length <= 0) return [];
    if (entity.type === 'text_link') {
      const url = options.checkLink(entity.url);
      return url === undefined ? [] : [{ ...entity, url }];
    }
    if (entity.type !== 'text_mention') return [entity];
    const mention = options.mention(entity.user.id);
    return mention ? [{ ...entity, ...mention }] : [];
  });
}

/** Control characters become blanks, carriage returns go (TDLib's `clean_input_string`). */
function cleanText(text: string): string {
  return text.replaceAll('\r', '').replaceAll(CONTROL, ' ');
}

// Built from text so that no control character stands in the source.
const CONTROL = new RegExp(`[${String.fromCharCode(0)}-\\x09\\x0b-\\x1f]`, 'g');

/** Trailing white space goes; leading blanks and line breaks too, but not past the first entity. */
function trim(body: FormattedText): FormattedText {
  const end = body.text.trimEnd().length;
  const first = Math.min(end, ...body.entities.map((entity) => entity.offset));
  const start = Math.min(/^[ \n]*/.exec(body.text)?.[0].length ?? 0, first);
  const entities = body.entities.flatMap((entity) => {
    const length = Math.min(entity.offset + entity.length, end) - entity.offset;
    return length > 0 ? [{ ...entity, offset: entity.offset - start, length }] : [];
  });
  return { text: body.text.slice(start, end), entities };
}

/** Nothing but a quote may surround code, and nothing may stand in it. */
function withoutNestedCode(entities: MessageEntity[]): MessageEntity[] {
  const code = entities.filter((entity) => entity.type === 'code' || entity.type === 'pre');
  return entities.filter(
    (entity) =>
      code.includes(entity) ||
      entity.type.endsWith('blockquote') ||
      !code.some((outer) => intersects(outer, entity)),
  );
}

function intersects(one: MessageEntity, other: MessageEntity): boolean {
  return one.offset < other.offset + other.length && other.offset < one.offset + one.length;
}

function sortEntities(entities: MessageEntity[]): MessageEntity[] {
  return entities.toSorted((one, other) => one.offset - other.offset || other.length - one.length);
}
