/** For tests only: the real client, pointed at the simulated Paylov by its settings. */
import { createPaylov, paylovUserId } from '../../src/bills/paylov/paylov.ts';
import type { Field, Paylov } from '../../src/bills/paylov/types.ts';
import {
  createCountingRandom,
  createManualClock,
  testDeps,
  type ManualClock,
  type WarnEvent,
} from '../../src/providers/testing.fixture.ts';
import { startSimulatedPaylov } from './simulated-paylov.ts';
import type { SimulatedPaylov, SimulatedPaylovOptions } from './types.ts';

/** 2026-05-16 09:25 in Tashkent. */
const TEST_START = Date.UTC(2026, 4, 16, 4, 25);

export const USER = paylovUserId(1001);
export const ELECTRICITY = '6ae5eaf5-9b70-4aa9-9260-2438e99affa0';
export const ELECTRICITY_ACCOUNT = { region: '1', soato: '26290', customer_code: '1000000' };
export const MOBILE = '2b1f0a60-7c54-4f0f-8a56-0d5f6e0c1a05';

export interface PaylovSandbox {
  simulated: SimulatedPaylov;
  client: Paylov;
  clock: ManualClock;
  warnings: WarnEvent[];
  /** `PAYLOV_CARD_ID` */
  operatorCard: string;
  close(): Promise<void>;
}

export async function startPaylovSandbox(
  options: Partial<SimulatedPaylovOptions> = {},
): Promise<PaylovSandbox> {
  const clock = createManualClock(TEST_START);
  const deps = testDeps(clock);
  const random = createCountingRandom();
  const simulated = await startSimulatedPaylov({ clock, random, ...options });
  const { settings } = simulated;
  const client = createPaylov(
    {
      baseUrl: read(settings, 'PAYLOV_BASE_URL'),
      servicePrefix: '',
      consumerKey: read(settings, 'PAYLOV_CONSUMER_KEY'),
      consumerSecret: read(settings, 'PAYLOV_CONSUMER_SECRET'),
      username: read(settings, 'PAYLOV_USERNAME'),
      password: read(settings, 'PAYLOV_PASSWORD'),
    },
    deps,
  );
  return {
    simulated,
    client,
    clock,
    warnings: deps.warnings,
    operatorCard: read(settings, 'PAYLOV_CARD_ID'),
    close: () => simulated.close(),
  };
}

function read(settings: Readonly<Record<string, string>>, name: string): string {
  const value = settings[name];
  if (value === undefined) throw new Error(`the simulated Paylov gives no ${name}`);
  return value;
}

/** What a user would answer: the last value that fits the parent's, digits, or a login. */
export function answerForm(fields: readonly Field[]): Record<string, string> {
  const account: Record<string, string> = {};
  for (const field of fields) {
    const { name, parent, options, maxLength, content } = field;
    const offered = options.filter(
      ({ filter }) => filter === null || (parent !== null && filter === account[parent]),
    );
    if (!field.required) continue;
    if (field.type === 'select') account[name] = offered.at(-1)?.value ?? '';
    else if (content === 'text') account[name] = 'some.login';
    else if (maxLength === 9) account[name] = '901234567';
    else account[name] = '012345678901'.slice(0, maxLength ?? 7);
  }
  return account;
}

/** A link of the client's own card for `USER`: its id. */
export async function linkCard({ client, simulated }: PaylovSandbox): Promise<string> {
  const number = '8600 1111 2222 3333';
  const sent = await client.startLinking({ userId: USER, number, expiry: '12/28' });
  if (sent.kind !== 'code_sent') throw new Error(`no code: ${JSON.stringify(sent)}`);
  const code = simulated.lastCode(sent.linkId) ?? '';
  const linked = await client.confirmLinking({ userId: USER, linkId: sent.linkId, code });
  if (linked.kind !== 'linked') throw new Error(`not linked: ${JSON.stringify(linked)}`);
  return linked.cardId;
}
