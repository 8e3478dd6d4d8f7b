import { describe, expect, test } from 'vitest';

import { escapeHtml, renderHtml } from './html-render.ts';
import { parseHtml } from './html-parser.ts';
import type { HtmlOptions } from './html-parser.ts';
import { typedText } from './formatted-text.ts';
import { ALI, startStage } from './fake-telegram.fixture.ts';

const options: HtmlOptions = { checkLink: (url) => url, mention: () => undefined };

describe('parseHtml', () => {
  test.each([
    ['<b>a</b><strong>a</strong>', ['bold', 'bold']],
    ['<i>a</i><em>a</em>', ['italic', 'italic']],
    ['<u>a</u><ins>a</ins>', ['underline', 'underline']],
    ['<s>a</s><strike>a</strike><del>a</del>', Array.from({ length: 3 }, () => 'strikethrough')],
    ['<tg-spoiler>a</tg-spoiler><span class="tg-spoiler">a</span>', ['spoiler', 'spoiler']],
    ['<code>a</code><pre>a</pre>', ['code', 'pre']],
    ['<blockquote>a</blockquote>', ['blockquote']],
    ['<blockquote expandable>a</blockquote>', ['expandable_blockquote']],
    ['<tg-emoji emoji-id="5368324170671202286">👍</tg-emoji>', ['custom_emoji']],
    ['<tg-time unix="1647531900" format="wDT">a</tg-time>', ['date_time']],
    ['<b><tg-time unix="1647531900">a</tg-time></b>', ['date_time', 'bold']],
    ['<a href="https://example.com/">a</a>', ['text_link']],
    ['<B>a</b>', ['bold']],
  ])('%s', (html, types) => {
    expect(parseHtml(html, options).entities.map((entity) => entity.type)).toEqual(types);
  });

  test('offsets are UTF-16 units', () => {
    expect(parseHtml('👍 <b>so‘m</b>', options)).toEqual({
      text: '👍 so‘m',
      entities: [{ type: 'bold', offset: 3, length: 4 }],
    });
  });

  test('pre with a language is one entity', () => {
    const { entities } = parseHtml('<pre><code class="language-ts">a</code></pre>', options);
    expect(entities).toEqual([{ type: 'pre', offset: 0, length: 1, language: 'ts' }]);
  });

  test('knows four named references and numbers; the rest stays as it is', () => {
    expect(parseHtml('&lt;&gt;&amp;&quot;&#39;&#x41; &nbsp; & &lt', options).text).toBe(
      `<>&"'A &nbsp; & <`,
    );
  });

  test.each([
    ['<div>a</div>', 'Unsupported start tag "div" at byte offset 0'],
    ['so‘m <br>', 'Unsupported start tag "br" at byte offset 7'],
    ['<b>a', `Can't find end tag corresponding to start tag "b"`],
    ['a</b>', 'Unexpected end tag at byte offset 1'],
    ['<b><i>a</b></i>', 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'],
    ['1 <2', 'Unclosed start tag at byte offset 2'],
    ['<span>a</span>', 'Tag "span" must have class "tg-spoiler" at byte offset 0'],
    ['<a href=x/y>a</a>', 'Unexpected end of name token at byte offset 8'],
    ['<b>a</b', 'Unclosed end tag at byte offset 4'],
    ['<tg-emoji emoji-id="x">a</tg-emoji>', 'Invalid custom emoji identifier specified'],
    ['<tg-time>a</tg-time>', 'Invalid date specified'],
    ['<tg-time unix="soon">a</tg-time>', 'Invalid date specified'],
    ['<tg-time unix="1" format="rt">a</tg-time>', 'Invalid date specified'],
    ['<tg-time unix="1" format="tD">a</tg-time>', 'Invalid date specified'],
  ])('refuses %s', (html, reason) => {
    expect(() => parseHtml(html, options)).toThrow(
      `400: Bad Request: can't parse entities: ${reason}`,
    );
  });
});

test('a moment is an entity, of which an older server knows nothing', () => {
  const html = '<tg-time unix="1647531900" format="r">22:45</tg-time>';
  expect(parseHtml(html, options).entities).toEqual([
    { type: 'date_time', offset: 0, length: 5, unix_time: 1_647_531_900, date_time_format: 'r' },
  ]);
  expect(() => parseHtml(html, { ...options, isOld: true })).toThrow(
    `400: Bad Request: can't parse entities: Unsupported start tag "tg-time" at byte offset 0`,
  );
});

describe('what Telegram finds by itself', () => {
  test('commands, mentions, links, hashtags and addresses', () => {
    const { entities, text } = typedText(
      '/pay@my_bot @ali_test #tolov https://example.com/a. a@b.uz',
    );
    const found = entities.map(({ type, offset, length }) => [
      type,
      text.slice(offset, offset + length),
    ]);
    expect(found).toEqual([
      ['bot_command', '/pay@my_bot'],
      ['mention', '@ali_test'],
      ['hashtag', '#tolov'],
      ['url', 'https://example.com/a'],
      ['email', 'a@b.uz'],
    ]);
  });

  test('no command inside of a path or a fraction', () => {
    expect(typedText('1/2 a/b').entities).toEqual([]);
  });
});

describe('over the API', () => {
  test('entities come back, links normalised', async () => {
    const { api, telegram } = await startStage();
    const message = await api.sendMessage(
      ALI.id,
      '<b>Jami</b>: <code>50 000</code> <a href="https://example.com">chek</a> <a href="tg://user?id=101">Ali</a>',
      { parse_mode: 'HTML' },
    );
    expect(message.entities).toEqual([
      { type: 'bold', offset: 0, length: 4 },
      { type: 'code', offset: 6, length: 6 },
      { type: 'text_link', offset: 13, length: 4, url: 'https://example.com/' },
      {
        type: 'text_mention',
        offset: 18,
        length: 3,
        user: {
          id: 101,
          is_bot: false,
          first_name: 'Ali',
          username: 'ali_test',
          language_code: 'uz',
        },
      },
    ]);
    expect(telegram.lastMessage(ALI.id)?.html).toBe(
      '<b>Jami</b>: <code>50 000</code> <a href="https://example.com/">chek</a> Ali',
    );
  });

  test('the error names the place', async () => {
    const { api } = await startStage();
    await expect(
      api.sendMessage(ALI.id, 'a <p>b</p>', { parse_mode: 'HTML' }),
    ).rejects.toMatchObject({
      error_code: 400,
      description: `Bad Request: can't parse entities: Unsupported start tag "p" at byte offset 2`,
    });
  });

  test('entities may be given instead of a parse mode', async () => {
    const { api } = await startStage();
    const entities = [{ type: 'bold' as const, offset: 0, length: 3 }];
    const message = await api.sendMessage(ALI.id, 'bir', { entities });
    expect(message.entities).toEqual(entities);
  });

  test.each(['MarkdownV2', 'BBCode'])('refuses parse mode %s', async (parse_mode) => {
    const { api } = await startStage();
    await expect(
      api.sendMessage(ALI.id, '*a*', { parse_mode: parse_mode as 'MarkdownV2' }),
    ).rejects.toMatchObject({ error_code: 400 });
  });
});

test('rendering escapes and nests', () => {
  const body = parseHtml('<b>a &lt;<i>b</i></b> "c"', options);
  expect(renderHtml(body)).toBe('<b>a &lt;<i>b</i></b> &quot;c&quot;');
  expect(escapeHtml(`<a href="x">&`)).toBe('&lt;a href=&quot;x&quot;&gt;&amp;');
});
