import type { MessageEntity } from 'grammy/types';
import { z } from 'zod';

import { badRequest } from './api-error.ts';
import type { FormattedText } from './types.ts';

export interface HtmlOptions {
  /** The normalised link, or undefined when Telegram would drop it and keep the plain text. */
  checkLink: (url: string) => string | undefined;
  /** The entity of a `tg://user?id=` link; undefined for somebody the bot never met. */
  mention: (userId: number) => { user: MessageEntity.TextMentionMessageEntity['user'] } | undefined;
  /** The server is older than `tg-time`. */
  isOld?: boolean;
}

interface OpenTag {
  name: string;
  argument: string;
  /** Of a `tg-time`. */
  format: string;
  /** Where the tag's text begins in the result. */
  offset: number;
}

const TAGS = new Set(
  'a b strong i em s strike del u ins tg-spoiler tg-emoji tg-time span pre code blockquote'.split(
    ' ',
  ),
);
const NEW_TAG = 'tg-time';
const SPACE = /\s/;
const NAMED = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
]);
const REFERENCE = /&(?:#x([0-9a-f]+)|#([0-9]+)|([a-z]+));?/iy;

/**
 * Telegram's HTML into text and entities, following TDLib's `parse_html` rule for rule, its error texts included (those of
 * `tg-time` are our own):
 * only the documented tags, only `&lt; &gt; &amp; &quot;` and numeric references (any other `&…` stays as it is).
 * Throws the 400 "can't parse entities: …" of the real server; offsets in it are bytes of UTF-8.
 */
export function parseHtml(source: string, options: HtmlOptions): FormattedText {
  return new HtmlParser(source, options).parse();
}

class HtmlParser {
  readonly #source: string;
  readonly #options: HtmlOptions;
  readonly #open: OpenTag[] = [];
  readonly #entities: MessageEntity[] = [];
  /** `code` itself has no language; one around or inside of a `pre` passes it on. */
  readonly #languages = new Map<MessageEntity, string>();
  #at = 0;
  #text = '';

  constructor(source: string, options: HtmlOptions) {
    this.#source = source;
    this.#options = options;
  }

  parse(): FormattedText {
    while (this.#at < this.#source.length) {
      const char = this.#char();
      if (char === '<') this.#tag();
      else this.#text += char === '&' ? this.#reference() : this.#take();
    }
    const unclosed = this.#open.at(-1);
    if (unclosed) {
      throw failure(`Can't find end tag corresponding to start tag "${unclosed.name}"`);
    }
    return { text: this.#text, entities: this.#entities };
  }

  #char(): string {
    return this.#source.charAt(this.#at);
  }

  #take(): string {
    const char = this.#char();
    this.#at += 1;
    return char;
  }

  #isEnd(): boolean {
    return this.#at >= this.#source.length;
  }

  #takeWhile(matches: (char: string) => boolean): string {
    const start = this.#at;
    while (!this.#isEnd() && matches(this.#char())) this.#at += 1;
    return this.#source.slice(start, this.#at);
  }

  /** The byte offset of a position, as the real server reports it. */
  #byteOffset(position: number): number {
    return Buffer.byteLength(this.#source.slice(0, position));
  }

  /** The character a reference at the cursor means; the `&` itself when it means none. */
  #reference(): string {
    REFERENCE.lastIndex = this.#at;
    const match = REFERENCE.exec(this.#source);
    const char = match ? decodeReference(match) : undefined;
    if (!match || char === undefined) return this.#take();
    this.#at += match[0].length;
    return char;
  }

  #tag(): void {
    const begin = this.#at;
    this.#at += 1;
    if (this.#char() === '/') this.#endTag(begin);
    else this.#startTag(begin);
  }

  #startTag(begin: number): void {
    const name = this.#takeWhile((char) => char !== '>' && !SPACE.test(char)).toLowerCase();
    const where = `at byte offset ${this.#byteOffset(begin)}`;
    if (this.#isEnd()) throw failure(`Unclosed start tag ${where}`);
    const isKnown = TAGS.has(name) && !(name === NEW_TAG && this.#options.isOld === true);
    if (!isKnown) throw failure(`Unsupported start tag "${name}" ${where}`);
    const { argument, format } = this.#attributes(name, where);
    if (name === 'span' && argument !== 'spoiler') {
      throw failure(`Tag "span" must have class "tg-spoiler" ${where}`);
    }
    this.#open.push({ name, argument, format, offset: this.#text.length });
  }

  /** Reads up to and over the closing `>`; returns the attributes that mean something for the tag. */
  #attributes(tag: string, where: string): { argument: string; format: string } {
    let argument = '';
    let format = '';
    for (;;) {
      this.#takeWhile((char) => SPACE.test(char));
      if (this.#char() === '>') break;
      const name = this.#takeWhile((char) => !/[\s=>/"']/.test(char));
      if (name === '') throw failure(`Empty attribute name in the tag "${tag}" ${where}`);
      this.#takeWhile((char) => SPACE.test(char));
      if (this.#isEnd()) throw failure(`Unclosed start tag "${tag}" ${where}`);
      let value = '';
      if (this.#char() === '=') {
        this.#at += 1;
        value = this.#attributeValue(tag, where);
      }
      argument = meaning({ tag, name, value }) ?? argument;
      if (tag === NEW_TAG && name === 'format') format = value;
    }
    this.#at += 1;
    return { argument, format };
  }

  #attributeValue(tag: string, where: string): string {
    this.#takeWhile((char) => SPACE.test(char));
    if (this.#isEnd()) throw failure(`Unclosed start tag "${tag}" ${where}`);
    const quote = this.#char();
    if (quote !== '"' && quote !== "'") return this.#nameToken();
    this.#at += 1;
    let value = '';
    while (!this.#isEnd() && this.#char() !== quote) {
      value += this.#char() === '&' ? this.#reference() : this.#take();
    }
    this.#at += 1;
    if (this.#isEnd()) throw failure(`Unclosed start tag ${where}`);
    return value;
  }

  #nameToken(): string {
    const begin = this.#at;
    const token = this.#takeWhile((char) => /[a-z0-9.-]/i.test(char)).toLowerCase();
    if (this.#char() !== '>' && !SPACE.test(this.#char())) {
      throw failure(`Unexpected end of name token at byte offset ${this.#byteOffset(begin)}`);
    }
    return token;
  }

  #endTag(begin: number): void {
    const where = `at byte offset ${this.#byteOffset(begin)}`;
    const open = this.#open.pop();
    if (!open) throw failure(`Unexpected end tag ${where}`);
    this.#at += 1;
    const name = this.#takeWhile((char) => char !== '>' && !SPACE.test(char)).toLowerCase();
    this.#takeWhile((char) => SPACE.test(char));
    if (this.#char() !== '>') throw failure(`Unclosed end tag ${where}`);
    this.#at += 1;
    if (name !== '' && name !== open.name) {
      throw failure(`Unmatched end tag ${where}, expected "</${open.name}>", found "</${name}>"`);
    }
    if (this.#text.length > open.offset) this.#addEntity(open);
  }

  #addEntity(tag: OpenTag): void {
    const span = { offset: tag.offset, length: this.#text.length - tag.offset };
    if (tag.name === 'a') this.#addLink(tag, span);
    else if (tag.name === 'pre' || tag.name === 'code') this.#addCode(tag, span);
    else this.#entities.push(simpleEntity(tag, span));
  }

  #addLink(tag: OpenTag, span: { offset: number; length: number }): void {
    const url = tag.argument === '' ? this.#text.slice(tag.offset) : tag.argument;
    const userId = /^tg:(?:\/\/)?user\?id=(\d+)$/i.exec(url)?.[1];
    if (userId !== undefined) {
      const mention = this.#options.mention(Number(userId));
      if (mention) this.#entities.push({ type: 'text_mention', ...span, ...mention });
      return;
    }
    const link = this.#options.checkLink(url);
    if (link !== undefined) this.#entities.push({ type: 'text_link', ...span, url: link });
  }

  /** `<pre><code class="language-x">` is one entity of type pre with a language. */
  #addCode(tag: OpenTag, span: { offset: number; length: number }): void {
    const inner = this.#entities.at(-1);
    const isSame = inner?.offset === span.offset && inner.length === span.length;
    if (tag.name === 'code' && isSame && inner.type === 'pre' && tag.argument !== '') {
      inner.language = tag.argument;
      return;
    }
    const language = isSame && inner.type === 'code' ? this.#languages.get(inner) : undefined;
    if (tag.name === 'pre' && language !== undefined) {
      this.#entities[this.#entities.length - 1] = { type: 'pre', ...span, language };
      return;
    }
    const entity: MessageEntity = { type: tag.name === 'pre' ? 'pre' : 'code', ...span };
    if (tag.name === 'code' && tag.argument !== '') this.#languages.set(entity, tag.argument);
    this.#entities.push(entity);
  }
}

