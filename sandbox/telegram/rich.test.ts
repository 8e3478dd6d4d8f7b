import { expect, test } from 'vitest';

import { ALI, NOT_MODIFIED, startStage } from './fake-telegram.fixture.ts';

const cell = (text: string) => ({ text, align: 'left', valign: 'top' }) as const;
const tableOf = (rows: string[][]) =>
  ({ type: 'table', cells: rows.map((row) => row.map(cell)) }) as const;
const TABLE = tableOf([
  ['a', 'b'],
  ['1', '2'],
]);

test('a rich message has blocks and no text, and is edited into a text and back', async () => {
  const { api, telegram } = await startStage();
  const rich = { blocks: [{ type: 'heading', size: 4, text: 'Title' } as const, TABLE] };
  const sent = await api.sendRichMessage(ALI.id, rich);
  expect(sent.rich_message).toEqual(rich);
  const shown = () => telegram.message(ALI.id, sent.message_id);
  expect(shown()).toMatchObject({ text: '', rich: rich.blocks });
  await api.editMessageText(ALI.id, sent.message_id, 'words');
  expect(shown()).toMatchObject({ text: 'words', rich: null, isEdited: true });
  await api.editMessageText(ALI.id, sent.message_id, rich);
  expect(shown()).toMatchObject({ text: '', rich: rich.blocks });
  await expect(api.editMessageText(ALI.id, sent.message_id, rich)).rejects.toMatchObject({
    description: NOT_MODIFIED,
  });
});

test.each([
  ['no blocks', {}],
  ['an unknown block', { blocks: [{ type: 'tabel', cells: [] }] }],
  ['a cell without its place', { blocks: [{ type: 'table', cells: [[{ text: 'a' }]] }] }],
  ['a heading of no size', { blocks: [{ type: 'heading', text: 'a', size: 7 }] }],
  ['an empty table', { blocks: [{ type: 'table', cells: [] }] }],
  ['nothing in it', { blocks: [tableOf([['', ' ']])] }],
  ['21 columns', { blocks: [tableOf([Array.from({ length: 21 }, () => 'a')])] }],
  ['501 blocks', { blocks: [tableOf(Array.from({ length: 500 }, () => ['a']))] }],
  ['32 769 characters', { blocks: [tableOf([['a'.repeat(32_769)]])] }],
])('refuses a rich message with %s', async (_, rich) => {
  const { api, telegram } = await startStage();
  const before = telegram.messages(ALI.id).length;
  await expect(api.sendRichMessage(ALI.id, rich as never)).rejects.toMatchObject({
    error_code: 400,
  });
  expect(telegram.messages(ALI.id)).toHaveLength(before);
});

test('an old server knows no such message, and finds no text in such an edit', async () => {
  const { api, telegram } = await startStage();
  const { message_id } = await api.sendMessage(ALI.id, 'words');
  telegram.setOld(true);
  await expect(api.sendRichMessage(ALI.id, { blocks: [TABLE] })).rejects.toMatchObject({
    error_code: 404,
  });
  await expect(api.editMessageText(ALI.id, message_id, { blocks: [TABLE] })).rejects.toMatchObject({
    error_code: 400,
    description: 'Bad Request: message text is empty',
  });
  expect(telegram.message(ALI.id, message_id)?.text).toBe('words');
});
