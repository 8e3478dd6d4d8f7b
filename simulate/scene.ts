/** What surrounds the program in one run: time, chance, the network, the world, and what the program keeps its books in. */
import { Books } from './books.ts';
import { Chance } from './chance.ts';
import { Chats } from './chats.ts';
import type { Claims } from './lies.ts';
import { type Exchange, Network } from './network.ts';
import { prepareOnce } from './statements.ts';
import type { Store } from './store.ts';
import { Story } from './story.ts';
import { SimulatedTime } from './time.ts';
import { simulateTimers } from './timers.ts';
import { Truth } from './truth.ts';
import type { Unkind } from './unkind.ts';
import { type ChangeableWeather, createWeather } from './weather.ts';
import { createWorld, TOKEN, type World } from './world.ts';

/** A Monday morning in Tashkent. */
const START = Date.UTC(2026, 0, 5, 3);

export interface Scene {
  readonly chance: Chance;
  readonly time: SimulatedTime;
  readonly story: Story;
  readonly network: Network;
  readonly weather: ChangeableWeather;
  readonly world: World;
  readonly chats: Chats;
  readonly truth: Truth;
  readonly books: Books;
  readonly store: Store;
  /** Everything servers were asked and did. */
  readonly exchanges: Exchange[];
  /** Called when a server has done what it was asked, before its answer is on its way. */
  onServed: (exchange: Exchange) => void;
  close(): Promise<void>;
}

export async function createScene(
  seed: number,
  { store, unkind }: { store: Store; unkind: ReadonlySet<Unkind> },
): Promise<Scene> {
  const chance = new Chance(`seed ${seed}`);
  const time = new SimulatedTime(START);
  const story = new Story();
  const putBack = [simulateTimers(time), prepareOnce()];
  const claims: Claims = new Map();
  const exchanges: Exchange[] = [];
  const weather = createWeather({ chance: chance.fork('weather'), time, claims });
  const network = new Network({
    time,
    weather: weather.weather,
    onExchange: (exchange) => {
      exchanges.push(exchange);
      story.add({ at: time.now, who: exchange.call.host, what: inShort(exchange) });
      scene.onServed(exchange);
    },
  });
  const world = await createWorld({ time, network, chance, unkind });
  const books = new Books(store);
  const scene: Scene = {
    chance,
    time,
    story,
    network,
    weather,
    world,
    chats: new Chats(world.telegram, time),
    truth: new Truth({ world, claims, books }),
    books,
    store,
    exchanges,
    onServed: () => undefined,
    close: async () => {
      for (const each of putBack) each();
      await store.close();
    },
  };
  return scene;
}

/** `POST /api/check-payment 10001 → 200 [lost]`, without what is secret in an address. */
function inShort({ call, given, fate }: Exchange): string {
  const { method, url, body } = call;
  const path = url.pathname.replace(TOKEN, '…').replace(/^(\/webhooks\/\w+).*/, '$1');
  const order = /\border(?:_id|_code)?"?[=:]"?(\w+)/.exec(`${url.search} ${body}`)?.[1];
  const chat = /"chat_id":(\d+)/.exec(body)?.[1];
  const about = order ?? (chat === undefined ? '' : `to person ${chat}`);
  const outcome = given?.status ?? 'not reached';
  return `${method} ${path} ${about} → ${outcome} ${fate.name}`.replaceAll(/ +/g, ' ').trim();
}
