import { expect, test } from 'vitest';
import {
  AZIZA,
  openEvents,
  type PageEvent,
  startEchoBot,
  startStage,
} from './sandbox-stage.fixture.ts';

interface Told {
  kind: string;
  message: { messageId: number; from: string; text: string; html: string; inlineKeyboard: unknown };
}

function isBotMessage({ event, data }: PageEvent): boolean {
  const { kind, message } = data as Told;
  return event === 'telegram' && kind === 'message' && message.from === 'bot';
}

test('its settings lead to this machine alone, whatever was set', async () => {
  const { sandbox } = await startStage({
    ADMIN_IDS: '42',
    ADMIN_CHAT_ID: '-100',
    WEBHOOK_SECRET: 'a-secret-of-the-operator',
  });
  const { config, telegram, world } = sandbox;
  expect(config).toMatchObject({
    mode: 'sandbox',
    telegram: { token: telegram.token, apiRoot: telegram.url, webhook: false },
    adminIds: [9001, 42],
    adminChatId: null,
    http: { publicUrl: null, webhookSecret: 'a-secret-of-the-operator' },
  });
  for (const { id, url } of world.providers) {
    expect(config.providers[id]?.baseUrl).toContain(url);
  }
});

test('without a secret of the operator webhooks have an obvious one', async () => {
  const { sandbox } = await startStage();
  expect(sandbox.config.http.webhookSecret).toBe('sandbox-webhook-secret');
});

test("the bot's answer to a text reaches the page, with its buttons", async () => {
  const stage = await startStage();
  const events = await openEvents(stage);
  startEchoBot(stage.sandbox);
  await events.next(({ event }) => event === 'state');
  await stage.post(`/api/persons/${AZIZA}/text`, { text: 'hello' });
  const { data } = await events.next(isBotMessage);
  const { message } = data as Told;
  expect(message.text).toBe('You said hello');
  expect(message.inlineKeyboard).toEqual([
    [{ text: 'Tap', callback_data: 'tapped' }],
    [{ text: 'Open', url: 'https://example.com/pay' }],
    [{ text: 'Copy', copy_text: { text: '50001.50' } }],
  ]);
  const chat = await stage.get(`/api/persons/${AZIZA}/chat`);
  expect(chat.body).toMatchObject({ messages: [{ text: 'hello' }, { text: 'You said hello' }] });
});

test('a tap is answered by the bot', async () => {
  const stage = await startStage();
  const events = await openEvents(stage);
  startEchoBot(stage.sandbox);
  await stage.post(`/api/persons/${AZIZA}/text`, { text: 'hello' });
  const { message } = (await events.next(isBotMessage)).data as Told;
  const path = `/api/persons/${AZIZA}/tap`;
  const tap = await stage.post(path, { messageId: message.messageId, data: 'tapped' });
  expect(tap.status).toBe(200);
  const answer = await events.next(
    ({ data }) => (data as { kind?: string }).kind === 'callback-answer',
  );
  expect(answer.data).toMatchObject({ userId: AZIZA, text: 'Got tapped', showAlert: true });
  const unknown = await stage.post(path, { messageId: message.messageId, data: 'else' });
  expect(unknown).toMatchObject({ status: 409, body: { error: expect.any(String) } });
});

test('what looks like markup in a text stays text', async () => {
  const stage = await startStage();
  const events = await openEvents(stage);
  startEchoBot(stage.sandbox);
  const text = '<b>bold</b><img src=x onerror=alert(1)>';
  await stage.post(`/api/persons/${AZIZA}/text`, { text });
  const { data } = await events.next(isBotMessage);
  expect((data as Told).message).toMatchObject({ text: `You said ${text}`, entities: [] });
  expect((data as Told).message.html).not.toContain('<');
});

test('a page that opens later gets everything so far', async () => {
  const stage = await startStage();
  await stage.post(`/api/persons/${AZIZA}/text`, { text: 'before' });
  const events = await openEvents(stage);
  const { data } = await events.next(() => true);
  expect(data).toMatchObject({
    chats: { [AZIZA]: { messages: [{ text: 'before' }], keyboard: null } },
    world: { orders: [], webhooksOff: false },
  });
  const state = await stage.get('/api/state');
  expect(state.body).toEqual(data);
});

test('closing lets go of open pages', async () => {
  const stage = await startStage();
  const events = await openEvents(stage);
  await events.next(() => true);
  await stage.sandbox.close();
  await expect(events.next(() => true)).rejects.toThrow('over');
});

test('a contact is shared and commands are listed', async () => {
  const { sandbox, get, post } = await startStage();
  await post(`/api/persons/${AZIZA}/contact`, { phone: '+998900000001' });
  expect(sandbox.telegram.lastMessage(AZIZA)?.contact?.phoneNumber).toBe('+998900000001');
  expect((await get(`/api/persons/${AZIZA}/commands`)).body).toEqual([]);
});

test.each([
  [`/api/persons/${AZIZA}/text`, { text: '   ' }, 400],
  [`/api/persons/${AZIZA}/text`, { text: 'a'.repeat(4097) }, 400],
  [`/api/persons/${AZIZA}/text`, { text: 'a', more: 1 }, 400],
  [`/api/persons/${AZIZA}/text`, { text: 'a'.repeat(70_000) }, 413],
  ['/api/persons/5/text', { text: 'a' }, 404],
  ['/api/persons/x/text', { text: 'a' }, 400],
  ['/api/nothing', {}, 404],
])('refuses %s %j with %i and a reason', async (path, body, status) => {
  const { post } = await startStage();
  expect(await post(path, body)).toMatchObject({ status, body: { error: expect.any(String) } });
});
