import { Hono } from 'hono';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createTestClock } from '../testing/clock.ts';
import { collectLog } from '../testing/log.ts';
import { patience } from '../testing/patience.ts';
import { limitRequests } from './limit.ts';
import { startHttpServer } from './server.ts';

const RATE = { burst: 5, perSecond: 0.5 };

async function startLimited({ trustProxy = true } = {}) {
  const clock = createTestClock();
  const log = collectLog();
  const app = new Hono();
  app.use(limitRequests({ clock, log: log.log, trustProxy, rate: RATE }));
  app.all('*', (c) => c.text('fine'));
  const server = await startHttpServer(app, { host: '127.0.0.1', port: 0 });
  onTestFinished(() => server.close({ deadlineMs: 0 }));
  const ask = async (address?: string): Promise<Response> =>
    await fetch(`http://127.0.0.1:${server.port}/anything`, {
      headers: address === undefined ? {} : { 'x-forwarded-for': address },
    });
  const flood = async (address: string | undefined, times: number): Promise<number[]> => {
    const statuses: number[] = [];
    for (let i = 0; i < times; i += 1) statuses.push((await ask(address)).status);
    return statuses;
  };
  return { clock, log, ask, flood };
}

describe('requests of one address', () => {
  it('are answered up to the burst, then with 429 and the time to wait', async () => {
    const { clock, ask, flood } = await startLimited();
    expect(await flood('203.0.113.7', 7)).toEqual([200, 200, 200, 200, 200, 429, 429]);
    const refused = await ask('203.0.113.7');
    expect(refused.headers.get('retry-after')).toBe('2');
    await clock.advance(2000);
    expect(await flood('203.0.113.7', 2)).toEqual([200, 429]);
  });

  it('are counted while they are under way, also behind a proxy', async () => {
    const app = new Hono();
    const { promise: body, resolve } = Promise.withResolvers<void>();
    const { log } = collectLog();
    const rate = { burst: 100, perSecond: 1 };
    app.use(limitRequests({ clock: createTestClock(), log, trustProxy: true, rate, atOnce: 2 }));
    let begun = 0;
    app.get('/slow', async (c) => {
      begun += 1;
      await body;
      return c.text('fine');
    });
    app.get('/quick', (c) => c.text('fine'));
    const server = await startHttpServer(app, { host: '127.0.0.1', port: 0 });
    onTestFinished(() => server.close({ deadlineMs: 0 }));
    const ask = async (path: string, address: string): Promise<number> => {
      const headers = { 'x-forwarded-for': address };
      return (await fetch(`http://127.0.0.1:${server.port}${path}`, { headers })).status;
    };
    const slow = [ask('/slow', '203.0.113.7'), ask('/slow', '203.0.113.7')];
    await vi.waitUntil(() => begun === 2, { timeout: patience(60_000) });
    expect(await ask('/quick', '203.0.113.7')).toBe(429);
    expect(await ask('/quick', '203.0.113.8')).toBe(200);
    resolve();
    expect(await Promise.all(slow)).toEqual([200, 200]);
    expect(await ask('/quick', '203.0.113.7')).toBe(200);
  });

  it('take nothing from other addresses, whatever the client claims before the proxy’s entry', async () => {
    const { flood } = await startLimited();
    await flood('198.51.100.1, 203.0.113.7', 9);
    expect(await flood('198.51.100.1', 1)).toEqual([200]);
    expect(await flood('8.8.8.8, 203.0.113.7', 1)).toEqual([429]);
  });

  it('are not told apart by a header when no proxy is trusted: the proxy’s own are not counted', async () => {
    const { flood } = await startLimited({ trustProxy: false });
    expect(new Set(await flood('203.0.113.7', 20))).toEqual(new Set([200]));
  });

  it('of this machine are not counted', async () => {
    const { flood } = await startLimited();
    expect(new Set(await flood(undefined, 20))).toEqual(new Set([200]));
  });

  it('are told of once a minute, not once each', async () => {
    const { clock, log, flood } = await startLimited();
    await flood('203.0.113.7', 20);
    await flood('203.0.113.8', 20);
    expect(log.at('warn')).toEqual(['an address sends too many requests']);
    await clock.advance(60_000);
    await flood('203.0.113.8', 20);
    expect(log.at('warn')).toHaveLength(2);
  });
});
