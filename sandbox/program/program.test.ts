/** The sandbox as it is started: two real processes. */
import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { claimMode } from '../../src/db/mode.ts';
import { openSqlite } from '../../src/db/sqlite.ts';
import { realClock } from '../../src/core/deps.ts';
import { patience } from '../../src/testing/patience.ts';
import { ownAddress } from './run.ts';
import { runs, SandboxProcess, until } from './process.fixture.ts';

const LAYLO = 1003;
const OWNER = 9001;
const SLOW = { timeout: patience(90_000) };

describe('while it runs', () => {
  let sandbox: SandboxProcess;

  beforeAll(async () => {
    sandbox = new SandboxProcess({ METRICS_TOKEN: 'metrics-token-for-tests' });
    await sandbox.start();
    for (const id of [LAYLO, OWNER]) {
      await sandbox.send(id, '/start', 'Choose a language');
      await sandbox.tap(id, 'English');
      await sandbox.sees(id, 'Hello');
    }
  });

  afterAll(() => sandbox.remove(), patience(30_000));

  it("answers the program's own routes on the sandbox's address", async () => {
    const { baseUrl } = sandbox;
    const health = await fetch(`${baseUrl}/health`);
    expect(health.status).toBe(200);
    expect(await health.json()).toMatchObject({
      status: 'ok',
      mode: 'sandbox',
      database: 'writable',
    });
    expect((await fetch(`${baseUrl}/ready`)).status).toBe(200);
    expect((await fetch(`${baseUrl}/metrics`)).status).toBe(401);
    const headers = { authorization: 'Bearer metrics-token-for-tests' };
    const metrics = await fetch(`${baseUrl}/metrics`, { headers });
    expect(metrics.headers.get('content-type')).toContain('text/plain');
    expect(await metrics.text()).toContain('tolov_outbox_waiting');
    expect((await fetch(`${baseUrl}/nothing`)).status).toBe(404);
    const post = async (path: string, body: string): Promise<number> =>
      (await fetch(baseUrl + path, { method: 'POST', body })).status;
    expect(await post('/webhooks/payfer/wrong-secret', '{}')).toBe(404);
    expect(await post('/webhooks/payfer/sandbox-webhook-secret', 'no json')).toBe(400);
    expect(await post('/webhooks/payfer/sandbox-webhook-secret', ' '.repeat(70_000))).toBe(413);
  });

  it(
    'killed, it comes back: chats, orders, the balance and the hour are as they were',
    SLOW,
    async () => {
      await sandbox.send(OWNER, `/credit ${LAYLO} 70000 for tests`, 'Do you confirm');
      await sandbox.tap(OWNER, 'Confirm');
      await sandbox.sees(LAYLO, 'for tests');
      await sandbox.send(LAYLO, '/topup', 'Choose how to pay');
      await sandbox.tap(LAYLO, 'Card transfer');
      await sandbox.sees(LAYLO, 'how much');
      await sandbox.send(LAYLO, '50 000', 'Top-up №');
      const before = await sandbox.program();
      // The question goes away once the order is shown.
      const chat = await until('only the order', async () => {
        const shown = await sandbox.chat(LAYLO);
        return !JSON.stringify(shown).includes('how much') && shown;
      });
      const [order] = (await sandbox.world()).orders;

      await sandbox.post('/program/kill');
      await until('its end', () => !runs(before.pid ?? 0));
      expect((await fetch(`${sandbox.baseUrl}/health`)).status).toBe(503);
      expect(await sandbox.chat(LAYLO)).toEqual(chat);
      // Paid while nobody is there to hear of it.
      await sandbox.post(`/world/orders/payfer/${order?.id}/pay`);
      const after = await until('it runs again', async () => {
        const program = await sandbox.program();
        return program.state === 'running' ? program : null;
      });

      expect(after).toMatchObject({ kills: 1, pid: expect.any(Number) });
      expect(after.pid).not.toBe(before.pid);
      expect(after.time.now).toBeGreaterThanOrEqual(before.time.now);
      await sandbox.sees(LAYLO, 'is on your balance!');
      const { accounts, entries, requests } = await sandbox.books();
      const balance =
        accounts.find(({ id }) => id === `user:${LAYLO}:available`)?.balanceTiyin ?? 0;
      expect(balance).toBeGreaterThan(12_000_000);
      expect(accounts.reduce((sum, each) => sum + each.balanceTiyin, 0)).toBe(0);
      expect(entries.map(({ kind }) => kind)).toEqual(['credit', 'topup']);
      expect(entries.at(-1)?.lines).toHaveLength(2);
      expect(requests.find(({ to, call }) => to === 'payfer' && call === 'create')).toMatchObject({
        status: 200,
        durationMs: expect.any(Number),
      });
    },
  );

  it('at 4320× an order is over within seconds, and hours go by in order', SLOW, async () => {
    await sandbox.send(LAYLO, '/topup', 'Choose how to pay');
    await sandbox.tap(LAYLO, 'Another method');
    await sandbox.sees(LAYLO, 'RasmiyPay');
    await sandbox.tap(LAYLO, 'RasmiyPay');
    await sandbox.sees(LAYLO, 'how much');
    await sandbox.send(LAYLO, '20 000', 'Top-up №');
    const { now } = (await sandbox.program()).time;
    await sandbox.post('/program/time', { rate: 4320 });
    await sandbox.sees(LAYLO, 'expired');
    const later = now + 6 * 3_600_000;
    await until('six hours', async () => (await sandbox.program()).time.now > later);
    expect((await fetch(`${sandbox.baseUrl}/health`)).status).toBe(200);
    expect(await sandbox.post('/program/time', { rate: 1 })).toMatchObject({ rate: 1 });
    const order = (await sandbox.books()).orders.at(-1);
    expect(order).toMatchObject({ provider: 'rasmiypay', state: 'expired', lastProblem: null });
    // Not one limit of time has been met by leaping over it.
    expect(sandbox.written).not.toMatch(/"level":"error"|too_long|timeout|did not end in time/);
  });

  it('a late payment is waited for in seconds and credited', SLOW, async () => {
    await sandbox.send(LAYLO, '/topup', 'Choose how to pay');
    await sandbox.tap(LAYLO, 'Another method');
    await sandbox.sees(LAYLO, 'AutoPayCard');
    await sandbox.tap(LAYLO, 'AutoPayCard');
    await sandbox.sees(LAYLO, 'how much');
    await sandbox.send(LAYLO, '30 000', 'Top-up №');
    const [order] = (await sandbox.world()).orders;
    const { paysAt } = await sandbox.post<{ paysAt: number }>(
      `/world/orders/autopaycard/${order?.id}/late`,
    );
    expect(paysAt).toBeGreaterThan(order?.expiresAt ?? Infinity);
    await sandbox.sees(LAYLO, 'The money came after');
    // Its webhook found the way through the sandbox's own address.
    await until('the webhook', async () => (await sandbox.world()).orders[0]?.webhook === 200);
    const row = (await sandbox.books()).orders.at(-1);
    expect(row).toMatchObject({ provider: 'autopaycard', state: 'paid' });
    await until('the usual rate', async () => (await sandbox.program()).time.rate === 1);
  });
});