function simpleEntity(tag: OpenTag, span: { offset: number; length: number }): MessageEntity {
  switch (tag.name) {
    case 'b':
    case 'strong':
      return { type: 'bold', ...span };
    case 'i':
    case 'em':
      return { type: 'italic', ...span };
    case 'u':
    case 'ins':
      return { type: 'underline', ...span };
    case 's':
    case 'strike':
    case 'del':
      return { type: 'strikethrough', ...span };
    case 'blockquote':
      return { type: tag.argument === '' ? 'blockquote' : 'expandable_blockquote', ...span };
    case 'tg-emoji':
      if (!/^[1-9]\d*$/.test(tag.argument)) {
        throw failure('Invalid custom emoji identifier specified');
      }
      return { type: 'custom_emoji', ...span, custom_emoji_id: tag.argument };
    case NEW_TAG:
      return { type: 'date_time', ...span, ...momentOf(tag) };
    default:
      return { type: 'spoiler', ...span };
  }
}

/** Bot API, date-time entity formatting; a moment of Telegram's is 32 bits. */
export const MOMENT = z.object({
  unix_time: z
    .int()
    .min(0)
    .max(2 ** 31 - 1),
  date_time_format: z.custom<MessageEntity.DateTimeMessageEntity['date_time_format']>(
    (format) => typeof format === 'string' && /^(?:r|w?[dD]?[tT]?)$/.test(format),
  ),
});

