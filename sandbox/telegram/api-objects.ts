import type {
  Chat,
  Content,
  Group,
  Person,
  SharedContact,
  StoredFile,
  StoredMessage,
} from './types.ts';
import type { World } from './world.ts';

export interface BotIdentity {
  id: number;
  firstName: string;
  username: string;
}

type Json = Record<string, unknown>;

export function botUser(bot: BotIdentity): Json {
  return { id: bot.id, is_bot: true, first_name: bot.firstName, username: bot.username };
}

export function toUser(person: Person): Json {
  return {
    id: person.id,
    is_bot: false,
    first_name: person.firstName,
    ...(person.lastName === undefined ? {} : { last_name: person.lastName }),
    ...(person.username === undefined ? {} : { username: person.username }),
    ...(person.languageCode === undefined ? {} : { language_code: person.languageCode }),
  };
}

export function toChat(person: Person): Json {
  return {
    id: person.id,
    first_name: person.firstName,
    ...(person.lastName === undefined ? {} : { last_name: person.lastName }),
    ...(person.username === undefined ? {} : { username: person.username }),
    type: 'private',
  };
}

function toGroup({ id, title, isForum }: Group): Json {
  return { id, title, type: 'supergroup', ...(isForum ? { is_forum: true } : {}) };
}

interface MessageContext {
  world: World;
  bot: BotIdentity;
}

/** The `Message` object, with the message it answers to (one level deep, as in Telegram). */
export function toMessage(
  message: StoredMessage,
  context: MessageContext,
  options: { withReply: boolean } = { withReply: true },
): Json {
  const { group } = context.world.chat(message.userId);
  const { topicId } = message;
  const replied = options.withReply ? repliedMessage(message, context) : undefined;
  return {
    message_id: message.messageId,
    from:
      message.from === 'bot'
        ? botUser(context.bot)
        : toUser(personOf(context.world, message.senderId)),
    chat: group ? toGroup(group) : toChat(personOf(context.world, message.userId)),
    ...(topicId === undefined ? {} : { message_thread_id: topicId, is_topic_message: true }),
    date: message.date,
    ...(message.editDate === undefined ? {} : { edit_date: message.editDate }),
    ...(replied ? { reply_to_message: replied } : {}),
    ...contentFields(message.content),
    ...(message.inlineKeyboard.length === 0
      ? {}
      : { reply_markup: { inline_keyboard: message.inlineKeyboard } }),
  };
}

function repliedMessage(message: StoredMessage, context: MessageContext): Json | undefined {
  if (message.replyTo === undefined) return undefined;
  const replied = context.world.chat(message.userId).messages.get(message.replyTo);
  return replied && toMessage(replied, context, { withReply: false });
}

function contentFields(content: Content): Json {
  switch (content.kind) {
    case 'text':
      return textFields(content);
    case 'photo':
      return {
        photo: [photoSize(content.file)],
        ...captionFields(content.body),
        ...(content.captionAbove ? { show_caption_above_media: true } : {}),
      };
    case 'document':
      return { document: documentObject(content.file), ...captionFields(content.body) };
    case 'rich':
      return { rich_message: { blocks: content.blocks } };
    case 'contact':
      return { contact: contactObject(content.contact) };
    default:
      return content satisfies never;
  }
}

function textFields(content: Extract<Content, { kind: 'text' }>): Json {
  return {
    text: content.body.text,
    ...(content.body.entities.length > 0 ? { entities: content.body.entities } : {}),
    ...(content.linkPreview === undefined ? {} : { link_preview_options: content.linkPreview }),
  };
}

function contactObject(contact: SharedContact): Json {
  return {
    phone_number: contact.phoneNumber,
    first_name: contact.firstName,
    ...(contact.userId === undefined ? {} : { user_id: contact.userId }),
  };
}

function captionFields(body: { text: string; entities: unknown[] }): Json {
  if (body.text === '') return {};
  return {
    caption: body.text,
    ...(body.entities.length > 0 ? { caption_entities: body.entities } : {}),
  };
}

function photoSize(file: StoredFile): Json {
  return {
    file_id: file.fileId,
    file_unique_id: file.uniqueId,
    file_size: file.bytes.length,
    width: file.width,
    height: file.height,
  };
}

function documentObject(file: StoredFile): Json {
  return {
    ...(file.name === undefined ? {} : { file_name: file.name }),
    ...(file.mimeType === undefined ? {} : { mime_type: file.mimeType }),
    file_id: file.fileId,
    file_unique_id: file.uniqueId,
    file_size: file.bytes.length,
  };
}

/** `ChatFullInfo` of a private chat. */
export function toFullChat(chat: Chat, context: MessageContext): Json {
  if (chat.group) return toGroup(chat.group);
  const person = personOf(context.world, chat.userId);
  return {
    ...toChat(person),
    can_send_gift: true,
    ...(person.username === undefined ? {} : { active_usernames: [person.username] }),
    accepted_gift_types: {
      unlimited_gifts: true,
      limited_gifts: true,
      unique_gifts: true,
      premium_subscription: true,
      gifts_from_channels: true,
    },
    max_reaction_count: 11,
    accent_color_id: 0,
  };
}

function personOf(world: World, userId: number): Person {
  const person = world.person(userId);
  if (!person) throw new Error(`no person ${userId} though there is a message of theirs`);
  return person;
}
