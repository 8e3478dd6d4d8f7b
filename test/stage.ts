/**
 * The whole program against the simulated Telegram and the simulated providers: real HTTP on loopback, a real file.
 * Only the clock can be moved on, so that deadlines pass without waiting for them.
 */
import { eq } from 'drizzle-orm';
import { createApp } from '../src/app/app.ts';
import type { App } from '../src/app/options.ts';
import { readConfig } from '../src/settings/config.ts';
import type { Config } from '../src/settings/types.ts';
import type { DatabaseAddress } from '../src/db/address.ts';
import { outbox } from '../src/db/tables.ts';
import { type Clock, type Deps, realClock, realRandom } from '../src/core/deps.ts';
import { auditBooks } from '../src/books/audit.ts';
import { userBalance } from '../src/ledger/ledger.ts';
import { createLog } from '../src/core/log.ts';
import { startSimulatedPaylov } from '../sandbox/paylov/simulated-paylov.ts';
import type { SimulatedPaylov } from '../sandbox/paylov/types.ts';
import { startSimulatedProviders } from '../sandbox/providers/world.ts';
import type { SimulatedOrder, SimulatedWorld } from '../sandbox/providers/types.ts';
import {
  type SimulatedTelegram,
  startSimulatedTelegram,
} from '../sandbox/telegram/simulated-telegram.ts';
import type { MessageView } from '../sandbox/telegram/types.ts';
import { nextBotMessage, waitFor } from '../sandbox/telegram/wait-for.ts';
import { SecretScrubber } from '../src/core/secrets.ts';
import { registerSecrets } from '../src/settings/register-secrets.ts';
import { openForTests, temporaryAddress } from '../src/testing/database.ts';
import { patience } from '../src/testing/patience.ts';
import type { Raw } from '../src/testing/raw.ts';
import type { ProviderId } from '../src/core/payment-systems.ts';

export const USER = 501;
export const OWNER = 901;
export const TOKEN = '700000:end-to-end-token';
export const SECRET = 'end-to-end-webhook-secret';

/** The machine's clock, moved on by what `skip` adds up to. Sleeps take their real time. */
interface MovableClock extends Clock {
  skip(ms: number): void;
  /** As the program's machine shows it. */
  machine: Clock;
  /** Somebody sets that machine's clock: no time has passed, and for nobody else. */
  jump(ms: number): void;
}

function movableClock(): MovableClock {
  let skipped = 0;
  let wrongByMs = 0;
  const time: Clock = {
    now: () => realClock.now() + skipped,
    elapsed: () => realClock.elapsed() + skipped,
    sleep: (ms, signal) => realClock.sleep(ms, signal),
  };
  return {
    ...time,
    machine: { ...time, now: () => time.now() + wrongByMs },
    skip: (ms) => void (skipped += ms),
    jump: (ms) => void (wrongByMs += ms),
  };
}

export interface Stage {
  app: App;
  clock: MovableClock;
  telegram: SimulatedTelegram;
  world: SimulatedWorld;
  paylov: SimulatedPaylov;
  baseUrl: string;
  /** Looks behind the program's back into its database, or tampers. */
  raw: Raw;
  /** All that was logged, as it was written. */
  log: string[];
  environment: Record<string, string>;
  /** Stops the program and starts it again on the same file. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

interface StageOptions {
  /** Providers can reach us. On by default. */
  webhooks?: boolean;
  telegramWebhook?: boolean;
  settings?: Record<string, string>;
}

