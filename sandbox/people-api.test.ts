import { expect, test } from 'vitest';
import type { ChatView } from './api.ts';
import type { MessageView } from './telegram/types.ts';
import { AZIZA, openEvents, type Stage, startStage } from './sandbox-stage.fixture.ts';

/** One white dot. */
const PNG = Uint8Array.from(
  atob(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mP8/x8AAwMCAO+ip1sAAAAASUVORK5CYII=',
  ),
  (letter) => letter.charCodeAt(0),
);

async function sendPhoto(
  { baseUrl }: Stage,
  { bytes = PNG, query = '' }: { bytes?: Uint8Array; query?: string } = {},
): Promise<Response> {
  return await fetch(`${baseUrl}/sandbox/api/persons/${AZIZA}/photo${query}`, {
    method: 'POST',
    headers: { 'x-sandbox': '1', 'content-type': 'image/png' },
    body: Uint8Array.from(bytes),
  });
}

test('a photo is sent with its caption and seen again', async () => {
  const stage = await startStage();
  const sent = await sendPhoto(stage, { query: '?caption=My%20receipt' });
  expect(sent.status).toBe(200);
  const { file, caption } = (await sent.json()) as MessageView;
  expect([file?.kind, file?.sizeBytes, caption]).toEqual(['photo', PNG.length, 'My receipt']);
  const answer = await fetch(`${stage.baseUrl}/sandbox/api/files/${file?.fileId}`);
  expect(answer.headers.get('content-type')).toBe('image/png');
  expect(new Uint8Array(await answer.arrayBuffer())).toEqual(PNG);
});

test('takes pictures alone, and none that is too large', async () => {
  const stage = await startStage();
  const page = new TextEncoder().encode('<!doctype html><script>alert(1)</script>');
  expect((await sendPhoto(stage, { bytes: page })).status).toBe(400);
  const large = new Uint8Array(6 * 1024 * 1024);
  large.set(PNG);
  expect((await sendPhoto(stage, { bytes: large })).status).toBe(413);
  expect((await sendPhoto(stage, { query: `?caption=${'a'.repeat(1025)}` })).status).toBe(400);
  expect(stage.sandbox.telegram.messages(AZIZA)).toEqual([]);
});

test('a document of the bot is downloaded and never opened as a page', async () => {
  const stage = await startStage();
  const { telegram } = stage.sandbox;
  telegram.sendText(AZIZA, 'hello');
  const form = new FormData();
  form.set('chat_id', String(AZIZA));
  form.set('document', new File(['<script>alert(1)</script>'], "ko'chirma 1.html"));
  const sent = await fetch(`${telegram.url}/bot${telegram.token}/sendDocument`, {
    method: 'POST',
    body: form,
  });
  expect(sent.status).toBe(200);
  const chat = (await stage.get(`/api/persons/${AZIZA}/chat`)).body as ChatView;
  const file = chat.messages.at(-1)?.file;
  const { status, headers } = await stage.get(`/api/files/${file?.fileId}`);
  expect(status).toBe(200);
  expect(headers.get('content-type')).toBe('application/octet-stream');
  expect(headers.get('content-disposition')).toBe(
    "attachment; filename*=UTF-8''ko%27chirma%201.html",
  );
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect((await stage.get('/api/files/nothing')).status).toBe(404);
});

test("a person's Telegram speaks another language, and every page hears of it", async () => {
  const stage = await startStage();
  const events = await openEvents(stage);
  const path = `/api/persons/${AZIZA}/language`;
  expect((await stage.post(path, { language: 'ru' })).body).toMatchObject({ language: 'ru' });
  const { data } = await events.next(({ event }) => event === 'persons');
  expect(data).toContainEqual(expect.objectContaining({ id: AZIZA, language: 'ru' }));
  expect((await stage.post(path, { language: 'fr' })).status).toBe(400);
});

test('who blocks the bot writes nothing to it until they no longer do', async () => {
  const stage = await startStage();
  const block = async (isBlocking: boolean) =>
    await stage.post(`/api/persons/${AZIZA}/block`, { isBlocking });
  expect((await block(true)).body).toMatchObject({ isBlocking: true });
  const text = { text: 'hello' };
  expect((await stage.post(`/api/persons/${AZIZA}/text`, text)).status).toBe(409);
  expect((await block(false)).body).toMatchObject({ isBlocking: false });
  expect((await stage.post(`/api/persons/${AZIZA}/text`, text)).status).toBe(200);
});