describe('a program that ends by itself', () => {
  it('comes back twice, is left alone then, and starts when it is told to', SLOW, async () => {
    const sandbox = new SandboxProcess();
    onTestFinished(() => sandbox.remove());
    await sandbox.start();
    for (let ends = 1; ends <= 3; ends += 1) {
      const { pid } = await until('it runs', async () => {
        const program = await sandbox.program();
        return program.state === 'running' ? program : null;
      });
      expect((await fetch(`${sandbox.baseUrl}/ready`)).status).toBe(200);
      // Zero would be all processes around this one.
      if (pid === null) throw new Error('a program that runs has a process');
      process.kill(pid, 'SIGKILL');
      await until('its end', () => !runs(pid));
    }
    await until('it is stopped', async () => (await sandbox.program()).state === 'stopped');
    expect(await sandbox.program()).toMatchObject({ pid: null, kills: 0, memoryMb: null });
    expect((await fetch(`${sandbox.baseUrl}/ready`)).status).toBe(503);
    await expect(sandbox.post('/program/kill')).rejects.toThrow('409');
    await sandbox.post('/program/start');
    await until('it runs', async () => (await sandbox.program()).state === 'running');
    await expect(sandbox.post('/program/start')).rejects.toThrow('409');
  });
});

it('is play money whatever is set, and hands no key to the program', SLOW, async () => {
  const keys = {
    BOT_TOKEN: '123456789:AAexampleexampleexampleexampleexamp',
    INPAY_MERCHANT_ID: '1353',
    INPAY_MERCHANT_TOKEN: 'merchant-token-of-a-bank',
    DATABASE_URL: 'file:real.db',
  };
  const sandbox = new SandboxProcess(keys, ['--sandbox']);
  onTestFinished(() => sandbox.remove());
  await sandbox.start();
  const health = await fetch(`${sandbox.baseUrl}/health`);
  expect(await health.json()).toMatchObject({ status: 'ok', mode: 'sandbox' });
  const { pid } = await sandbox.program();
  const environment = readFileSync(`/proc/${pid}/environ`, 'utf8');
  for (const key of Object.values(keys)) expect(environment).not.toContain(key);
  expect(readdirSync(sandbox.folder)).toEqual(['data']);
});

