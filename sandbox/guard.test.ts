import { expect, test } from 'vitest';
import { AZIZA, startStage, statusUnderHost } from './sandbox-stage.fixture.ts';

const STATE = '/sandbox/api/state';

test.each(['localhost:8080', '127.0.0.1', '127.0.0.5:1', '[::1]:8080', 'pay.example.com'])(
  'opens under %s',
  async (host) => {
    const stage = await startStage({ PUBLIC_URL: 'https://pay.example.com' });
    expect(await statusUnderHost(stage, { host, path: STATE })).toBe(200);
  },
);

test.each([
  'evil.example',
  'localhost.evil.example',
  '127.0.0.1.evil.example',
  'evil.example:127',
  '0.0.0.0:8080',
])('stays closed under "%s"', async (host) => {
  const stage = await startStage({ HOST: '0.0.0.0' });
  for (const path of [STATE, '/sandbox', '/sandbox/events', '/sandbox/page.js']) {
    expect(await statusUnderHost(stage, { host, path })).toBe(403);
  }
  const path = `/sandbox/api/persons/${AZIZA}/text`;
  expect(await statusUnderHost(stage, { host, path, method: 'POST' })).toBe(403);
});

test.each(['', 'a@127.0.0.1', '127.0.0.1/x', '127.0.0.1?', '127.0.0.1 evil.example'])(
  'takes no "%s" for a name',
  async (host) => {
    const { sandbox } = await startStage();
    const headers: Record<string, string> = host === '' ? {} : { host };
    const answer = await sandbox.routes.request('/api/state', { headers });
    expect(answer.status).toBe(403);
  },
);

test('opens under the address it listens on', async () => {
  const stage = await startStage({ HOST: '192.168.1.5' });
  expect(await statusUnderHost(stage, { host: '192.168.1.5:8080', path: STATE })).toBe(200);
});

test("changes nothing without the page's header", async () => {
  const { post, sandbox } = await startStage();
  const path = `/api/persons/${AZIZA}/text`;
  const wrong: Record<string, string>[] = [{}, { 'x-sandbox': '' }, { 'x-sandbox': '0' }];
  for (const headers of wrong) {
    const answer = await post(path, { text: 'hello' }, headers);
    expect(answer).toMatchObject({ status: 403, body: { error: expect.any(String) } });
  }
  expect(sandbox.telegram.messages(AZIZA)).toEqual([]);
});

test('grants no other site anything', async () => {
  const { baseUrl } = await startStage();
  const answer = await fetch(`${baseUrl}/sandbox/api/persons/${AZIZA}/text`, {
    method: 'OPTIONS',
    headers: { origin: 'https://evil.example', 'access-control-request-headers': 'x-sandbox' },
  });
  expect(answer.status).toBe(403);
  expect(answer.headers.get('access-control-allow-origin')).toBeNull();
});

const BUTTONS = [
  `/api/persons/${AZIZA}/photo`,
  `/api/persons/${AZIZA}/block`,
  `/api/persons/${AZIZA}/language`,
  '/api/program/kill',
  '/api/program/start',
  '/api/program/time',
  '/api/world/orders/payfer/ORDER0TEST/late',
  '/api/world/orders/payfer/ORDER0TEST/twice',
  '/api/world/orders/payfer/ORDER0TEST/refuse',
  '/api/world/providers/paylov/fault',
  '/api/world/paylov/float',
  '/api/world/paylov/bills/x/resolve',
  '/api/world/paylov/cards/x/balance',
];

test.each(BUTTONS)('another page presses no %s', async (path) => {
  const stage = await startStage();
  // All that a form or a script of another site may send without being asked first.
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data']) {
    const answer = await stage.post(path, {}, { 'content-type': type });
    expect(answer).toMatchObject({ status: 403, body: { error: expect.any(String) } });
  }
  const url = `/sandbox${path}`;
  expect(await statusUnderHost(stage, { host: 'evil.example', path: url, method: 'POST' })).toBe(
    403,
  );
  // A link or a picture of another site is a GET: it finds nothing to press.
  expect((await stage.get(path)).status).toBe(404);
});

test.each(['/api/books', '/api/program', '/api/files/x', '/events'])(
  'another name reads no %s',
  async (path) => {
    const stage = await startStage();
    const url = `/sandbox${path}`;
    expect(await statusUnderHost(stage, { host: 'evil.example', path: url })).toBe(403);
  },
);
