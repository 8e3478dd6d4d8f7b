import { randomCode } from '../../src/core/deps.ts';
import type { Clock, Random } from '../../src/core/deps.ts';
import { EventHub } from './event-hub.ts';
import { FileStore } from './file-store.ts';
import { renderHtml } from './html-render.ts';
import type {
  Chat,
  Content,
  Draft,
  ForcedReply,
  FormattedText,
  Group,
  MessageFile,
  MessageView,
  Person,
  ReplyKeyboard,
  StoredMessage,
} from './types.ts';

const MAX_MESSAGES_PER_CHAT = 500;
const EMPTY: FormattedText = { text: '', entities: [] };

interface NewMessage {
  userId: number;
  from: 'bot' | 'user';
  content: Content;
  inlineKeyboard?: StoredMessage['inlineKeyboard'];
  isLocked?: boolean;
  replyTo?: number | undefined;
  senderId?: number | undefined;
  topicId?: number | undefined;
}

/** People, their chats with the bot, messages and files: everything Telegram would remember. */
export class World {
  readonly clock: Clock;
  readonly events = new EventHub();
  readonly files: FileStore;
  readonly #random: Random;
  readonly #people = new Map<number, Person>();
  readonly #chats = new Map<number, Chat>();
  #nextMessageId: number;

  constructor(clock: Clock, random: Random, firstMessageId = 1) {
    this.clock = clock;
    this.#nextMessageId = firstMessageId;
    this.#random = random;
    this.files = new FileStore(random);
  }

  /** Creates the person, or updates the one with this id. */
  putPerson(person: Person): Person {
    this.#people.set(person.id, person);
    if (!this.#chats.has(person.id)) this.#chats.set(person.id, this.#newChat(person.id));
    return person;
  }

  /** The bot is in it from now on. */
  putGroup(group: Group): Group {
    const chat = this.#chats.get(group.id) ?? this.#newChat(group.id);
    this.#chats.set(group.id, { ...chat, group, isStarted: true });
    return group;
  }

  person(userId: number): Person | undefined {
    return this.#people.get(userId);
  }

  /** Throws for somebody who was never created: a mistake of the caller, not of the bot. */
  chat(userId: number): Chat {
    const chat = this.#chats.get(userId);
    if (!chat) throw new Error(`no person ${userId}: call user({id: ${userId}, …}) first`);
    return chat;
  }

  /** The chat as the bot may use it: undefined until the person wrote. */
  startedChat(userId: number): Chat | undefined {
    const chat = this.#chats.get(userId);
    return chat?.isStarted ? chat : undefined;
  }

  nowSeconds(): number {
    return Math.floor(this.clock.now() / 1000);
  }

  addMessage(message: NewMessage): StoredMessage {
    const chat = this.chat(message.userId);
    const stored: StoredMessage = {
      messageId: this.#nextMessageId,
      userId: message.userId,
      from: message.from,
      date: this.nowSeconds(),
      editDate: undefined,
      content: message.content,
      inlineKeyboard: message.inlineKeyboard ?? [],
      isLocked: message.isLocked ?? false,
      replyTo: message.replyTo,
      senderId: message.senderId ?? message.userId,
      topicId: message.topicId,
    };
    this.#nextMessageId += 1;
    chat.messages.set(stored.messageId, stored);
    for (const oldest of chat.messages.keys()) {
      if (chat.messages.size <= MAX_MESSAGES_PER_CHAT) break;
      chat.messages.delete(oldest);
    }
    if (message.from === 'bot') this.setDraft(chat, null);
    this.events.emit({ kind: 'message', userId: chat.userId, message: this.view(stored) });
    return stored;
  }

  /** `edit_date` is set only when the content changed: a new keyboard alone does not mark a message as edited. */
  editMessage(
    message: StoredMessage,
    change: Partial<Pick<StoredMessage, 'content' | 'inlineKeyboard'>>,
  ): StoredMessage {
    Object.assign(message, change);
    if (change.content) message.editDate = this.nowSeconds();
    this.events.emit({ kind: 'edit', userId: message.userId, message: this.view(message) });
    return message;
  }

  removeMessage(message: StoredMessage): void {
    const chat = this.chat(message.userId);
    chat.messages.delete(message.messageId);
    this.events.emit({ kind: 'delete', userId: chat.userId, messageId: message.messageId });
  }

  /** What is shown now; null once its time is over. */
  draftOf(userId: number): Draft | null {
    const { draft } = this.chat(userId);
    return draft !== null && draft.until > this.clock.now() ? draft : null;
  }

  setDraft(chat: Chat, draft: Draft | null): void {
    const isSame = chat.draft === draft;
    chat.draft = draft;
    if (!isSame) this.events.emit({ kind: 'draft', userId: chat.userId, draft });
  }

  setKeyboard(chat: Chat, keyboard: ReplyKeyboard | null, forcedReply: ForcedReply | null): void {
    const isSame = chat.keyboard === keyboard;
    chat.keyboard = keyboard;
    chat.forcedReply = forcedReply;
    if (!isSame) this.events.emit({ kind: 'reply-keyboard', userId: chat.userId, keyboard });
  }

  view(message: StoredMessage): MessageView {
    const { content } = message;
    const body = bodyOf(content);
    return {
      messageId: message.messageId,
      userId: message.userId,
      from: message.from,
      at: message.date * 1000,
      text: content.kind === 'text' ? body.text : '',
      caption: content.kind === 'text' ? '' : body.text,
      html: renderHtml(body),
      entities: body.entities,
      file: fileOf(content),
      contact: content.kind === 'contact' ? content.contact : null,
      rich: content.kind === 'rich' ? content.blocks : null,
      inlineKeyboard: message.inlineKeyboard,
      isEdited: message.editDate !== undefined,
      replyTo: message.replyTo ?? null,
      senderId: message.senderId,
      topicId: message.topicId ?? null,
    };
  }

  /** A decimal id as Telegram gives to callback queries and chat instances. */
  newLongId(): string {
    const tail = randomCode(this.#random, { length: 17, alphabet: '0123456789' });
    return `1${tail}`;
  }

  #newChat(userId: number): Chat {
    return {
      userId,
      isStarted: false,
      isBlocked: false,
      chatInstance: this.newLongId(),
      messages: new Map(),
      keyboard: null,
      forcedReply: null,
      group: null,
      topics: new Map(),
      draft: null,
    };
  }
}

/** Text or caption; empty for what has neither. */
function bodyOf(content: Content): FormattedText {
  return 'body' in content ? content.body : EMPTY;
}

function fileOf(content: Content): MessageFile | null {
  if (content.kind !== 'photo' && content.kind !== 'document') return null;
  const { file } = content;
  return {
    kind: content.kind,
    fileId: file.fileId,
    sizeBytes: file.bytes.length,
    name: file.name,
    mimeType: file.mimeType,
  };
}
