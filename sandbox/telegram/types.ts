import type { InlineKeyboardButton, KeyboardButton, MessageEntity } from 'grammy/types';

export interface Person {
  id: number;
  firstName: string;
  lastName?: string | undefined;
  username?: string | undefined;
  languageCode?: string | undefined;
}

/** A supergroup that the bot is in; its id is negative. */
export interface Group {
  id: number;
  title: string;
  /** It has topics, and the bot may make them. */
  isForum: boolean;
}

export interface StoredFile {
  fileId: string;
  uniqueId: string;
  bytes: Uint8Array;
  kind: 'photo' | 'document';
  name: string | undefined;
  mimeType: string | undefined;
  width: number;
  height: number;
}

export interface FormattedText {
  text: string;
  entities: MessageEntity[];
}

export interface SharedContact {
  phoneNumber: string;
  firstName: string;
  userId: number | undefined;
}

export type RichText =
  | string
  | RichText[]
  | {
      type: 'bold' | 'italic' | 'underline' | 'strikethrough' | 'code' | 'marked';
      text: RichText;
    };

export interface RichCell {
  text?: RichText | undefined;
  is_header?: true | undefined;
  colspan?: number | undefined;
  rowspan?: number | undefined;
  align: 'left' | 'center' | 'right';
  valign: 'top' | 'middle' | 'bottom';
}

/** A part of a rich message, as the Bot API writes it. */
export type RichBlock =
  | { type: 'paragraph' | 'footer'; text: RichText }
  | { type: 'heading'; text: RichText; size: number }
  | { type: 'divider' }
  | {
      type: 'table';
      cells: RichCell[][];
      is_bordered?: true | undefined;
      is_striped?: true | undefined;
      is_compact?: true | undefined;
      caption?: RichText | undefined;
    };

/** What a message holds; `text` and media exclude each other as in Telegram. */
export type Content =
  | { kind: 'text'; body: FormattedText; linkPreview: unknown }
  | { kind: 'rich'; blocks: RichBlock[] }
  | { kind: 'photo'; file: StoredFile; body: FormattedText; captionAbove: boolean }
  | { kind: 'document'; file: StoredFile; body: FormattedText }
  | { kind: 'contact'; contact: SharedContact };

export interface StoredMessage {
  messageId: number;
  /** The chat: a person's, or a group's. */
  userId: number;
  /** Who wrote it in a group; the person of a private chat. */
  senderId: number;
  /** The topic of a forum it stands in. */
  topicId: number | undefined;
  from: 'bot' | 'user';
  /** Seconds since 1970, as Telegram's `date`. */
  date: number;
  editDate: number | undefined;
  content: Content;
  inlineKeyboard: InlineKeyboardButton[][];
  /** Sent with a reply keyboard, its removal or a forced reply: Telegram lets nobody edit it afterwards. */
  isLocked: boolean;
  replyTo: number | undefined;
}

export interface ReplyKeyboard {
  messageId: number;
  rows: KeyboardButton[][];
  isOneTime: boolean;
  placeholder: string | undefined;
}

export interface ForcedReply {
  messageId: number;
  placeholder: string | undefined;
}

export type ReplyMarkup =
  | { kind: 'inline'; rows: InlineKeyboardButton[][] }
  | { kind: 'keyboard'; keyboard: Omit<ReplyKeyboard, 'messageId'> }
  | { kind: 'remove' }
  | { kind: 'force-reply'; placeholder: string | undefined };

/** A private chat between one person and the bot, which begins with the person's first message; or a group. */
export interface Chat {
  userId: number;
  isStarted: boolean;
  isBlocked: boolean;
  chatInstance: string;
  messages: Map<number, StoredMessage>;
  keyboard: ReplyKeyboard | null;
  forcedReply: ForcedReply | null;
  group: Group | null;
  /** Names of its topics, by the id of each. */
  topics: Map<number, string>;
  draft: Draft | null;
}

/** A preview of a message that the bot is still at. */
export interface Draft {
  draftId: number;
  /** Empty: “Thinking…”. */
  text: string;
  entities: MessageEntity[];
  /** Milliseconds since 1970. */
  until: number;
}

export interface MessageFile {
  kind: 'photo' | 'document';
  fileId: string;
  sizeBytes: number;
  name: string | undefined;
  mimeType: string | undefined;
}

/** A message as both sides see it. */
export interface MessageView {
  messageId: number;
  userId: number;
  from: 'bot' | 'user';
  /** Milliseconds since 1970. */
  at: number;
  /** Empty when the message has media. */
  text: string;
  /** Empty when the message has none. */
  caption: string;
  /** Text or caption as escaped HTML with the tags Telegram knows. */
  html: string;
  entities: MessageEntity[];
  file: MessageFile | null;
  contact: SharedContact | null;
  /** The blocks of a rich message, which has no text. */
  rich: RichBlock[] | null;
  inlineKeyboard: InlineKeyboardButton[][];
  isEdited: boolean;
  replyTo: number | null;
  senderId: number;
  /** The topic of a forum it stands in. */
  topicId: number | null;
}

export interface CallbackAnswer {
  /** False when the simulation was closed before the bot answered. */
  isAnswered: boolean;
  text: string;
  showAlert: boolean;
  url: string | undefined;
}

export type TelegramEvent =
  | { kind: 'message'; userId: number; message: MessageView }
  | { kind: 'edit'; userId: number; message: MessageView }
  | { kind: 'delete'; userId: number; messageId: number }
  | {
      kind: 'callback-answer';
      userId: number;
      messageId: number;
      queryId: string;
      text: string;
      showAlert: boolean;
      url: string | undefined;
    }
  /** Null: it is gone before its time, because a message of the bot came. */
  | { kind: 'draft'; userId: number; draft: Draft | null }
  | { kind: 'chat-action'; userId: number; action: string }
  | { kind: 'reply-keyboard'; userId: number; keyboard: ReplyKeyboard | null };

export interface ApiCall {
  /** As the caller spelled it: `sendMessage`. */
  method: string;
  /** The arguments, without the token; files as `{file, sizeBytes}`. */
  body: Record<string, unknown>;
  /** Milliseconds since 1970. */
  at: number;
  outcome: 'pending' | 'ok' | 'error' | 'dropped';
  /** The error's description when the outcome is `error`. */
  description: string | undefined;
}
