import { realDeps } from '../../src/core/deps.ts';
import type { Clock, Random } from '../../src/core/deps.ts';
import type { Listen } from '../listen.ts';
import { BotProfile } from './bot-profile.ts';
import type { BotCommand } from './bot-profile.ts';
import { CallLog } from './call-log.ts';
import { CallbackQueries } from './callback-queries.ts';
import type { Core } from './core.ts';
import { dispatch } from './dispatcher.ts';
import type { TelegramListener } from './event-hub.ts';
import { Faults } from './faults.ts';
import type { Fault } from './faults.ts';
import { listen } from './http-server.ts';
import type { ListeningServer } from './http-server.ts';
import { Pacing } from './pacing.ts';
import { Params } from './params.ts';
import { PersonActions } from './person-actions.ts';
import type {
  ContactOptions,
  FileOptions,
  TapHandle,
  Tapped,
  TextOptions,
} from './person-actions.ts';
import { Polling } from './polling.ts';
import type {
  ApiCall,
  Draft,
  Group,
  MessageView,
  Person,
  ReplyKeyboard,
  StoredFile,
} from './types.ts';
import { UpdateQueue } from './update-queue.ts';
import { WebhookSender } from './webhook.ts';
import { World } from './world.ts';

export interface SimulatedTelegramOptions {
  clock: Clock;
  /** How long polls wait, where that is not to follow `clock`. */
  pollClock?: Clock;
  random: Random;
  /** `<bot id>:<secret>`; a placeholder by default. */
  token?: string;
  /** 0, the default, takes a free one. */
  port?: number;
  /** Else a server on `port` of 127.0.0.1. */
  listen?: Listen;
  /** Buttons and webhooks may point to this machine, which the real service refuses. Default true. */
  allowLoopbackUrls?: boolean;
  /** Answer 429 to a bot that sends faster than Telegram allows. Default false. */
  paced?: boolean;
  /** For webhook deliveries; the real network by default. */
  fetch?: typeof fetch;
  /**
   * Where ids of updates and messages begin. A bot remembers both: a simulation that starts anew beside a bot that
   * does not must begin above those of the last one.
   */
  firstIds?: { update: number; message: number };
}

const DEFAULT_TOKEN = '1000000001:simulated-bot-token-for-tests-only';
const FIRST_UPDATE_ID = 100_000_001;

/** Starts the simulated Bot API on 127.0.0.1. Everything is in memory and bounded. Close it when done. */
export async function startSimulatedTelegram(
  options: SimulatedTelegramOptions,
): Promise<SimulatedTelegram> {
  const core = createCore(options);
  const server = await listen(core, options.port ?? 0, options.listen);
  return new SimulatedTelegram(core, server);
}

function createCore(options: SimulatedTelegramOptions): Core {
  const { clock } = options;
  const token = options.token ?? DEFAULT_TOKEN;
  const first = options.firstIds ?? { update: FIRST_UPDATE_ID, message: 1 };
  const queue = new UpdateQueue(clock, first.update);
  const core: Core = {
    clock,
    token,
    world: new World(clock, options.random, first.message),
    bot: { id: Number.parseInt(token, 10), firstName: 'Simulated', username: 'simulated_bot' },
    queue,
    polling: new Polling(options.pollClock ?? clock, queue),
    webhook: new WebhookSender({
      clock,
      queue,
      fetch: options.fetch ?? realDeps().fetch,
      runReply: async (method, body) => {
        const params = new Params(new Map(Object.entries(body)), new Map());
        await dispatch(core, { method, params, signal: new AbortController().signal });
      },
    }),
    profile: new BotProfile(),
    callbacks: new CallbackQueries(clock),
    faults: new Faults(),
    calls: new CallLog(),
    pacing: options.paced === true ? new Pacing(clock) : null,
    allowLoopback: options.allowLoopbackUrls ?? true,
    isOld: false,
    stopping: new AbortController(),
  };
  return core;
}

/** The people's side of the simulated Telegram: they write, tap and read; tests inject faults. */
export class SimulatedTelegram {
  /** `http://127.0.0.1:port`: the `apiRoot` of a bot. */
  readonly url: string;
  readonly token: string;
  readonly #core: Core;
  readonly #server: ListeningServer;
  readonly #people: PersonActions;

  constructor(core: Core, server: ListeningServer) {
    this.#core = core;
    this.#server = server;
    this.#people = new PersonActions(core);
    this.token = core.token;
    this.url = server.url;
  }

  /** Ends waiting polls, webhook deliveries and connections. */
  async close(): Promise<void> {
    this.#core.stopping.abort();
    this.#core.webhook.stop();
    this.#core.callbacks.close();
    await this.#server.close();
    await this.#core.webhook.settled();
  }

