import { afterEach, expect, it } from 'vitest';
import { som } from '../core/money.ts';
import type { PayCard, Provider } from './provider.ts';
import type { ProviderId } from '../core/payment-systems.ts';
import { accepted, scriptedProvider, stage, type Stage } from './topup-stage.fixture.ts';
import { warnOfCards } from './unknown-cards.ts';

const ONE: PayCard = { key: '1111', number: '8600000000001111', holder: 'EXAMPLE ONE' };
const TWO: PayCard = { key: '2222', number: '8600000000002222', holder: 'EXAMPLE TWO' };

let world: Stage;
const said: [level: string, data: object, text: string][] = [];
afterEach(async () => {
  said.length = 0;
  await world.close();
});

function start(...providers: Provider[]): void {
  world = stage(providers);
  for (const level of ['info', 'warn'] as const) {
    world.deps.log[level] = (data: object, text?: string) => said.push([level, data, text ?? '']);
  }
}

const shop = (id: ProviderId, card: PayCard) => scriptedProvider(id, { transferCards: [card] });

it('a card that an answer named and the settings do not is said when it comes and at the start', async () => {
  const payfer = shop('payfer', ONE);
  payfer.onCreate = (request) => accepted(request, { card: TWO });
  start(payfer);
  await world.topups.create({ userId: 1, provider: 'payfer', baseTiyin: som(50_000) });
  const facts = { event: 'another_card', provider: 'payfer', lastFour: '2222' };
  expect(said).toContainEqual(['warn', facts, expect.stringContaining('do not name')]);
  said.length = 0;
  await warnOfCards(world.deps);
  expect(said).toEqual([['warn', facts, expect.stringContaining('another card')]]);
  expect(JSON.stringify(said)).not.toContain(TWO.number);
});

it('nothing is said of a card that the settings name, nor of one system', async () => {
  const payfer = shop('payfer', ONE);
  payfer.onCreate = (request) => accepted(request, { card: ONE });
  start(payfer, scriptedProvider('inpay'));
  await world.topups.create({ userId: 1, provider: 'payfer', baseTiyin: som(50_000) });
  said.length = 0;
  await warnOfCards(world.deps);
  expect(said).toEqual([]);
});

it('of systems with different cards it is said that only the settings tell them apart', async () => {
  start(shop('payfer', ONE), shop('rasmiypay', TWO), scriptedProvider('inpay'));
  await warnOfCards(world.deps);
  expect(said).toEqual([
    ['info', { event: 'cards_believed' }, expect.stringContaining('payfer and rasmiypay is known')],
  ]);
});

it('and nothing of systems that share their card, which is a warning of the settings', async () => {
  start(shop('payfer', ONE), shop('rasmiypay', ONE));
  await warnOfCards(world.deps);
  expect(said).toEqual([]);
});