export async function startStage(options: StageOptions = {}): Promise<Stage> {
  const database = await temporaryAddress();
  const clock = movableClock();
  const deps: Deps = { clock, random: realRandom, fetch: globalThis.fetch };
  const telegram = await startSimulatedTelegram({ ...deps, token: TOKEN });
  const world = await startSimulatedProviders(deps);
  const paylov = await startSimulatedPaylov(deps);
  telegram.user({ id: USER, firstName: 'Ali <b>', languageCode: 'en' });
  telegram.user({ id: OWNER, firstName: 'Owner', languageCode: 'en' });
  const log: string[] = [];
  const environment = {
    BOT_TOKEN: TOKEN,
    TELEGRAM_API_ROOT: telegram.url,
    ADMIN_IDS: String(OWNER),
    DATABASE_URL: urlOf(database.address),
    HOST: '127.0.0.1',
    PORT: '0',
    WEBHOOK_SECRET: SECRET,
    // Tests run the poller themselves.
    POLL_CRON: '0 0 1 1 *',
    LOG_LEVEL: 'debug',
    ...world.settings,
    ...paylov.settings,
    ...options.settings,
  };
  const given = { deps: { ...deps, clock: clock.machine }, environment, log, options };
  const first = await startApp(given);
  const stage: Stage = {
    ...first,
    raw: database.raw,
    clock,
    telegram,
    world,
    paylov,
    log,
    environment,
    async restart() {
      await stage.app.stop();
      Object.assign(stage, await startApp(given));
      connect(stage, options);
    },
    async close() {
      await stage.app.stop();
      await telegram.close();
      await world.close();
      await paylov.close();
      await database.remove();
    },
  };
  connect(stage, options);
  return stage;
}

function urlOf(address: DatabaseAddress): string {
  return address.engine === 'sqlite' ? `file:${address.path}` : address.url;
}

function connect({ world, baseUrl }: Stage, { webhooks = true }: StageOptions): void {
  world.provider('payfer').webhookUrl = webhooks ? `${baseUrl}/webhooks/payfer/${SECRET}` : null;
}

async function startApp({
  deps,
  environment,
  log,
  options: { webhooks = true, telegramWebhook = false },
}: {
  deps: Deps;
  environment: Record<string, string>;
  log: string[];
  options: StageOptions;
}): Promise<{ app: App; baseUrl: string }> {
  const config = configOf(environment);
  // The port is known only once the server listens.
  const address = { url: null as string | null };
  const secrets = new SecretScrubber();
  registerSecrets(secrets, config);
  const destination = { write: (line: string) => log.push(line) };
  const scrub = (text: string): string => secrets.scrub(text);
  const app = await createApp({
    config: { ...config, telegram: { ...config.telegram, webhook: telegramWebhook } },
    deps,
    openDatabase: openForTests,
    log: createLog({ level: 'debug', format: 'json', destination, scrub }),
    secrets,
    publicUrl: () => (webhooks || telegramWebhook ? address.url : null),
    onListening: (port) => {
      address.url = `http://127.0.0.1:${port}`;
    },
  });
  const { port } = await app.start();
  return { app, baseUrl: `http://127.0.0.1:${port}` };
}

export function configOf(environment: Record<string, string>): Config {
  const outcome = readConfig(environment, { isTerminal: false });
  if (outcome.kind === 'invalid') throw new Error(JSON.stringify(outcome.problems));
  return outcome.config;
}

/** One person's chat, driven as a person does: by what is written on the screen. */
export class Person {
  readonly #stage: Stage;
  readonly id: number;

  constructor(stage: Stage, id: number) {
    this.#stage = stage;
    this.id = id;
  }

  /** Sends a text; resolves with the first bot message after it that contains `expected`. */
  async send(text: string, expected: string | RegExp): Promise<MessageView> {
    const seen = this.#stage.telegram.messages(this.id).at(-1)?.messageId ?? 0;
    this.#stage.telegram.sendText(this.id, text);
    return await this.sees(expected, { after: seen });
  }

  /** Presses an inline button on the newest message that has it; resolves when `expected` is on a screen. */
  async tap(label: string | RegExp, expected: string | RegExp): Promise<MessageView> {
    const message = this.messageWith(label);
    const buttonText = buttons(message).find((text) => matches(text, label));
    if (buttonText === undefined) throw new Error('the button went away');
    const { telegram } = this.#stage;
    // From now on: an older screen may say the same.
    const seen = nextBotMessage(telegram, this.id, {
      timeoutMs: patience(20_000),
      matches: (each) => matches(each.text ?? '', expected),
    });
    telegram.tap(this.id, message.messageId, { text: buttonText });
    return await seen;
  }

