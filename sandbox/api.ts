/**
 * What the page and the sandbox say to each other: every route, what it takes, what it answers, every event. Here are the
 * events, the people and their chats; the rest is in api-world.ts, api-program.ts and api-books.ts.
 *
 * All routes are under `/sandbox`. What changes something is a POST with `x-sandbox: 1` (see guard.ts) and a JSON body,
 * `{}` where none is named. What goes wrong is `{ error }` with 400 (not understood), 403 (not from this page), 404
 * (nobody and nothing of that name), 409 (not possible now) or 503. Times are milliseconds since 1970 of the sandbox's
 * clock, which may run faster than the machine's; sums to be read are texts in so'm, `Tiyin` fields are integers.
 *
 * The page itself is `GET /`; its own files and the library's are those of page-files.ts.
 */
import type { BooksChange, BooksView } from './api-books.ts';
import type { ProgramView } from './api-program.ts';
import type { WorldView } from './api-world.ts';
import type { MessageView, ReplyKeyboard, TelegramEvent } from './telegram/types.ts';

/** `GET /api/state`, and the first event of `GET /events`. */
export interface StateView {
  persons: PersonView[];
  /** By person's id. */
  chats: Record<number, ChatView>;
  world: WorldView;
  program: ProgramView;
  books: BooksView;
}

/**
 * `GET /events`, server-sent: `event` is the name, `data` the JSON of `data`. Begins with `state`; a page that was let
 * go (it was too slow) connects again and gets the state again.
 */
export type LiveEvent =
  | { event: 'state'; data: StateView }
  /** A message, an edit, a deletion, an answer to a tap, typing (`chat-action`), a reply keyboard, a pin. */
  | { event: 'telegram'; data: TelegramEvent }
  /** Somebody has another language, or blocks the bot. */
  | { event: 'persons'; data: PersonView[] }
  /** The whole of it, after every change and every 3 s. */
  | { event: 'world'; data: WorldView }
  | { event: 'program'; data: ProgramView }
  /** What is new or changed since the last one. */
  | { event: 'books'; data: BooksChange };

// People and their chats

/** `GET /api/persons`: PersonView[]. */
export interface PersonView {
  id: number;
  name: string;
  /** Their Telegram's: `uz`, `ru`, `en`. What they chose in the bot is the bot's business. */
  language: string;
  isOwner: boolean;
  /** They block the bot. */
  isBlocking: boolean;
}

/**
 * `GET /api/persons/:id/chat`.
 *
 * A message's `file` is downloaded from `GET /api/files/:fileId`: pictures as such, everything else as a download
 * under its own name. Its `html` is escaped text with Telegram's tags. Buttons of `inlineKeyboard` have
 * `callback_data` (POST tap), `url` (opens it; the simulated checkout is one) or `copy_text.text` (copies it). Those
 * of the reply keyboard are sent as a text, or share the contact where `request_contact` stands.
 */
export interface ChatView {
  /** Oldest first, at most the last 200. */
  messages: MessageView[];
  keyboard: ReplyKeyboard | null;
}

/** `GET /api/persons/:id/commands`: the menu of commands, CommandView[]. */
export interface CommandView {
  command: string;
  description: string;
}

/** `POST /api/persons/:id/text`; answers the MessageView. Buttons of the reply keyboard are their text. */
export interface TextRequest {
  /** 1 to 4096 characters. */
  text: string;
}

/** `POST /api/persons/:id/tap` on an inline button; the bot's answer comes as the event `callback-answer`. */
export interface TapRequest {
  messageId: number;
  data: string;
}
export interface TapAnswer {
  queryId: string;
}

/** `POST /api/persons/:id/contact`: shares a phone number, their own; answers the MessageView. */
export interface ContactRequest {
  /** `+998901234567` */
  phone: string;
}

/**
 * `POST /api/persons/:id/photo?caption=…`; the body is the picture itself (PNG, JPEG, WebP or GIF, at most 5 MB), with
 * its content type. Answers the MessageView.
 */
export interface PhotoQuery {
  /** At most 1024 characters. */
  caption?: string;
}

/** `POST /api/persons/:id/language`: of their Telegram; answers the PersonView. */
export interface LanguageRequest {
  language: 'uz' | 'ru' | 'en';
}

/** `POST /api/persons/:id/block`: blocks the bot, or no longer; answers the PersonView. */
export interface BlockRequest {
  isBlocking: boolean;
}
