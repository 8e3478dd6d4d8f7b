/** The real client against the simulated Paylov. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { saldoTiyin } from '../../src/bills/paylov/details.ts';
import type { CreateBillRequest } from '../../src/bills/paylov/types.ts';
import { som } from '../../src/core/money.ts';
import { CATALOG } from './catalog.ts';
import {
  answerForm,
  ELECTRICITY,
  ELECTRICITY_ACCOUNT,
  linkCard,
  MOBILE,
  startPaylovSandbox,
  USER,
  type PaylovSandbox,
} from './testing.fixture.ts';

const HOUR = 3_600_000;
const bill: CreateBillRequest = {
  serviceId: ELECTRICITY,
  account: ELECTRICITY_ACCOUNT,
  amountTiyin: som(50_000),
  userId: USER,
};

let test: PaylovSandbox;
beforeEach(async () => {
  test = await startPaylovSandbox();
});
afterEach(() => test.close());

async function created(changes: Partial<CreateBillRequest> = {}): Promise<string> {
  const outcome = await test.client.create({ ...bill, ...changes });
  if (outcome.kind !== 'created') throw new Error(`not created: ${JSON.stringify(outcome)}`);
  return outcome.transactionId;
}

const payFrom = (transactionId: string, cardId: string, otp?: string) =>
  test.client.pay({ transactionId, cardId, userId: USER, ...(otp === undefined ? {} : { otp }) });

const start = (number: string, expiry = '12/28') =>
  test.client.startLinking({ userId: USER, number, expiry });

describe('a bill paid with the operator’s card', () => {
  it('goes all the way', async () => {
    const { client, simulated, operatorCard, clock, warnings } = test;
    const asked = await client.info(bill);
    const before = asked.kind === 'info' ? saldoTiyin(asked.details) : null;
    const floatBefore = simulated.floatTiyin();
    const id = await created();
    expect(await client.status(id)).toMatchObject({ status: 'created', amountTiyin: som(50_000) });
    const paid = await payFrom(id, operatorCard);
    expect(paid).toMatchObject({ kind: 'paid', paidAt: clock.now() });
    expect(paid).toHaveProperty('paymentRef', expect.stringMatching(/^\d{12}$/));
    expect(simulated.floatTiyin()).toBe(floatBefore - som(50_000));
    expect(await client.status(id)).toEqual({
      kind: 'status',
      status: 'paid',
      amountTiyin: som(50_000),
      paidAt: clock.now(),
    });
    const again = await client.info(bill);
    const after = again.kind === 'info' ? saldoTiyin(again.details) : null;
    expect(after).toBe(before! + som(50_000));
    const day = { beginDate: '2026-05-16', endDate: '2026-05-16' };
    expect(await client.transactions({ ...day, userId: USER })).toMatchObject({
      kind: 'transactions',
      complete: true,
      transactions: [{ id, amountTiyin: som(50_000), userId: USER, serviceId: ELECTRICITY }],
    });
    expect(await client.transactions({ ...day, userId: 'tg_2' })).toMatchObject({
      transactions: [],
    });
    const next = { beginDate: '2026-05-17', endDate: '2026-05-18' };
    expect(await client.transactions(next)).toMatchObject({ transactions: [] });
    expect(warnings).toEqual([]);
  });

  it('is paid once', async () => {
    const id = await created();
    const before = test.simulated.floatTiyin();
    const outcomes = await Promise.all([
      payFrom(id, test.operatorCard),
      payFrom(id, test.operatorCard),
    ]);
    expect(outcomes.map(({ kind }) => kind).toSorted()).toEqual(['already_paid', 'paid']);
    expect(test.simulated.floatTiyin()).toBe(before - som(50_000));
    expect(test.simulated.transactions()).toMatchObject([{ id, state: 'paid', payCalls: 2 }]);
  });

  it('needs the float', async () => {
    const id = await created();
    test.simulated.setFloat(som(49_999));
    const refused = { kind: 'refused', code: 'insufficient_funds' };
    expect(await payFrom(id, test.operatorCard)).toMatchObject(refused);
    expect(test.simulated.floatTiyin()).toBe(som(49_999));
    test.simulated.setFloat(som(50_000));
    expect(await payFrom(id, test.operatorCard)).toMatchObject({ kind: 'paid' });
    expect(test.simulated.floatTiyin()).toBe(0);
  });
});

describe('a bill paid with the user’s card', () => {
  it('goes all the way with a code', async () => {
    const { client, simulated } = test;
    const texts: string[] = [];
    simulated.on((event) => {
      if (event.kind === 'sms') texts.push(`${event.userId}: ${event.text}`);
    });
    const cardId = await linkCard(test);
    const listed = { kind: 'cards', cards: [{ cardId, mask: '8600 **** **** 3333' }] };
    expect(await client.listCards(USER)).toEqual(listed);
    expect(await client.listCards('tg_2')).toEqual({ kind: 'cards', cards: [] });
    const floatBefore = simulated.floatTiyin();
    const outcome = await client.create({ ...bill, cardId });
    expect(outcome).toMatchObject({ kind: 'created', otpPhone: '99890*****67' });
    const id = outcome.kind === 'created' ? outcome.transactionId : '';
    const code = simulated.lastCode(id)!;
    expect(simulated.lastCode(cardId)).toBe(code);
    expect(simulated.lastCode(USER)).toBe(code);
    expect(texts.at(-1)).toContain(`${USER}: Tasdiqlash kodi: ${code}`);
    const wrong = { kind: 'refused', code: 'invalid_otp' };
    expect(await payFrom(id, cardId, '000000')).toMatchObject(wrong);
    expect(await payFrom(id, cardId, code)).toMatchObject({ kind: 'paid' });
    expect(simulated.floatTiyin()).toBe(floatBefore);
    expect(simulated.cards().at(-1)).toMatchObject({ cardId, balanceTiyin: som(950_000) });
    expect(await client.removeCard(cardId)).toEqual({ kind: 'removed' });
    expect(await client.removeCard(cardId)).toEqual({ kind: 'removed' });
    expect(await client.listCards(USER)).toEqual({ kind: 'cards', cards: [] });
  });

  it('has three tries within five minutes', async () => {
    const cardId = await linkCard(test);
    const first = await created({ cardId });
    for (let i = 0; i < 3; i += 1) await payFrom(first, cardId, '000000');
    const code = test.simulated.lastCode(first)!;
    const tooMany = { kind: 'refused', code: 'too_many_attempts' };
    expect(await payFrom(first, cardId, code)).toMatchObject(tooMany);
    const second = await created({ cardId });
    test.clock.advance(300_000);
    const late = { kind: 'refused', code: 'otp_expired' };
    expect(await payFrom(second, cardId, test.simulated.lastCode(second))).toMatchObject(late);
  });

  it('is not paid without its code, nor with another card', async () => {
    const cardId = await linkCard(test);
    const id = await created({ cardId });
    expect(await payFrom(id, cardId)).toMatchObject({ kind: 'refused', code: 'field_required' });
    const other = await payFrom(id, test.operatorCard, test.simulated.lastCode(id));
    expect(other).toMatchObject({ kind: 'refused', code: 'field_not_valid' });
  });

  it('needs a card of that user, and money on it', async () => {
    const cardId = await linkCard(test);
    const notTheirs = await test.client.create({ ...bill, cardId, userId: 'tg_2' });
    expect(notTheirs).toMatchObject({ kind: 'problem', code: 'card_not_found' });
    test.simulated.setCardBalance(cardId, 0);
    const id = await created({ cardId });
    const poor = { kind: 'refused', code: 'insufficient_funds' };
    expect(await payFrom(id, cardId, test.simulated.lastCode(id))).toMatchObject(poor);
  });
});

describe('linking', () => {
  it.each([
    ['8600111122220001', '12/28', 'card_is_blocked'],
    ['8600111122220002', '12/28', 'sms_not_active'],
    ['8600111122220003', '12/28', 'card_expired'],
    ['8600111122220004', '12/28', 'card_has_no_phone'],
    ['8600111122229999', '04/26', 'card_expired'],
    ['1234567812345678', '12/28', 'invalid_card'],
  ])('of %s until %s fails with %s', async (number, expiry, code) => {
    expect(await start(number, expiry)).toMatchObject({ kind: 'problem', code });
  });

  it('counts as done when the answer to the code was lost', async () => {
    const sent = await start('8600111122223333', '05/26');
    if (sent.kind !== 'code_sent') throw new Error(JSON.stringify(sent));
    const { linkId, mask } = sent;
    const request = { userId: USER, linkId, mask, code: test.simulated.lastCode(linkId)! };
    const wrong = { kind: 'problem', code: 'invalid_otp' };
    expect(await test.client.confirmLinking({ ...request, code: '1' })).toMatchObject(wrong);
    test.simulated.fault({ kind: 'drop_after', method: 'confirmUserCardCreate', times: 1 });
    expect(await test.client.confirmLinking(request)).toMatchObject({ code: 'network' });
    const [, card] = test.simulated.cards();
    const linked = { kind: 'linked', cardId: card!.cardId, mask: '8600 **** **** 3333' };
    expect(await test.client.confirmLinking(request)).toEqual(linked);
    expect(await start('8600111122223333')).toEqual(linked);
  });
});

describe('every service', () => {
  it('can be filled in, asked about and paid, if it is available', async () => {
    const { client, simulated, operatorCard } = test;
    const listed = await client.services();
    const services = listed.kind === 'services' ? listed.services : [];
    expect(services).toHaveLength(simulated.services().length);
    expect(services.filter(({ available }) => !available)).toHaveLength(2);
    for (const service of services.filter(({ available }) => available)) {
      const form = await client.fields(service.id);
      if (form.kind !== 'form') throw new Error(`${service.name}: ${JSON.stringify(form)}`);
      expect(form.service).toEqual(service);
      const account = answerForm(form.fields);
      const asked = await client.info({ serviceId: service.id, account });
      expect(asked.kind).toBe(service.hasInfo ? 'info' : 'problem');
      const id = await created({
        serviceId: service.id,
        account,
        amountTiyin: service.minTiyin,
      });
      expect(await payFrom(id, operatorCard)).toMatchObject({ kind: 'paid' });
    }
    expect(test.warnings).toEqual([]);
  });

  it('has names in both languages, dependent selects and a thousand values', async () => {
    const { client, simulated } = test;
    const names = simulated.services().map(({ name }) => name);
    expect(names).toContain('Плата за электроэнергию');
    expect(names).toContain('Tabiiy gaz');
    const id = simulated.services().find(({ name }) => name === 'Davlat bog‘chasi')!.id;
    const form = await client.fields(id);
    const fields = form.kind === 'form' ? form.fields : [];
    const counts = fields.map(({ options }) => options.length);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(1000);
    expect(fields[1]).toMatchObject({ parent: 'district' });
  });

  it('is not sold while it is unavailable', async () => {
    const { client, simulated } = test;
    const off = simulated.services().filter(({ available }) => !available);
    const forms = await Promise.all(off.map(({ id }) => client.fields(id)));
    expect(forms).toMatchObject([{ kind: 'unavailable' }, { kind: 'form' }]);
    const request = { ...bill, serviceId: off[1]!.id, account: { decision: '01234567890123' } };
    const refused = { kind: 'problem', code: 'merchant_not_available' };
    expect(await client.create(request)).toMatchObject(refused);
  });
});

describe('the strictness', () => {
  it.each([
    [{ account: { region: '1', soato: '26290' } }, 'field_required'],
    [{ account: { ...ELECTRICITY_ACCOUNT, soato: '27224' } }, 'field_not_valid'],
    [{ account: { ...ELECTRICITY_ACCOUNT, customer_code: '12a' } }, 'field_not_valid'],
    [{ account: { ...ELECTRICITY_ACCOUNT, customer_code: '1000404' } }, 'field_not_valid'],
    [{ account: { ...ELECTRICITY_ACCOUNT, other: '1' } }, 'field_not_valid'],
    [{ serviceId: MOBILE, account: { phone: '123456789' } }, 'field_not_valid'],
    [{ serviceId: 'none' }, 'field_not_valid'],
    [{ amountTiyin: som(499) }, 'invalid_amount'],
    [{ amountTiyin: som(5_000_001) }, 'invalid_amount'],
    [{ cardId: 'none' }, 'card_not_found'],
  ] satisfies [Partial<CreateBillRequest>, string][])('refuses %j', async (changes, code) => {
    const outcome = await test.client.create({ ...bill, ...changes });
    expect(outcome).toMatchObject({ kind: 'problem', code });
    expect(test.simulated.transactions()).toEqual([]);
  });

  it('sends the payer of electricity to the waste bill first', async () => {
    const account = { ...ELECTRICITY_ACCOUNT, customer_code: '1000777' };
    expect(await test.client.create({ ...bill, account })).toMatchObject({ hint: 'waste_unpaid' });
  });

  it('knows no strange transaction', async () => {
    const none = { kind: 'problem', code: 'transaction_not_found' };
    expect(await test.client.status('none')).toMatchObject(none);
    const refused = { kind: 'refused', code: 'transaction_not_found' };
    expect(await payFrom('none', test.operatorCard)).toMatchObject(refused);
  });

  it('wants a live token, and renews it by a refresh token', async () => {
    await created();
    test.clock.advance(HOUR - 1000);
    await created();
    test.clock.advance(200 * HOUR);
    await created();
    const { url } = test.simulated;
    const requests = test.simulated.requests();
    expect(requests.filter(({ call }) => call === 'token')).toHaveLength(3);
    expect(requests.filter(({ status }) => status !== 200)).toEqual([]);
    expect((await fetch(`${url}/servicePayment/list/`)).status).toBe(401);
    const body = JSON.stringify({ grant_type: 'password' });
    const token = `${url}/merchant/oauth2/token/`;
    expect((await fetch(token, { method: 'POST', body })).status).toBe(401);
  });

  it('may have its methods under /merchant', async () => {
    await test.close();
    test = await startPaylovSandbox({ servicePrefix: '/merchant' });
    const id = await created();
    expect(await payFrom(id, test.operatorCard)).toMatchObject({ kind: 'paid' });
    const day = { beginDate: '2026-05-16', endDate: '2026-05-16' };
    expect(await test.client.transactions(day)).toMatchObject({ transactions: [{ id }] });
  });
});

it('some services say what is owed above zero, of others nobody can tell', async () => {
  const waste = CATALOG.find(({ saldo }) => saldo === 'owed');
  expect(CATALOG.some(({ saldo, hasInfo }) => saldo === 'untold' && hasInfo)).toBe(true);
  const account = { region: '01', account: '100000' };
  const owed = { ...bill, serviceId: waste?.id ?? '', account, amountTiyin: som(5000) };
  const balance = async (): Promise<number> => {
    const asked = await test.client.info(owed);
    return asked.kind === 'info' ? (saldoTiyin(asked.details) ?? Number.NaN) : Number.NaN;
  };
  const before = await balance();
  await payFrom(await created(owed), test.operatorCard);
  expect(await balance()).toBe(before - som(5000));
});