  /** Presses a button and resolves with what the tap was answered. */
  async tapForAnswer(label: string | RegExp): Promise<string> {
    const message = this.messageWith(label);
    const text = buttons(message).find((each) => matches(each, label)) ?? '';
    const handle = this.#stage.telegram.tap(this.id, message.messageId, { text });
    return (await handle.answer).text ?? '';
  }

  messageWith(label: string | RegExp): MessageView {
    const messages = this.#stage.telegram.messages(this.id).toReversed();
    const found = messages.find((each) => buttons(each).some((text) => matches(text, label)));
    if (!found) throw new Error(`no button ${label}; the chat ends with: ${messages[0]?.text}`);
    return found;
  }

  async sees(expected: string | RegExp, { after = 0 } = {}): Promise<MessageView> {
    const { telegram } = this.#stage;
    return await waitFor(
      telegram,
      () =>
        telegram
          .messages(this.id)
          .filter((each) => each.messageId > after && each.from === 'bot')
          .findLast((each) => matches(each.text ?? '', expected)),
      {
        timeoutMs: patience(20_000),
        what: `${String(expected)} in ${this.texts().slice(-3).join(' ¦ ')}`,
      },
    );
  }

  texts(): string[] {
    return this.#stage.telegram.messages(this.id).map((each) => each.text ?? '');
  }
}

export function buttons(message: MessageView): string[] {
  return (message.inlineKeyboard ?? []).flat().map((button) => button.text);
}

function matches(text: string, expected: string | RegExp): boolean {
  const plain = text.replaceAll('\u00a0', ' ');
  return typeof expected === 'string' ? plain.includes(expected) : expected.test(plain);
}

/** First visit: language, then the menu. */
export async function begin(stage: Stage, id = USER): Promise<Person> {
  const person = new Person(stage, id);
  await person.send('/start', 'Choose a language');
  await person.tap('English', 'Hello');
  return person;
}

export const TITLES: Record<ProviderId, string> = {
  inpay: 'inPAY',
  payfer: 'Payfer',
  rasmiypay: 'RasmiyPay',
  autopaycard: 'AutoPayCard',
};

/** As far as the question for the sum. */
export async function chooseSystem(person: Person, provider: ProviderId): Promise<void> {
  await person.send('/topup', 'Choose how to pay');
  if (provider === 'inpay') {
    await person.tap('Click', 'how much');
    return;
  }
  // By its name: else the program would choose among all that know transfers.
  await person.tap('Another method', TITLES[provider]);
  await person.tap(TITLES[provider], 'how much');
}

/** From the menu to the order's screen; returns the order as the provider has it. */
export async function openOrder(
  stage: Stage,
  person: Person,
  { provider, sum = '50 000' }: { provider: ProviderId; sum?: string },
): Promise<SimulatedOrder> {
  const before = new Set(
    stage.world
      .provider(provider)
      .orders()
      .map((each) => each.id),
  );
  await chooseSystem(person, provider);
  await person.send(sum, /Top-up №/);
  const order = stage.world
    .provider(provider)
    .orders()
    .find((each) => !before.has(each.id));
  if (!order) throw new Error(`${provider} got no order`);
  return order;
}

/** One round of the poller. */
export async function poll({ app, clock }: Stage): Promise<void> {
  // Past the pace of every provider's first checks.
  clock.skip(20_000);
  await app.topups.tick();
}

export async function balanceOf({ app }: Stage, userId = USER): Promise<number> {
  return (await userBalance(app.db.read, userId)).availableTiyin;
}

/** How many messages of a kind a person was, or will be, sent. */
export async function messagesOf({ app }: Stage, kind: string, chatId = USER): Promise<number> {
  const rows = await app.db.read.select().from(outbox).where(eq(outbox.chatId, chatId));
  return rows.filter((row) => row.kind === kind).length;
}

export async function findings({ app }: Stage): Promise<string[]> {
  return (await auditBooks(app.db)).findings;
}