  /** Creates a person, or changes the one with this id. Their chat begins with their first message. */
  user(person: Person): Person {
    return this.#core.world.putPerson(person);
  }

  /** The person writes. Returns the message. Throws while they block the bot, as no client lets them. */
  sendText(userId: number, text: string, options: TextOptions = {}): MessageView {
    return this.#people.sendText(userId, text, options);
  }

  /** The person shares a phone number: their own unless `options` says whose. */
  sendContact(userId: number, phone: string, options: ContactOptions = {}): MessageView {
    return this.#people.sendContact(userId, phone, options);
  }

  sendPhoto(userId: number, bytes: Uint8Array, options: FileOptions = {}): MessageView {
    return this.#people.sendPhoto(userId, bytes, options);
  }

  sendDocument(
    userId: number,
    document: { bytes: Uint8Array; name: string; mimeType: string },
    options: FileOptions = {},
  ): MessageView {
    return this.#people.sendDocument(userId, document, options);
  }

  /** Creates a group that the bot is in, or changes the one with this id. */
  group(group: Group): Group {
    return this.#core.world.putGroup(group);
  }

  /** Names of a forum's topics, by the id of each. */
  topics(groupId: number): ReadonlyMap<number, string> {
    return this.#core.world.chat(groupId).topics;
  }

  /**
   * The person presses an inline button of a message, found by its data or its label. Throws when there is no such
   * button or it opens a link. A button of the reply keyboard is `sendText` of its label. What is `forged` is sent as it
   * is: a script of one's own can send any data, and Telegram does not look at the button.
   */
  tap(userId: number, messageId: number, button: Tapped & { inGroup?: number }): TapHandle {
    return this.#people.tap(userId, messageId, button);
  }

  /** The bot gets `my_chat_member` with status `kicked`; whatever it sends is refused with 403. */
  block(userId: number): void {
    this.#people.setBlocked(userId, true);
  }

  unblock(userId: number): void {
    this.#people.setBlocked(userId, false);
  }

  /** The person deletes a message for both sides. The bot is not told. */
  deleteMessage(userId: number, messageId: number): void {
    this.#people.deleteMessage(userId, messageId);
  }

  /** The chat, oldest first: at most the last 500 messages. */
  messages(userId: number): MessageView[] {
    const { world } = this.#core;
    return [...world.chat(userId).messages.values()].map((message) => world.view(message));
  }

  message(userId: number, messageId: number): MessageView | undefined {
    const { world } = this.#core;
    const message = world.chat(userId).messages.get(messageId);
    return message && world.view(message);
  }

  lastMessage(userId: number): MessageView | undefined {
    return this.messages(userId).at(-1);
  }

  replyKeyboard(userId: number): ReplyKeyboard | null {
    return this.#core.world.chat(userId).keyboard;
  }

  /** What the bot shows of a message that it is still at; null when there is none, or its time is over. */
  draft(userId: number): Readonly<Draft> | null {
    return this.#core.world.draftOf(userId);
  }

  /** The menu a person sees, in their language unless another is given. */
  commands(userId: number, languageCode?: string): BotCommand[] {
    const language = languageCode ?? this.#core.world.person(userId)?.languageCode ?? '';
    return this.#core.profile.commandsFor(userId, language);
  }

  /** A file's bytes by its file_id. */
  file(fileId: string): Uint8Array | undefined {
    return this.#core.world.files.get(fileId)?.bytes;
  }

  /** A file with its name by its file_id. */
  storedFile(fileId: string): Readonly<StoredFile> | undefined {
    return this.#core.world.files.get(fileId);
  }

  /** The last 2000 calls of the bot, oldest first; of one method when given. */
  calls(method?: string): ApiCall[] {
    return this.#core.calls.list(method);
  }

  /** How many updates the bot has not confirmed yet. */
  pendingUpdates(): number {
    return this.#core.queue.pending().length;
  }

  /** Tells of everything that changes in the chats. Returns the function that ends it. */
  on(listener: TelegramListener): () => void {
    return this.#core.world.events.on(listener);
  }

  /** The next `times` matching calls go wrong. */
  fail(fault: Fault): void {
    this.#core.faults.add(fault);
  }

  clearFaults(): void {
    this.#core.faults.clear();
  }

  /** From now on a server that does not know `tg-time`, disabled buttons, drafts and rich messages, and refuses them; or one that does. */
  setOld(isOld: boolean): void {
    this.#core.isOld = isOld;
  }

  /** Delivers the last `count` delivered updates once more. Returns how many there were (at most 100 are kept). */
  repeatUpdates(count = 1): number {
    return this.#core.queue.repeat(count);
  }
}
