/** The simulated Paylov answers in the shapes of paylov.txt, key for key. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  FIELDS_ANSWER,
  INFO_ANSWER,
  LIST_ANSWER,
} from '../../src/bills/paylov/payloads.fixture.ts';
import {
  CONFIRM_CARD_ANSWER,
  CREATE_ANSWER,
  CREATE_CARD_ANSWER,
  CREATE_OTP_ANSWER,
  ERROR_SHAPE,
  PAY_ANSWER,
  STATUS_ANSWER,
  TOKEN_ANSWER,
  TRANSACTIONS_ANSWER,
} from '../../src/bills/paylov/payments.fixture.ts';
import {
  ELECTRICITY,
  ELECTRICITY_ACCOUNT,
  startPaylovSandbox,
  type PaylovSandbox,
} from './testing.fixture.ts';

const TOKEN_PATH = '/merchant/oauth2/token/';

let test: PaylovSandbox;
let granted: { access_token: string; refresh_token: string };
let basic: string;
let token: string;
beforeEach(async () => {
  test = await startPaylovSandbox();
  const { settings } = test.simulated;
  const keys = `${settings['PAYLOV_CONSUMER_KEY']}:${settings['PAYLOV_CONSUMER_SECRET']}`;
  basic = `Basic ${Buffer.from(keys).toString('base64')}`;
  const body = {
    grant_type: 'password',
    username: settings['PAYLOV_USERNAME'],
    password: settings['PAYLOV_PASSWORD'],
  };
  granted = (await call(TOKEN_PATH, body, basic)) as typeof granted;
  token = granted.access_token;
});
afterEach(() => test.close());

async function call(
  path: string,
  body?: object,
  authorization = `Bearer ${token}`,
): Promise<unknown> {
  const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
  const headers = { authorization };
  const response = await fetch(test.simulated.url + path, { ...init, headers, redirect: 'manual' });
  return response.json();
}

/** Keys and types; of a list the shape of its first item. What may be null is only "maybe". */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 0 ? [] : [shapeOf(value[0])];
  if (value === null) return 'maybe';
  if (typeof value !== 'object') return typeof value;
  const entries = Object.entries(value).map(([key, each]) => [key, shapeOf(each)] as const);
  return Object.fromEntries(entries);
}

function documentShape(answer: string): unknown {
  return shapeOf(JSON.parse(answer));
}

const servicesOf = (answer: unknown): object[] =>
  (answer as { result: { services: object[] } }).result.services;

const names = (answer: unknown): string[] =>
  (answer as { result: { data: { name: string }[] } }).result.data.map(({ name }) => name);

const bill = { service_id: ELECTRICITY, account: ELECTRICITY_ACCOUNT, amount: 500, userId: 'tg_1' };

async function created(changes: object = {}): Promise<{ transactionId: string }> {
  const answer = await call('/servicePayment/create/', { ...bill, ...changes });
  return (answer as { result: { transactionId: string } }).result;
}

