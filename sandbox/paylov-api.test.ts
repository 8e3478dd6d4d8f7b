import { expect, test } from 'vitest';
import { createPaylov } from '../src/bills/paylov/paylov.ts';
import type { Paylov } from '../src/bills/paylov/types.ts';
import { realDeps } from '../src/core/deps.ts';
import { som } from '../src/core/money.ts';
import { SecretScrubber } from '../src/core/secrets.ts';
import type { WorldView } from './api-world.ts';
import { AZIZA, type Stage, startStage } from './sandbox-stage.fixture.ts';

const USER = `tg_${AZIZA}`;

/** The program's own client of Paylov. */
function clientOf({ sandbox, clock }: Stage): Paylov {
  const { paylov } = sandbox.config;
  if (!paylov) throw new Error('no Paylov');
  const warn = (): void => undefined;
  return createPaylov(paylov.client, { ...realDeps(), clock, secrets: new SecretScrubber(), warn });
}

async function world(stage: Stage): Promise<WorldView['paylov']> {
  return ((await stage.get('/api/world')).body as WorldView).paylov;
}

async function linkCard(stage: Stage, client: Paylov): Promise<string> {
  const sent = await client.startLinking({
    userId: USER,
    number: '8600111122223333',
    expiry: '12/28',
  });
  if (sent.kind !== 'code_sent') throw new Error(JSON.stringify(sent));
  const code = stage.sandbox.paylov.lastCode(sent.linkId) ?? '';
  const linked = await client.confirmLinking({ userId: USER, linkId: sent.linkId, code });
  if (linked.kind !== 'linked') throw new Error(JSON.stringify(linked));
  return linked.cardId;
}

/** Of the service that asks for nothing but a phone's number. */
async function openBill(stage: Stage, client: Paylov, cardId?: string): Promise<string> {
  const service = stage.sandbox.paylov.services().find(({ name }) => name === 'Мобильная связь');
  const account = { phone: '901234567' };
  const made = await client.create({
    serviceId: service?.id ?? '',
    account,
    amountTiyin: som(5000),
    userId: USER,
    ...(cardId === undefined ? {} : { cardId }),
  });
  if (made.kind !== 'created') throw new Error(JSON.stringify(made));
  return made.transactionId;
}

test('a bill is shown with the code for its card, and resolved by hand', async () => {
  const stage = await startStage();
  const client = clientOf(stage);
  const cardId = await linkCard(stage, client);
  const id = await openBill(stage, client, cardId);
  const code = stage.sandbox.paylov.lastCode(id);
  expect((await world(stage)).bills).toMatchObject([
    { id, userId: AZIZA, state: 'created', needsCode: true, code, actions: ['paid', 'cancelled'] },
  ]);
  const path = `/api/world/paylov/bills/${id}/resolve`;
  expect((await stage.post(path, { state: 'paid' })).body).toMatchObject({
    id,
    state: 'paid',
    code: null,
  });
  expect((await stage.post(path, { state: 'lost' })).status).toBe(400);
  expect((await stage.post('/api/world/paylov/bills/x/resolve', { state: 'paid' })).status).toBe(
    404,
  );
});

test('paid, and nobody answers', async () => {
  const stage = await startStage();
  const client = clientOf(stage);
  const fault = async (body: object) => await stage.post('/api/world/providers/paylov/fault', body);
  expect((await fault({ kind: 'drop_after' })).status).toBe(200);
  expect((await world(stage)).fault).toBe('drop_after');
  // Everything else answers, or it would never come to that.
  const id = await openBill(stage, client);
  const cardId = stage.sandbox.config.paylov?.cardId ?? '';
  expect(await client.pay({ transactionId: id, cardId, userId: USER })).toMatchObject({
    kind: 'unknown',
  });
  expect((await world(stage)).bills).toMatchObject([{ id, state: 'paid', payCalls: 1 }]);
  expect((await fault({ kind: 'error', code: 'gateway_not_working' })).status).toBe(200);
  expect((await fault({ kind: 'error', code: 'unheard of' })).status).toBe(400);
  expect((await fault({ kind: 'none' })).status).toBe(200);
});

test('the cards hold what one says', async () => {
  const stage = await startStage();
  const cardId = await linkCard(stage, clientOf(stage));
  const float = await stage.post('/api/world/paylov/float', { sum: '0' });
  expect(float.body).toEqual({ float: '0' });
  expect(stage.sandbox.paylov.floatTiyin()).toBe(0);
  const path = `/api/world/paylov/cards/${cardId}/balance`;
  expect((await stage.post(path, { sum: '1 500,50' })).body).toEqual({ balance: '1\u00a0500,50' });
  expect((await world(stage)).cards).toEqual([
    { cardId, userId: AZIZA, mask: '860011******3333', balance: '1\u00a0500,50' },
  ]);
  expect((await stage.post('/api/world/paylov/cards/x/balance', { sum: '1' })).status).toBe(404);
  expect((await stage.post('/api/world/paylov/float', { sum: '-1' })).status).toBe(400);
});
