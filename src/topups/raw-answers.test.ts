import { afterEach, beforeEach, expect, it } from 'vitest';
import { providerEvents } from '../db/tables.ts';
import { SecretScrubber } from '../core/secrets.ts';
import { safeBody } from '../client/words.ts';
import { type TemporaryDatabase, rerunningDatabase } from '../testing/database.ts';
import { createAnswerMemory, keepAnswer, meaningOf, storedAnswers } from './raw-answers.ts';

let file: TemporaryDatabase;
beforeEach(() => {
  file = rerunningDatabase();
});
afterEach(() => file.remove());

const keep = (body: string, memory = createAnswerMemory()) =>
  file.db.tx((tx) => keepAnswer(tx, memory, { provider: 'payfer', subject: 'A', body, at: 1 }));

it('means the same whatever the order of its fields and its clock say', () => {
  const one = meaningOf('{"status":"pending","data":{"b":1,"a":[1,2]},"over":5,"time":"12:00"}');
  expect(meaningOf('{"time":"12:01","data":{"a":[1,2],"b":1},"over":4,"status":"pending"}')).toBe(
    one,
  );
  expect(meaningOf('{"data":{"a":[2,1],"b":1},"status":"pending"}')).not.toBe(one);
  expect(meaningOf('<html>request 17</html>')).toBe(meaningOf('<html>request 18</html>'));
});

it('is kept when it says something new, also for a program that has forgotten the last one', async () => {
  const memory = createAnswerMemory();
  await keep('{"status":"pending"}', memory);
  await keep('{"status":"pending","now":2}', memory);
  await keep('{"status":"pending"}');
  await keep('{"status":"paid"}', memory);
  const kept = await storedAnswers(file.db.read, 'A', { offset: 0, limit: 9 });
  expect(kept.map(({ body }) => body)).toEqual(['{"status":"paid"}', '{"status":"pending"}']);
});

it('is kept the next time when the transaction it came with was undone', async () => {
  const memory = createAnswerMemory();
  const answer = { provider: 'payfer', subject: 'A', body: '{"status":"paid"}', at: 1 } as const;
  const undone = file.db.tx(async (tx) => {
    await keepAnswer(tx, memory, answer);
    throw new Error('mine');
  });
  await expect(undone).rejects.toThrow('mine');
  await keep(answer.body, memory);
  expect(await storedAnswers(file.db.read, 'A', { offset: 0, limit: 9 })).toHaveLength(1);
});

it('fills no disk: the latest twenty of an order are kept', async () => {
  for (let n = 1; n <= 25; n += 1) await keep(`{"status":${n}}`);
  const rows = await file.db.read.select().from(providerEvents);
  expect(rows.map(({ body }) => body)).toEqual(
    Array.from({ length: 20 }, (_, index) => `{"status":${index + 6}}`),
  );
});

it('loses secrets, whoever names them', () => {
  const secrets = new SecretScrubber();
  secrets.register('registered-secret');
  const body = JSON.stringify({
    order: 'ORDER-CODE',
    shop_key: 'abc"def',
    note: 'registered-secret',
    pan: '8600 4954 7331 6478',
    otpSentPhone: '+998901234567',
    amount: 50_000,
    status: 'paid',
  });
  const scrub = (text: string, also?: readonly string[]) => secrets.scrub(text, also);
  expect(safeBody(body, { scrub, also: ['ORDER-CODE'] })).toBe(
    '{"order":"[secret]","shop_key":"[secret]","note":"[secret]","pan":"[number]",' +
      '"otpSentPhone":"[secret]","amount":50000,"status":"paid"}',
  );
  expect(safeBody('x'.repeat(9000), { scrub, also: [] })).toHaveLength(4000);
});
