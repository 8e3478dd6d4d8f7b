import { request } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { webhookPath } from '../src/http/routes.ts';
import { providerEvents } from '../src/db/tables.ts';
import { telegramSecret } from '../src/bot/webhook-secret.ts';
import { patience } from '../src/testing/patience.ts';
import {
  balanceOf,
  begin,
  findings,
  messagesOf,
  chooseSystem,
  openOrder,
  OWNER,
  poll,
  SECRET,
  type Stage,
  startStage,
  TOKEN,
  USER,
} from './stage.ts';

let stage: Stage;
afterEach(async () => {
  const broken = await findings(stage);
  await stage.close();
  expect(broken).toEqual([]);
});

async function post(path: string, body: string, headers: Record<string, string> = {}) {
  return await fetch(stage.baseUrl + path, { method: 'POST', body, headers });
}

async function stored(): Promise<number> {
  return (await stage.app.db.read.select().from(providerEvents)).length;
}

async function ourOrder(provider: 'inpay' | 'payfer' | 'autopaycard') {
  const person = await begin(stage);
  await openOrder(stage, person, { provider });
  const [topup] = await stage.app.topups.live(USER);
  if (!topup) throw new Error('no order');
  return topup;
}

describe('webhooks', () => {
  it.each(['inpay', 'autopaycard'] as const)(
    '%s: answers as its document says, and only to its token',
    async (provider) => {
      stage = await startStage();
      const topup = await ourOrder(provider);
      const path = webhookPath(SECRET, { provider, topupId: topup.id });
      const asked = stage.world.provider(provider).requests().length;
      const forged = JSON.stringify({
        status: 'success',
        order_id: topup.providerOrder,
        amount: '50000.00',
      });

      for (const wrong of [
        `${path}x`,
        path.replace(topup.id, 'AAAAAAAA'),
        `/webhooks/${provider}/${topup.id}/`,
      ]) {
        expect((await post(wrong, forged)).status).toBe(404);
      }
      expect(await stored()).toBe(0);
      expect((await post(path, `"${'x'.repeat(70_000)}"`)).status).toBe(413);
      expect(await stored()).toBe(0);
      expect(stage.world.provider(provider).requests().length).toBe(asked);

      const answer = await post(path, forged);
      expect(answer.status).toBe(200);
      expect(await answer.text()).toBe(provider === 'inpay' ? 'OK' : '{"ok":true}');
      expect((await post(path, forged)).status).toBe(200);
      expect(await stored()).toBe(1);
      await poll(stage);
      // It was a lie: the provider was asked and says it is not paid.
      expect(stage.world.provider(provider).requests().length).toBeGreaterThan(asked);
      expect(await balanceOf(stage)).toBe(0);
    },
  );

  it.each([
    ['not json', 400],
    ['', 400],
    ['\u0000\ud83d <xml/>', 400],
    ['status=success&order_id=1', 200],
  ])(
    'a body that is no JSON is a hint like any other, whatever is answered: %j',
    async (body, status) => {
      stage = await startStage();
      const topup = await ourOrder('inpay');
      const asked = stage.world.provider('inpay').requests().length;
      const answer = await post(
        webhookPath(SECRET, { provider: 'inpay', topupId: topup.id }),
        body,
      );
      expect(answer.status).toBe(status);
      expect(await stored()).toBe(1);
      await poll(stage);
      expect(stage.world.provider('inpay').requests().length).toBeGreaterThan(asked);
      expect(await balanceOf(stage)).toBe(0);
    },
  );

  it('payfer: one secret address; unknown orders are nobody’s business', async () => {
    stage = await startStage();
    const topup = await ourOrder('payfer');
    const body = JSON.stringify({
      status: 'paid',
      order_code: topup.orderCode,
      paid_amount: 50_000,
    });
    expect((await post('/webhooks/payfer/wrong-secret', body)).status).toBe(404);
    expect(await stored()).toBe(0);
    const asked = stage.world.provider('payfer').requests().length;
    const unknown = JSON.stringify({ status: 'paid', order_code: 'NOBODY1234' });
    expect((await post(`/webhooks/payfer/${SECRET}`, unknown)).status).toBe(200);
    expect((await post(`/webhooks/payfer/${SECRET}`, '[]')).status).toBe(200);
    expect(stage.world.provider('payfer').requests().length).toBe(asked);
    expect((await post(`/webhooks/payfer/${SECRET}`, body)).status).toBe(200);
    await poll(stage);
    expect(await balanceOf(stage)).toBe(0);
  });

  it('payfer: a form and a code in other letters are a hint, too, at an address typed with a slash', async () => {
    stage = await startStage();
    const { orderCode } = await ourOrder('payfer');
    const asked = (): number => stage.world.provider('payfer').requests().length;
    const reports = [
      `status=paid&order_code=${orderCode}&paid_amount=50000`,
      JSON.stringify({ status: 'paid', order_code: ` ${orderCode.toLowerCase()}\n` }),
    ];
    for (const report of reports) {
      const before = { asked: asked(), stored: await stored() };
      expect((await post(`//webhooks/payfer/${SECRET}/`, report)).status).toBe(200);
      expect(await stored()).toBe(before.stored + 1);
      await poll(stage);
      expect(asked()).toBeGreaterThan(before.asked);
    }
    expect((await post(`/webhooks/payfer/${SECRET}`, 'not json')).status).toBe(400);
    expect(await balanceOf(stage)).toBe(0);
  });

  it('the real one, three times at once, credits once', async () => {
    stage = await startStage();
    const person = await begin(stage);
    stage.world.provider('autopaycard').webhooks('repeated');
    const order = await openOrder(stage, person, { provider: 'autopaycard' });
    stage.world.provider('autopaycard').pay(order.id);
    await person.sees('is on your balance!');
    await stage.world.idle();
    await poll(stage);
    expect(await balanceOf(stage)).toBe(order.amountTiyin);
    expect(await messagesOf(stage, 'topup_paid')).toBe(1);
  });
});