function momentOf({ argument, format }: OpenTag): z.infer<typeof MOMENT> {
  const unix = argument === '' ? Number.NaN : Number(argument);
  const moment = MOMENT.safeParse({ unix_time: unix, date_time_format: format });
  if (!moment.success) throw failure('Invalid date specified');
  return moment.data;
}

function meaning(attribute: { tag: string; name: string; value: string }): string | undefined {
  const { tag, name, value } = attribute;
  if (tag === 'a' && name === 'href') return value;
  if (tag === NEW_TAG && name === 'unix') return value;
  if (tag === 'code' && name === 'class' && value.startsWith('language-')) return value.slice(9);
  if (tag === 'span' && name === 'class' && value.startsWith('tg-')) return value.slice(3);
  if (tag === 'tg-emoji' && name === 'emoji-id') return value;
  if (tag === 'blockquote' && name === 'expandable') return '1';
  return undefined;
}

function decodeReference(match: RegExpExecArray): string | undefined {
  if (match[3] !== undefined) return NAMED.get(match[3]);
  const code = match[1] === undefined ? Number(match[2]) : Number.parseInt(match[1], 16);
  const digits = (match[1] ?? match[2] ?? '').length + (match[1] === undefined ? 2 : 3);
  if (code === 0 || code >= 0x10ffff || digits >= 10) return undefined;
  return String.fromCodePoint(code);
}

function failure(reason: string): Error {
  return badRequest(`Can't parse entities: ${reason}`);
}
