/** For tests only: the real clients, pointed at the simulated providers by their settings. */
import { createAutopaycard } from '../../src/providers/autopaycard/autopaycard.ts';
import { createInpay } from '../../src/providers/inpay/inpay.ts';
import { createPayfer } from '../../src/providers/payfer/payfer.ts';
import { createRasmiypay } from '../../src/providers/rasmiypay/rasmiypay.ts';
import {
  createCountingRandom,
  createManualClock,
  startLoopback,
  testDeps,
  type Loopback,
  type ManualClock,
  type WarnEvent,
} from '../../src/providers/testing.fixture.ts';
import type { ProviderDeps } from '../../src/providers/client.ts';
import type { CreateRequest, Provider } from '../../src/topups/provider.ts';
import type { ProviderId } from '../../src/core/payment-systems.ts';
import type { SimulatedProvider, SimulatedWorld, SimulatedWorldOptions } from './types.ts';
import { startSimulatedProviders } from './world.ts';

type Settings = Readonly<Record<string, string>>;

const CLIENTS: Readonly<Record<ProviderId, (env: Settings, deps: ProviderDeps) => Provider>> = {
  inpay: (env, deps) =>
    createInpay(
      {
        baseUrl: read(env, 'INPAY_BASE_URL'),
        merchantId: read(env, 'INPAY_MERCHANT_ID'),
        merchantToken: read(env, 'INPAY_MERCHANT_TOKEN'),
        requestsPerHour: 100,
      },
      deps,
    ),
  payfer: (env, deps) => createPayfer(shopSettings(env, 'PAYFER'), deps),
  rasmiypay: (env, deps) => createRasmiypay(shopSettings(env, 'RASMIYPAY'), deps),
  autopaycard: (env, deps) =>
    createAutopaycard(
      {
        baseUrl: read(env, 'AUTOPAYCARD_BASE_URL'),
        apiKey: read(env, 'AUTOPAYCARD_API_KEY'),
        cards: JSON.parse(read(env, 'AUTOPAYCARD_CARDS')) as {
          number: string;
          holder: string;
          gmail: string;
        }[],
        subscriptionPath: read(env, 'AUTOPAYCARD_SUBSCRIPTION_PATH'),
      },
      deps,
    ),
};

function shopSettings(env: Settings, prefix: string) {
  return {
    baseUrl: read(env, `${prefix}_BASE_URL`),
    shopId: read(env, `${prefix}_SHOP_ID`),
    shopKey: read(env, `${prefix}_SHOP_KEY`),
    cardNumber: read(env, `${prefix}_CARD_NUMBER`),
    cardHolder: read(env, `${prefix}_CARD_HOLDER`),
  };
}

function read(env: Settings, name: string): string {
  const value = env[name];
  if (value === undefined) throw new Error(`the simulated provider gives no ${name}`);
  return value;
}

export interface SandboxTest {
  world: SimulatedWorld;
  clock: ManualClock;
  /** Receives webhooks. */
  receiver: Loopback;
  warnings: WarnEvent[];
  client(id: ProviderId): Provider;
  simulated(id: ProviderId): SimulatedProvider;
  close(): Promise<void>;
}

/** 2026-05-16 09:25 in Tashkent. */
const TEST_START = Date.UTC(2026, 4, 16, 4, 25);

export async function startSandboxTest(
  options: Partial<SimulatedWorldOptions> = {},
): Promise<SandboxTest> {
  const clock = createManualClock(TEST_START);
  const receiver = await startLoopback();
  receiver.serve(() => ({ status: 200, body: 'OK' }));
  const world = await startSimulatedProviders({
    clock,
    random: createCountingRandom(),
    fetch: globalThis.fetch,
    ...options,
  });
  const deps = testDeps(clock);
  return {
    world,
    clock,
    receiver,
    warnings: deps.warnings,
    client: (id) => CLIENTS[id](world.settings, deps),
    simulated: (id) => world.provider(id),
    close: async () => {
      await world.close();
      await receiver.close();
    },
  };
}

/** A request for 50 000 so'm; `webhookUrl` and the rest as given. */
export function topup(changes: Partial<CreateRequest> = {}): CreateRequest {
  return {
    orderId: 'T1',
    orderCode: 'TESTORDER0001',
    amountTiyin: 5_000_000,
    userId: 123_456_789,
    description: 'Test to‘lovi',
    ...changes,
  };
}

/** An order of 50 000 so'm at a simulated provider, opened by the real client: what the provider calls it. */
export async function openAt(
  test: SandboxTest,
  id: ProviderId,
  { withWebhook = false, ...changes }: Partial<CreateRequest> & { withWebhook?: boolean } = {},
): Promise<string> {
  const webhookUrl = `${test.receiver.url}/webhooks/${id}`;
  if (withWebhook && id === 'payfer') test.simulated(id).webhookUrl = webhookUrl;
  const request = topup({
    ...(id === 'autopaycard' ? { cardKey: '0003' } : {}),
    ...(withWebhook ? { webhookUrl } : {}),
    ...changes,
  });
  const outcome = await test.client(id).create(request);
  if (outcome.kind !== 'created') throw new Error(`not created: ${JSON.stringify(outcome)}`);
  return outcome.providerOrder;
}

/** The status call without the client: what goes over the wire, to the letter. */
export async function checkAt(
  { world: { settings } }: SandboxTest,
  id: ProviderId,
  order: string,
): Promise<{ status: number; type: string | null; text: string }> {
  const base = read(settings, `${id.toUpperCase()}_BASE_URL`);
  const shop = `shop_id=${settings['PAYFER_SHOP_ID']}&shop_key=${settings['PAYFER_SHOP_KEY']}`;
  const urls: Readonly<Record<ProviderId, string>> = {
    inpay: `${base}/transactions/?order_id=${order}`,
    payfer: `${base}/api?method=check&order=${order}&${shop}`,
    rasmiypay: `${base}/api?method=check&order=${order}`,
    autopaycard: `${base}/api/check-payment`,
  };
  const response = await fetch(urls[id], {
    redirect: 'manual',
    ...(id === 'autopaycard'
      ? {
          method: 'POST',
          headers: { 'x-api-key': read(settings, 'AUTOPAYCARD_API_KEY') },
          body: JSON.stringify({ order_id: order }),
        }
      : {}),
  });
  const text = Buffer.from(await response.arrayBuffer()).toString('utf8');
  return { status: response.status, type: response.headers.get('content-type'), text };
}

export interface Answered {
  status: number;
  /** As JSON where it is JSON. */
  body: unknown;
}

/** A plain request, no redirect followed. */
export async function httpJson(url: string, init: RequestInit = {}): Promise<Answered> {
  const response = await fetch(url, { redirect: 'manual', ...init });
  const text = await response.text();
  return {
    status: response.status,
    body: text.startsWith('{') ? (JSON.parse(text) as unknown) : text,
  };
}