describe('its end', () => {
  /** Gone with the test, however it ends. */
  function passing(): SandboxProcess {
    const sandbox = new SandboxProcess();
    onTestFinished(() => sandbox.remove());
    return sandbox;
  }

  it('a signal ends both processes, and what was ahead stays ahead', SLOW, async () => {
    const sandbox = passing();
    await sandbox.start();
    const { pid } = await sandbox.program();
    await sandbox.post('/program/time', { rate: 4320 });
    await sandbox.send(LAYLO, '/start', 'Choose a language');
    const hour = realClock.now() + 3_600_000;
    await until('an hour and more', async () => {
      return (await sandbox.program()).time.now > hour + 3_600_000;
    });
    await sandbox.post('/program/time', { rate: 1 });
    await sandbox.send(LAYLO, '/start', 'Choose a language');
    expect((await sandbox.books()).queues.inbox).toBeLessThan(2);
    expect(await sandbox.signal('SIGTERM')).toEqual({ code: 0, signal: null });
    expect(runs(pid ?? 0)).toBe(false);
    // Closed and whole: nothing is left beside the file but the night's copy, where the hours led past it.
    const left = readdirSync(sandbox.folder).filter((name) => name !== 'backups');
    expect(left.toSorted()).toEqual(['sandbox.db', 'sandbox.db-lock']);
    await sandbox.start();
    expect((await sandbox.program()).time.now).toBeGreaterThan(hour);
  });

  it('killed, it takes the program with it', SLOW, async () => {
    const sandbox = passing();
    await sandbox.start();
    const { pid } = await sandbox.program();
    expect(runs(pid ?? 0)).toBe(true);
    await sandbox.signal('SIGKILL');
    await until('the end of the program', () => !runs(pid ?? 0));
  });

  it('a program that cannot start says why and ends both', SLOW, async () => {
    const sandbox = passing();
    const db = openSqlite(sandbox.path);
    await claimMode(db, 'live');
    await db.close();
    expect((await sandbox.launch()).code).toBe(1);
    expect(sandbox.written).toContain('a file with real money');
  });
});

it.each([
  ['127.0.0.1', 'http://127.0.0.1:8080'],
  ['0.0.0.0', 'http://127.0.0.1:8080'],
  ['::', 'http://127.0.0.1:8080'],
  ['::1', 'http://[::1]:8080'],
  ['192.168.1.5', 'http://192.168.1.5:8080'],
])('listening on %s it is found at %s', (host, address) => {
  expect(ownAddress(host, 8080)).toBe(address);
});
