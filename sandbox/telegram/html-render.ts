import type { MessageEntity } from 'grammy/types';

import type { FormattedText } from './types.ts';

/** Escapes text for HTML, quotes included. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** Text with its entities as escaped HTML, for a page that shows the chat. Line breaks stay line breaks. */
export function renderHtml(body: FormattedText): string {
  const tags = body.entities.flatMap((entity) => {
    const tag = tagOf(entity, body.text);
    return tag === undefined ? [] : [{ ...tag, start: entity.offset, end: endOf(entity) }];
  });
  let html = '';
  const open: typeof tags = [];
  for (let at = 0; at <= body.text.length; at += 1) {
    // A tag that ends inside of another is closed with it: pages need well-formed HTML.
    while (open.some((tag) => tag.end <= at)) html += open.pop()?.close ?? '';
    for (const tag of tags) {
      if (tag.start !== at) continue;
      html += tag.open;
      open.push(tag);
    }
    html += escapeHtml(body.text.charAt(at));
  }
  return html;
}

function endOf(entity: MessageEntity): number {
  return entity.offset + entity.length;
}

const ELEMENTS = new Map<MessageEntity['type'], { open: string; close: string }>([
  ['bold', element('b')],
  ['italic', element('i')],
  ['underline', element('u')],
  ['strikethrough', element('s')],
  ['code', element('code')],
  ['pre', element('pre')],
  ['blockquote', element('blockquote')],
  ['expandable_blockquote', element('blockquote')],
  ['spoiler', { open: '<span class="tg-spoiler">', close: '</span>' }],
]);

function tagOf(entity: MessageEntity, text: string): { open: string; close: string } | undefined {
  if (entity.type === 'text_link') return link(entity.url);
  if (entity.type === 'url') return link(text.slice(entity.offset, endOf(entity)));
  if (entity.type === 'date_time') return moment(entity.unix_time);
  return ELEMENTS.get(entity.type);
}

function moment(unix: number): { open: string; close: string } {
  return { open: `<time datetime="${new Date(unix * 1000).toISOString()}">`, close: '</time>' };
}

function element(name: string): { open: string; close: string } {
  return { open: `<${name}>`, close: `</${name}>` };
}

function link(url: string): { open: string; close: string } {
  return { open: `<a href="${escapeHtml(url)}">`, close: '</a>' };
}
