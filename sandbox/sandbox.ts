/** Everything outside of the program, on this machine: a Telegram, four payment systems, a bank and a page to play. */
import type { Hono } from 'hono';
import type { Config, ProvidersConfig } from '../src/settings/types.ts';
import { type Clock, type Deps, randomCode } from '../src/core/deps.ts';
import type { Log } from '../src/core/log.ts';
import { readPaylov } from '../src/settings/paylov.ts';
import { readProviders } from '../src/settings/providers.ts';
import { SettingsReader } from '../src/settings/reader.ts';
import type { Books, BooksOptions } from './books/books.ts';
import { createOutsideWorld } from './outside-world.ts';
import type { OutsideWorld } from './here.ts';
import { startSimulatedPaylov } from './paylov/simulated-paylov.ts';
import type { SimulatedPaylov } from './paylov/types.ts';
import { createPersons, OWNER_ID } from './persons.ts';
import { deskOfOneProcess, type ProgramDesk } from './program/desk.ts';
import { startSimulatedProviders } from './providers/world.ts';
import type { SimulatedWorld } from './providers/types.ts';
import { sandboxRoutes } from './routes.ts';
import { type SimulatedTelegram, startSimulatedTelegram } from './telegram/simulated-telegram.ts';

const BOT_ID = 1_000_000_001;
const WEBHOOK_SECRET = 'sandbox-webhook-secret';

export interface Sandbox {
  /** The given one, led to the simulated Telegram and the simulated payment systems alone. */
  config: Config;
  /** To be mounted at /sandbox. */
  routes: Hono;
  telegram: SimulatedTelegram;
  world: SimulatedWorld;
  paylov: SimulatedPaylov;
  /** Where payment systems reach the program; null before `connected` and while webhooks are switched off. */
  publicUrl(): string | null;
  /** Calls `listener` whenever `publicUrl` may have changed. */
  onPublicUrl(listener: (url: string | null) => void): void;
  /** Once the HTTP server listens. `baseUrl` has no slash at the end: `http://127.0.0.1:8080`. */
  connected(options: { baseUrl: string }): void;
  /** Lets go of every open page and of the program's file: the program closes it last then, and nothing stays beside it. */
  closePages(): void;
  /** Ends the simulated servers as well. */
  close(): Promise<void>;
}

interface SandboxOptions {
  config: Config;
  /** `clock` is the sandbox's time. */
  deps: Deps;
  log: Log;
  /** Present when the program runs as a process of its own, which the page can kill and start. */
  program?: {
    desk: ProgramDesk;
    /** The machine's clock, by which whoever looks at the page lives. */
    real: Clock;
    openBooks(world: Pick<BooksOptions, 'providers' | 'paylov' | 'inpayRequestsPerHour'>): Books;
  };
}

/**
 * Starts the simulated servers on free ports of 127.0.0.1. All they know is in memory and gone after `close`.
 * Credentials of real payment systems in `config` are left out of the result: nothing leaves this machine.
 */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { deps, log, program } = options;
  const telegram = await startSimulatedTelegram({
    ...deps,
    // Waiting for updates is no work: time may leap meanwhile.
    ...(program ? { pollClock: program.real } : {}),
    token: newToken(deps),
    firstIds: idsAboveLastRun(deps),
  });
  try {
    const world = await startSimulatedProviders({
      ...deps,
      log: (event, data) => log.debug({ ...data, event }, 'sandbox'),
    });
    const paylov = await startSimulatedPaylov(deps);
    return assemble({ ...options, telegram, world, paylov });
  } catch (error) {
    await telegram.close();
    throw error;
  }
}

/** The token of this run's simulated Telegram, which no other page on this machine can guess. */
function newToken({ random }: Deps): string {
  const alphabet = 'abcdefghijklmnopqrstuvwxyz0123456789';
  return `${BOT_ID}:sandbox-${randomCode(random, { length: 24, alphabet })}`;
}

/**
 * Ids begin at the seconds since 1970, because the database outlives the simulated Telegram: they are above those of
 * the last run, as nobody writes a message a second.
 */