describe('the answers', () => {
  it('to a request for a token are the document’s', () => {
    expect(shapeOf(granted)).toEqual(documentShape(TOKEN_ANSWER));
  });

  it('take a refresh token once', async () => {
    const body = { grant_type: 'refresh_token', refresh_token: granted.refresh_token };
    expect(shapeOf(await call(TOKEN_PATH, body, basic))).toEqual(documentShape(TOKEN_ANSWER));
    const grantError = {
      error: 'invalid_grant',
      error_description: 'Invalid credentials given.',
    };
    expect(await call(TOKEN_PATH, body, basic)).toEqual(grantError);
    const password = { grant_type: 'password', username: 'x', password: 'y' };
    expect(await call(TOKEN_PATH, password, basic)).toEqual(grantError);
    expect(await call(TOKEN_PATH, password, 'Basic x')).toEqual({
      error: 'invalid_client',
      error_description: 'Client authentication failed.',
    });
  });

  it('to list, fields and info are the document’s', async () => {
    const list = await call('/servicePayment/list/?available_for_me=true');
    expect(shapeOf(list)).toEqual(documentShape(LIST_ANSWER));
    expect(servicesOf(list).slice(0, 2)).toEqual(servicesOf(JSON.parse(LIST_ANSWER)));
    const fields = await call(`/servicePayment/fields/${ELECTRICITY}/`);
    const example = JSON.parse(FIELDS_ANSWER) as { result: { data: { logo?: string }[] } };
    // The example's list has no logo for this service.
    delete example.result.data[0]!.logo;
    expect(shapeOf(fields)).toEqual(shapeOf(example));
    const info = await call('/servicePayment/info/', bill);
    expect(shapeOf(info)).toEqual(documentShape(INFO_ANSWER));
    expect(names(info)).toEqual(names(JSON.parse(INFO_ANSWER)));
  });

  it('to create, pay, status and transactions are the document’s', async () => {
    const answer = await call('/servicePayment/create/', bill);
    expect(shapeOf(answer)).toEqual(documentShape(CREATE_ANSWER));
    const { transactionId } = (answer as { result: { transactionId: string } }).result;
    const payment = { transactionId, cardId: test.operatorCard, userId: 'tg_1' };
    const paid = await call('/servicePayment/pay/', payment);
    expect(shapeOf(paid)).toEqual(documentShape(PAY_ANSWER));
    const path = `/servicePayment/transaction/status/?transactionId=${transactionId}`;
    const status = await call(path);
    expect(shapeOf(status)).toEqual(documentShape(STATUS_ANSWER));
    for (const all of [
      '/servicePayment/transaction/all',
      '/merchant/servicePayment/transaction/all/',
    ]) {
      expect(shapeOf(await call(all))).toEqual(documentShape(TRANSACTIONS_ANSWER));
    }
    const again = await call('/servicePayment/pay/', payment);
    expect(shapeOf(again)).toEqual(documentShape(ERROR_SHAPE));
    expect(again).toMatchObject({ error: { code: 'transaction_already_payed' } });
  });

  it('with a card are the document’s', async () => {
    const linking = { userId: 'tg_1', cardNumber: '8600111122223333', expireDate: '2812' };
    const sent = await call('/merchant/userCard/createUserCard/', linking);
    expect(shapeOf(sent)).toEqual(documentShape(CREATE_CARD_ANSWER));
    const { cid } = (sent as { result: { cid: string } }).result;
    const otp = test.simulated.lastCode(cid);
    const linked = await call('/merchant/userCard/confirmUserCardCreate/', { cardId: cid, otp });
    expect(shapeOf(linked)).toMatchObject(documentShape(CONFIRM_CARD_ANSWER) as object);
    const { cardId } = (linked as { result: { card: { cardId: string } } }).result.card;
    const result = await created({ cardId });
    expect(shapeOf({ result })).toEqual(documentShape(CREATE_OTP_ANSWER));
  });

  it.each([
    ['a year after the month', { expireDate: '1299' }],
    ['a phone without its plus', { phoneNumber: '998901234567' }],
    ['no user', { userId: '' }],
  ])('refuse %s', async (_name, changes) => {
    const linking = { userId: 'tg_1', cardNumber: '8600111122223333', expireDate: '2812' };
    const answer = await call('/merchant/userCard/createUserCard/', { ...linking, ...changes });
    expect(shapeOf(answer)).toEqual(documentShape(ERROR_SHAPE));
  });

  it.each(['500', 500.5, null, -500])('refuse the amount %j', async (amount) => {
    const answer = await call('/servicePayment/create/', { ...bill, amount });
    expect(answer).toMatchObject({ error: { code: 'invalid_amount' } });
  });

  it('have an error of the transactions inside the result', async () => {
    const answer = await call('/servicePayment/transaction/all?beginDate=21.11.2024');
    expect(answer).toMatchObject({ result: { error: { code: 'validation_error' } } });
  });

  it('send a GET on to its final slash, and a POST nowhere', async () => {
    const headers = { authorization: `Bearer ${token}` };
    const url = `${test.simulated.url}/servicePayment`;
    const get = await fetch(`${url}/list`, { headers, redirect: 'manual' });
    expect([get.status, get.headers.get('location')]).toEqual([301, '/servicePayment/list/']);
    const post = await fetch(`${url}/pay`, { headers, method: 'POST', body: '{}' });
    expect(post.status).toBe(404);
  });
});