describe('other doors', () => {
  it('alarms that came before an owner pressed Start are there when they do', async () => {
    stage = await startStage();
    const person = await begin(stage);
    stage.world.provider('payfer').fault({ kind: 'error', code: 'credentials' });
    await chooseSystem(person, 'payfer');
    await person.send('50 000', 'Nothing was charged');
    await stage.app.outbox.flush();
    const owner = await begin(stage, OWNER);
    expect((await owner.sees('🚨')).text).toContain('Payfer');
  });

  it('health, readiness and metrics', async () => {
    stage = await startStage({ settings: { METRICS_TOKEN: 'metrics-token-for-tests' } });
    const health = await fetch(`${stage.baseUrl}/health`);
    expect(health.status).toBe(200);
    expect(await health.json()).toMatchObject({ status: 'ok', database: 'writable' });
    expect((await fetch(`${stage.baseUrl}/ready`)).status).toBe(200);
    expect((await fetch(`${stage.baseUrl}/metrics`)).status).toBe(401);
    const headers = { authorization: 'Bearer metrics-token-for-tests' };
    const metrics = await (await fetch(`${stage.baseUrl}/metrics`, { headers })).text();
    expect(metrics).toContain('tolov_outbox_waiting 0');
    expect((await fetch(`${stage.baseUrl}/sandbox`)).status).toBe(404);
    expect((await fetch(`${stage.baseUrl}/`)).status).toBe(404);
  });

  it('takes Telegram’s updates by webhook, with the secret alone', async () => {
    stage = await startStage({ telegramWebhook: true });
    const person = await begin(stage);
    expect(person.texts().length).toBeGreaterThan(1);
    const update = JSON.stringify({ update_id: 1 });
    const named = { 'x-telegram-bot-api-secret-token': telegramSecret(TOKEN) };
    // Who knows Payfer's address knows this much.
    const guessed = { 'x-telegram-bot-api-secret-token': SECRET };
    expect((await post(`/telegram/${SECRET}`, update, guessed)).status).toBe(404);
    expect((await post('/telegram/wrong', update, named)).status).toBe(404);
    expect((await post(`/telegram/${SECRET}`, update)).status).toBe(404);
    expect((await post(`/telegram/${SECRET}`, 'no json', named)).status).toBe(400);
    expect((await post(`/telegram/${SECRET}`, update, named)).status).toBe(200);
  });

  it('an update that Telegram sends twice is handled once', async () => {
    stage = await startStage();
    const person = await begin(stage);
    await person.send('/balance', /Balance/);
    const seen = person.texts().length;
    stage.telegram.repeatUpdates(1);
    await person.send('/help', 'Help');
    await stage.app.inbox.idle();
    // The question and its answer, and nothing twice.
    expect(person.texts().length).toBe(seen + 2);
  });

  it(
    'does not wait for ever for a request that never ends',
    { timeout: patience(60_000) },
    async () => {
      stage = await startStage();
      const { port, hostname: host } = new URL(stage.baseUrl);
      const path = `/webhooks/payfer/${SECRET}`;
      const ended = await new Promise<string>((resolve) => {
        const call = request({ port, host, method: 'POST', path });
        call.on('error', () => resolve('cut off'));
        call.on('response', (answer) => {
          answer.resume();
          resolve(String(answer.statusCode));
        });
        call.setHeader('content-length', '1000');
        call.write('{"half":');
      });
      expect(['408', 'cut off']).toContain(ended);
      expect(await stored()).toBe(0);
    },
  );
});

describe('secrets', () => {
  it('are in nothing that was logged or measured, whatever went wrong', async () => {
    stage = await startStage({ settings: { METRICS_TOKEN: 'metrics-token-for-tests' } });
    const person = await begin(stage);
    for (const simulated of stage.world.providers) {
      const order = await openOrder(stage, person, { provider: simulated.id });
      for (const kind of ['garbage', 'html', 'error', 'drop_after', 'down'] as const) {
        simulated.fault({ kind });
        await poll(stage);
      }
      for (const code of simulated.errors) {
        simulated.fault({ kind: 'error', code });
        stage.clock.skip(20 * 60_000);
        await stage.app.topups.tick();
      }
      simulated.fault({ kind: 'none' });
      simulated.pay(order.id);
      stage.clock.skip(2 * 60 * 60_000);
      await stage.app.topups.tick();
    }
    await stage.app.jobs.get('provider-health')?.run();
    const headers = { authorization: 'Bearer metrics-token-for-tests' };
    const metrics = await (await fetch(`${stage.baseUrl}/metrics`, { headers })).text();
    const written = [...stage.log, metrics].join('\n');
    expect(stage.log.length).toBeGreaterThan(10);
    const names = ['KEY', 'TOKEN', 'CARD_NUMBER', 'SECRET'];
    const secrets = Object.entries(stage.environment)
      .filter(([name]) => names.some((each) => name.endsWith(each)))
      .map(([, value]) => value);
    expect(secrets).toContain(TOKEN);
    for (const secret of secrets) {
      expect(written).not.toContain(secret);
      expect(written).not.toContain(encodeURIComponent(secret));
    }
    for (const topup of await stage.app.topups.history(USER, { offset: 0, limit: 10 })) {
      expect(written).not.toContain(topup.orderCode);
    }
    expect(written).not.toContain('@');
  });
});
