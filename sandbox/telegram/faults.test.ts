import { Api } from 'grammy';
import { describe, expect, test } from 'vitest';

import { ALI, VALI, call, startStage } from './fake-telegram.fixture.ts';
import { eventually } from '../../src/testing/eventually.ts';

describe('wrong callers', () => {
  test('wrong token, method, body', async () => {
    const { telegram } = await startStage();
    const stranger = new Api('1000000002:another-placeholder', { apiRoot: telegram.url });
    await expect(stranger.getMe()).rejects.toMatchObject({
      error_code: 401,
      description: 'Unauthorized',
    });
    expect(await call(telegram, 'sendNothing')).toEqual({
      status: 404,
      body: { ok: false, error_code: 404, description: 'Not Found: method not found' },
    });
    expect((await fetch(`${telegram.url}/other`)).status).toBe(404);
    const init = { method: 'POST', body: '[1]', headers: { 'content-type': 'application/json' } };
    expect((await call(telegram, 'getMe', init)).status).toBe(400);
    expect((await call(telegram, 'sendMessage?text=a')).body['description']).toBe(
      'Bad Request: chat_id is empty',
    );
  });
});

describe('faults', () => {
  test('an error answer, for one method and chat, as often as asked', async () => {
    const { api, telegram } = await startStage();
    telegram.sendText(VALI.id, 'salom');
    telegram.fail({
      method: 'sendMessage',
      chatId: ALI.id,
      times: 1,
      with: { status: 429, description: 'Too Many Requests: retry after 7', retryAfter: 7 },
    });
    await api.sendMessage(VALI.id, 'a');
    await expect(api.sendMessage(ALI.id, 'a')).rejects.toMatchObject({
      error_code: 429,
      parameters: { retry_after: 7 },
    });
    await api.sendMessage(ALI.id, 'a');
    expect(telegram.calls('sendMessage').map((entry) => entry.outcome)).toEqual([
      'ok',
      'error',
      'ok',
    ]);
  });

  test('a connection that breaks before, and one that breaks after the effect', async () => {
    const { api, telegram } = await startStage();
    telegram.fail({ times: 1, with: 'drop-before' });
    await expect(api.sendMessage(ALI.id, 'bir')).rejects.toThrow('Network request');
    telegram.fail({ times: 1, with: 'drop-after' });
    await expect(api.sendMessage(ALI.id, 'ikki')).rejects.toThrow('Network request');
    expect(telegram.messages(ALI.id).map((message) => message.text)).toEqual(['/start', 'ikki']);
  });

  test('a delay on the simulation’s clock', async () => {
    const { api, telegram, clock } = await startStage();
    telegram.fail({ method: 'sendmessage', times: 1, with: { delayMs: 4000 } });
    const sending = api.sendMessage(ALI.id, 'sekin');
    await eventually(() => expect(clock.sleepersWithin(4000)).toBe(1));
    expect(telegram.lastMessage(ALI.id)?.text).toBe('/start');
    clock.advance(4000);
    await sending;
    expect(telegram.lastMessage(ALI.id)?.text).toBe('sekin');
  });

  test('pacing answers 429 after a burst', async () => {
    const { api, telegram, clock } = await startStage({ paced: true });
    for (let i = 0; i < 20; i += 1) await api.sendMessage(ALI.id, `${i}`);
    await expect(api.sendMessage(ALI.id, 'x')).rejects.toMatchObject({
      error_code: 429,
      description: 'Too Many Requests: retry after 1',
      parameters: { retry_after: 1 },
    });
    clock.advance(1000);
    await api.sendMessage(ALI.id, 'x');
    for (let i = 0; i < 35; i += 1) {
      telegram.user({ id: 200 + i, firstName: 'Odam' });
      telegram.sendText(200 + i, 'salom');
    }
    const sent = await Promise.allSettled(
      Array.from({ length: 35 }, (_, i) => api.sendMessage(200 + i, 'x')),
    );
    expect(sent.filter(({ status }) => status === 'fulfilled')).toHaveLength(29);
  });
});
