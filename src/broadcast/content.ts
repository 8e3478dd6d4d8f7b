/** What a broadcast says: the owner's own words or picture, with nothing added. */
import type { Api } from 'grammy';
import type { LinkPreviewOptions, Message, MessageEntity } from 'grammy/types';
import { z } from 'zod';
import type { GrammySignal } from '../core/telegram-fetch.ts';

/** As Telegram gave them; it gets them back unchanged. */
const entitySchema = z.custom<MessageEntity>(
  (value) => z.looseObject({ type: z.string() }).safeParse(value).success,
);
const previewSchema = z.custom<LinkPreviewOptions>(
  (value) => z.looseObject({}).safeParse(value).success,
);

export const contentSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('text'),
    text: z.string(),
    entities: z.array(entitySchema),
    /** Null leaves it to Telegram. */
    linkPreview: previewSchema.nullable(),
  }),
  z.object({
    kind: z.literal('photo'),
    /** Telegram's id of the picture's largest size; it is valid for this bot only. */
    fileId: z.string(),
    caption: z.string(),
    entities: z.array(entitySchema),
    isCaptionAbove: z.boolean(),
    isSpoiler: z.boolean(),
  }),
]);

export type Content = z.infer<typeof contentSchema>;

type ReadContent =
  | { kind: 'content'; content: Content }
  /** One of several pictures sent together; `groupId` is the same for all of them. */
  | { kind: 'album'; groupId: string }
  /** Neither text nor a photo. */
  | { kind: 'unfit' };

/** What a message of the owner's would be as a broadcast. */
export function readContent(message: Message): ReadContent {
  if (message.media_group_id !== undefined)
    return { kind: 'album', groupId: message.media_group_id };
  const { text, photo } = message;
  if (text !== undefined) {
    const { entities = [], link_preview_options: linkPreview = null } = message;
    return { kind: 'content', content: { kind: 'text', text, entities, linkPreview } };
  }
  const largest = photo?.at(-1);
  if (!largest) return { kind: 'unfit' };
  const content: Content = {
    kind: 'photo',
    fileId: largest.file_id,
    caption: message.caption ?? '',
    entities: message.caption_entities ?? [],
    isCaptionAbove: message.show_caption_above_media === true,
    isSpoiler: message.has_media_spoiler === true,
  };
  return { kind: 'content', content };
}

/** Sends it to one chat, as it will look to everybody. Rejects with what Telegram said. */
export async function sendContent(
  api: Api,
  { chatId, content, signal }: { chatId: number; content: Content; signal?: GrammySignal },
): Promise<void> {
  if (content.kind === 'text') {
    const { text, entities, linkPreview } = content;
    const preview = linkPreview === null ? {} : { link_preview_options: linkPreview };
    await api.sendMessage(chatId, text, { entities, ...preview }, signal);
    return;
  }
  const { fileId, caption, entities, isCaptionAbove, isSpoiler } = content;
  await api.sendPhoto(
    chatId,
    fileId,
    {
      ...(caption === '' ? {} : { caption, caption_entities: entities }),
      ...(isCaptionAbove ? { show_caption_above_media: true } : {}),
      ...(isSpoiler ? { has_spoiler: true } : {}),
    },
    signal,
  );
}

/** For the log of what the staff did; a photo without a caption is empty. */
export function wordsOf(content: Content): string {
  return content.kind === 'text' ? content.text : content.caption;
}