function idsAboveLastRun({ clock }: Deps): { update: number; message: number } {
  const seconds = Math.floor(clock.now() / 1000);
  return { update: seconds, message: seconds - Date.UTC(2026, 0) / 1000 };
}

type Parts = SandboxOptions & {
  telegram: SimulatedTelegram;
  world: SimulatedWorld;
  paylov: SimulatedPaylov;
};

function assemble(parts: Parts): Sandbox {
  const { deps, log, telegram, world, paylov, program } = parts;
  const persons = createPersons(telegram);
  const config = sandboxConfig(parts);
  const desk = program?.desk ?? deskOfOneProcess(deps.clock);
  const inpayRequestsPerHour = config.providers.inpay?.requestsPerHour ?? null;
  const books = program?.openBooks({ providers: world, paylov, inpayRequestsPerHour }) ?? null;
  const outside = outsideOf(parts, { config, desk, books });
  const { routes, close } = sandboxRoutes({
    telegram,
    persons,
    outside,
    desk,
    books,
    clock: program?.real ?? deps.clock,
    log,
    hosts: namedHosts(parts.config),
  });
  const closePages = (): void => {
    close();
    books?.close();
  };
  return {
    config,
    routes,
    telegram,
    world,
    paylov,
    publicUrl: () => outside.publicUrl(),
    onPublicUrl: (listener) => {
      outside.onChange(() => listener(outside.publicUrl()));
    },
    connected: ({ baseUrl }) => outside.connected(baseUrl),
    closePages,
    close: async () => {
      closePages();
      outside.close();
      await Promise.all([telegram.close(), world.close(), paylov.close()]);
    },
  };
}

function outsideOf(
  { world, paylov, deps }: Parts,
  { config, desk, books }: { config: Config; desk: ProgramDesk; books: Books | null },
): OutsideWorld {
  return createOutsideWorld({
    world,
    paylov,
    clock: deps.clock,
    cards: cardsOf(config.providers),
    shopWebhookPath: `/webhooks/payfer/${config.http.webhookSecret ?? WEBHOOK_SECRET}`,
    hurry: (until) => desk.hurry(until),
    deadlineOf: (provider, orderId) => books?.deadlineOf(provider, orderId) ?? null,
  });
}

function sandboxConfig({
  config,
  telegram,
  world,
  paylov,
}: {
  config: Config;
  telegram: SimulatedTelegram;
  world: SimulatedWorld;
  paylov: SimulatedPaylov;
}): Config {
  return {
    ...config,
    mode: 'sandbox',
    telegram: { token: telegram.token, apiRoot: telegram.url, webhook: false },
    adminIds: [...new Set([OWNER_ID, ...config.adminIds])],
    // The settings may name a chat that does not exist here.
    adminChatId: null,
    http: {
      ...config.http,
      publicUrl: null,
      webhookSecret: config.http.webhookSecret ?? WEBHOOK_SECRET,
    },
    providers: simulatedProviders(world.settings),
    paylov: readPaylov(new SettingsReader(paylov.settings)),
  };
}

function simulatedProviders(environment: Readonly<Record<string, string>>): ProvidersConfig {
  const settings = new SettingsReader(environment);
  const providers = readProviders({ settings, isLive: false });
  if (settings.problems.length > 0) {
    const problems = settings.problems.map(({ name, wrong }) => `${name}: ${wrong}`);
    throw new Error(`the simulated payment systems are set up wrongly: ${problems.join('; ')}`);
  }
  return providers;
}

function cardsOf({ payfer, rasmiypay, autopaycard }: ProvidersConfig): string[] {
  const cards = [payfer?.cardNumber, rasmiypay?.cardNumber];
  const listed = autopaycard?.cards.map((card) => card.number) ?? [];
  return [...cards, ...listed].filter((card) => card !== undefined);
}

/** The names that the operator gave this server; those that mean every address name nothing. */
function namedHosts({ http }: Config): string[] {
  const hosts = http.publicUrl === null ? [] : [new URL(http.publicUrl).hostname];
  const isNamed = !['0.0.0.0', '::', '::0'].includes(http.host);
  return isNamed ? [...hosts, http.host] : hosts;
}
