/** Everything outside of the program: Telegram, four payment systems, Paylov; and what really happened there. */
import type { Clock } from '../src/core/deps.ts';
import { startSimulatedPaylov } from '../sandbox/paylov/simulated-paylov.ts';
import type { SimulatedPaylov } from '../sandbox/paylov/types.ts';
import type { CardProvider, SimulatedWorld } from '../sandbox/providers/types.ts';
import { startSimulatedProviders } from '../sandbox/providers/world.ts';
import {
  type SimulatedTelegram,
  startSimulatedTelegram,
} from '../sandbox/telegram/simulated-telegram.ts';
import type { Chance } from './chance.ts';
import { addressOf, type Network, type Sender } from './network.ts';
import type { SimulatedTime } from './time.ts';
import type { Unkind } from './unkind.ts';

export const TOKEN = '700000:simulated-token-that-opens-nothing';
export const WEBHOOK_SECRET = 'simulated-webhook-secret';
export const OWNER = 901;

/** Many an owner has one card and links it wherever they can. */
const SHARING: readonly (readonly CardProvider[])[] = [
  ['rasmiypay', 'autopaycard'],
  ['payfer', 'rasmiypay'],
  ['payfer', 'rasmiypay', 'autopaycard'],
];

/** The world's own requests are never cut off: it has no kills. */
const WORLD: Sender = { name: 'world', isDead: false, reach: () => undefined };

export interface World {
  clock: Clock;
  telegram: SimulatedTelegram;
  providers: SimulatedWorld;
  paylov: SimulatedPaylov;
  /** What the program is to be told of where everything is. */
  settings: Readonly<Record<string, string>>;
}

export async function createWorld(options: {
  time: SimulatedTime;
  network: Network;
  chance: Chance;
  unkind: ReadonlySet<Unkind>;
}): Promise<World> {
  const { time, network, chance, unkind } = options;
  const clock = time.clockOf(WORLD, { isExact: true });
  const { listen } = network;
  const fetch = network.fetchOf(WORLD);
  const telegram = await startSimulatedTelegram({
    // Long polls end when nobody waits for anything: they need not be on time.
    clock: time.clockOf(WORLD, { isExact: false }),
    random: chance.fork('telegram'),
    fetch,
    token: TOKEN,
    listen,
    paced: true,
  });
  const providers = await startSimulatedProviders({
    clock,
    random: chance.fork('providers'),
    fetch,
    listen,
    oneCardAt: unkind.has('one_card') ? chance.fork('cards').pick(SHARING) : [],
  });
  const paylov = await startSimulatedPaylov({ clock, random: chance.fork('paylov'), listen });
  providers.provider('payfer').webhookUrl =
    `${addressOf('program')}/webhooks/payfer/${WEBHOOK_SECRET}`;
  return {
    clock,
    telegram,
    providers,
    paylov,
    settings: {
      BOT_TOKEN: TOKEN,
      TELEGRAM_API_ROOT: telegram.url,
      ADMIN_IDS: String(OWNER),
      PUBLIC_URL: addressOf('program'),
      WEBHOOK_SECRET,
      ...providers.settings,
      ...paylov.settings,
    },
  };
}
