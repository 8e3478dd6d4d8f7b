import type { MessageEntity } from 'grammy/types';

import { checkLink } from './link.ts';

interface Finder {
  type: 'bot_command' | 'mention' | 'hashtag' | 'url' | 'email';
  pattern: RegExp;
}

/** A simplification of TDLib's `find_entities`: the kinds a bot meets daily. */
const FINDERS: Finder[] = [
  {
    type: 'bot_command',
    pattern: /(?<![\p{L}\p{N}_/<>])\/[a-z0-9_]{1,64}(?:@\w{3,32})?(?![\p{L}\p{N}_/])/giu,
  },
  { type: 'email', pattern: /(?<![\w.+-])[\w.+-]{1,64}@[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}/giu },
  { type: 'url', pattern: /(?<![\w@/.])https?:\/\/[^\s<>"«»]+[^\s<>"«».,;:!?'()[\]]/giu },
  { type: 'mention', pattern: /(?<![\p{L}\p{N}_/@.])@[a-z]\w{3,31}(?![\p{L}\p{N}_])/giu },
  { type: 'hashtag', pattern: /(?<![\p{L}\p{N}_#])#(?=[\p{N}_]*\p{L})[\p{L}\p{N}_]{1,256}/gu },
];

/** What Telegram marks on its own in a text: commands, mentions, hashtags, links, addresses. */
export function findEntities(text: string, known: MessageEntity[]): MessageEntity[] {
  const taken = known.filter((entity) =>
    ['code', 'pre', 'text_link', 'text_mention', 'custom_emoji'].includes(entity.type),
  );
  const found: MessageEntity[] = [];
  for (const { type, pattern } of FINDERS) {
    for (const match of text.matchAll(pattern)) {
      const entity = { type, offset: match.index, length: match[0].length };
      if (type === 'url' && checkLink(match[0], { allowLoopback: false }).kind === 'invalid') {
        continue;
      }
      if ([...taken, ...found].some((other) => overlaps(other, entity))) continue;
      found.push(entity);
    }
  }
  return found;
}

function overlaps(
  one: { offset: number; length: number },
  other: { offset: number; length: number },
): boolean {
  return one.offset < other.offset + other.length && other.offset < one.offset + one.length;
}
