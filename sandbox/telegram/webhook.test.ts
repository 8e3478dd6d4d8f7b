import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { describe, expect, onTestFinished, test } from 'vitest';

import { ALI, VALI, startStage } from './fake-telegram.fixture.ts';
import { waitFor } from './wait-for.ts';
import { eventually } from '../../src/testing/eventually.ts';

const LIMIT = { timeoutMs: 5000 };

interface Hook {
  url: string;
  requests: {
    secret: string | undefined;
    update: { update_id: number; message?: { text: string } };
  }[];
  /** Answers for the next requests; 200 when empty, 'hang-up' breaks the connection. */
  answers: (number | 'hang-up' | object)[];
}

async function startHook(): Promise<Hook> {
  const hook: Hook = { url: '', requests: [], answers: [] };
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    let text = '';
    for await (const chunk of request) text += String(chunk);
    const secret = request.headers['x-telegram-bot-api-secret-token'];
    hook.requests.push({ secret: secret?.toString(), update: JSON.parse(text) });
    const answer = hook.answers.shift() ?? 200;
    if (answer === 'hang-up') request.socket.destroy();
    else if (typeof answer === 'object') response.end(JSON.stringify(answer));
    else response.writeHead(answer).end();
  };
  const server = createServer((request, response) => void serve(request, response));
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  hook.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/telegram/x`;
  return hook;
}

describe('webhook', () => {
  test('delivers in order with the secret; polling is refused meanwhile', async () => {
    const { api, telegram } = await startStage();
    const hook = await startHook();
    await api.setWebhook(hook.url, { secret_token: 'placeholder-secret' });
    telegram.sendText(ALI.id, 'bir');
    telegram.sendText(ALI.id, 'ikki');
    await eventually(() => expect(hook.requests).toHaveLength(3));
    expect(hook.requests.map(({ secret, update }) => [secret, update.message?.text])).toEqual([
      ['placeholder-secret', '/start'],
      ['placeholder-secret', 'bir'],
      ['placeholder-secret', 'ikki'],
    ]);
    await expect(api.getUpdates()).rejects.toMatchObject({
      error_code: 409,
      description:
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
    });
    expect(await api.getWebhookInfo()).toMatchObject({ url: hook.url, pending_update_count: 0 });
    await api.deleteWebhook();
    expect(await api.getUpdates()).toEqual([]);
  });

  test('repeats what failed, with pauses, before anything later of the chat', async () => {
    const { api, telegram, clock } = await startStage();
    const hook = await startHook();
    hook.answers = [500, 'hang-up', 403];
    await api.setWebhook(hook.url);
    telegram.sendText(ALI.id, 'keyingi');
    await eventually(() => expect(hook.requests).toHaveLength(2));
    await eventually(() => expect(clock.sleepersWithin(2000)).toBe(1));
    clock.advance(2000);
    await eventually(() => expect(hook.requests).toHaveLength(3));
    await eventually(() => expect(clock.sleepersWithin(4000)).toBe(1));
    expect(await api.getWebhookInfo()).toMatchObject({
      pending_update_count: 2,
      last_error_message: 'Wrong response from the webhook: 403 Forbidden',
    });
    clock.advance(4000);
    await eventually(() => expect(hook.requests).toHaveLength(5));
    expect(hook.requests.map(({ update }) => update.message?.text)).toEqual([
      ...Array.from({ length: 4 }, () => '/start'),
      'keyingi',
    ]);
  });

  test('another chat does not wait for a failing one', async () => {
    const { api, telegram } = await startStage();
    const hook = await startHook();
    hook.answers = [500, 500];
    await api.setWebhook(hook.url);
    await eventually(() => expect(hook.requests).toHaveLength(2));
    telegram.sendText(VALI.id, 'men');
    await eventually(() => expect(hook.requests).toHaveLength(3));
    expect(hook.requests[2]!.update.message?.text).toBe('men');
  });

  test('runs the call in the answer', async () => {
    const { api, telegram } = await startStage();
    const hook = await startHook();
    hook.answers = [{ method: 'sendMessage', chat_id: ALI.id, text: 'javob' }];
    await api.setWebhook(hook.url);
    const seen = await waitFor(
      telegram,
      () => telegram.messages(ALI.id).find((message) => message.text === 'javob'),
      { ...LIMIT, what: 'the answer' },
    );
    expect(seen.from).toBe('bot');
  });

  test('repeats delivered updates and drops pending ones when asked', async () => {
    const { api, telegram } = await startStage();
    const hook = await startHook();
    await api.setWebhook(hook.url, { drop_pending_updates: true });
    telegram.sendText(ALI.id, 'bir');
    await eventually(() => expect(hook.requests).toHaveLength(1));
    await eventually(() => expect(telegram.pendingUpdates()).toBe(0));
    telegram.repeatUpdates(1);
    await eventually(() => expect(hook.requests).toHaveLength(2));
    expect(hook.requests[1]!.update).toEqual(hook.requests[0]!.update);
  });

  test('ends a waiting poll and checks its arguments', async () => {
    const { api, clock } = await startStage();
    const hook = await startHook();
    const [start] = await api.getUpdates();
    const poll = api.getUpdates({ offset: start!.update_id + 1, timeout: 30 });
    await eventually(() => expect(clock.sleepersWithin(30_000)).toBe(1));
    const [ended] = await Promise.allSettled([poll, api.setWebhook(hook.url)]);
    expect(ended).toMatchObject({
      status: 'rejected',
      reason: { error_code: 409, description: 'Conflict: terminated by setWebhook request' },
    });
    for (const [url, options, description] of [
      ['http://example.com/x', {}, 'bad webhook: An HTTPS URL must be provided for webhook'],
      [
        'https://example.com:8080/x',
        {},
        'bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443',
      ],
      ['https://nodots', {}, 'invalid webhook URL specified'],
      [hook.url, { secret_token: 'a b' }, 'secret token contains unallowed characters'],
      [hook.url, { secret_token: 'a'.repeat(257) }, 'secret token is too long'],
    ] as const) {
      await expect(api.setWebhook(url, options)).rejects.toMatchObject({
        description: `Bad Request: ${description}`,
      });
    }
  });
});
