import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { json, type Reply } from '../../providers/testing.fixture.ts';
import { FIELDS_ANSWER, INFO_ANSWER, INFO_REQUEST, LIST_ANSWER } from './payloads.fixture.ts';
import { errorReply, startPaylovTest, tokenReply, type PaylovTest } from './testing.fixture.ts';

const ELECTRICITY = '6ae5eaf5-9b70-4aa9-9260-2438e99affa0';

let test: PaylovTest;
beforeEach(async () => {
  test = await startPaylovTest();
});
afterEach(() => test.close());

interface RawForm {
  result: { data: [Record<string, unknown> & { fields: Record<string, unknown>[] }] };
}

/** The document's fields with changes to the service or to one of its fields. */
function formWith(changes: { service?: object; field?: [number, object] }): Reply {
  const body = JSON.parse(FIELDS_ANSWER) as RawForm;
  const [service] = body.result.data;
  Object.assign(service, changes.service);
  if (changes.field) Object.assign(service.fields[changes.field[0]]!, changes.field[1]);
  return json(body);
}

describe('services', () => {
  it('reads the list of the document', async () => {
    const outcome = await test.paylov.services();
    expect(outcome).toEqual({
      kind: 'services',
      services: [
        {
          id: ELECTRICITY,
          name: 'Плата за электроэнергию',
          category: { id: '3', name: 'Коммунальные услуги' },
          minTiyin: 50_000,
          maxTiyin: 500_000_000,
          hasInfo: true,
          canCancel: false,
          available: true,
        },
        {
          id: 'd2369eff-a542-4d59-90d1-f00c76d0b4e4',
          name: 'Горячая вода и отопление',
          category: { id: '3', name: 'Коммунальные услуги' },
          minTiyin: 50_000,
          maxTiyin: 300_000_000,
          hasInfo: true,
          canCancel: false,
          available: true,
          logo: 'https://cdn.paylov.uz/2024/12/05/mobi.png',
        },
      ],
    });
    const [token, list] = test.loopback.requests;
    expect(token!.path).toBe('/merchant/oauth2/token/');
    expect(list).toMatchObject({
      method: 'GET',
      path: '/servicePayment/list/?available_for_me=true',
      headers: { authorization: 'Bearer marked-access-1' },
      body: '',
    });
    expect(test.loopback.requests).toHaveLength(2);
    expect(test.warnings).toEqual([]);
  });

  it.each([
    [{ is_active: false }, { available: false }],
    [{ payment_available: false }, { available: false }],
    [{ is_active: 0 }, { available: false }],
    [{ is_active: '0' }, { available: false }],
    [{ is_active: 'False' }, { available: false }],
    [{ payment_available: 'false' }, { available: false }],
    [{ is_active: 1 }, { available: true }],
    [
      { has_info_method: 'true', can_cancel: 1 },
      { hasInfo: true, canCancel: true },
    ],
    [{ amount: null }, { minTiyin: 100, maxTiyin: 1_000_000_000_000_000 }],
    [{ category: null }, { category: { id: '0', name: '' } }],
    [{ logo: 'javascript:alert(1)' }, { id: ELECTRICITY }],
    [{ service_id: 17 }, { id: '17' }],
    [{ can_cancel: 'yes' }, { canCancel: false }],
    [{ name: 'Suv\n\u202eva  gaz' }, { name: 'Suv va gaz' }],
  ])('takes %j', async (changes, expected) => {
    const body = JSON.parse(LIST_ANSWER) as { result: { services: object[] } };
    Object.assign(body.result.services[0]!, changes);
    test.loopback.serve(({ path }) => json(path.includes('token') ? token : body));
    const outcome = await test.paylov.services();
    const services = outcome.kind === 'services' ? outcome.services : [];
    expect(services[0]).toMatchObject(expected);
    expect(services[0]).not.toHaveProperty('logo');
  });

  it('leaves out a service that makes no sense, and says so', async () => {
    const body = JSON.parse(LIST_ANSWER) as { result: { services: object[] } };
    body.result.services.push({ name: 'without an id' }, body.result.services[0]!);
    test.loopback.serve(({ path }) => json(path.includes('token') ? token : body));
    const outcome = await test.paylov.services();
    expect(outcome).toMatchObject({ kind: 'services', services: [{ id: ELECTRICITY }, {}] });
    expect(outcome).not.toHaveProperty('services.2');
    expect(test.warnings).toMatchObject([
      { data: { call: 'list', reason: '1 services left out' } },
    ]);
  });

  const token = { access_token: 'marked-access-1' };
});

describe('what a service does not say', () => {
  it('costs nothing: it is payable, its questions must be answered, it cannot be undone', async () => {
    const bare = { service_id: ELECTRICITY, name: 'Bare', amount: { min: 500, max: 1000 } };
    const said = { available: true, canCancel: false, hasInfo: false };
    test.loopback.serve(({ path }) => {
      if (path.includes('/oauth2/')) return tokenReply(1);
      const services = [bare];
      const fields = [{ name: 'code', type: 'text' }];
      return json({
        result: path.includes('/list/') ? { services } : { data: [{ ...bare, fields }] },
      });
    });
    expect(await test.paylov.services()).toMatchObject({ services: [said] });
    expect(await test.paylov.fields(ELECTRICITY)).toMatchObject({
      kind: 'form',
      service: said,
      fields: [{ name: 'code', required: true }],
    });
  });
});

describe('fields', () => {
  it('reads the form of the document', async () => {
    test.answer({ status: 200, body: FIELDS_ANSWER });
    expect(await test.paylov.fields(ELECTRICITY)).toEqual({
      kind: 'form',
      service: expect.objectContaining({ id: ELECTRICITY, available: true, canCancel: false }),
      fields: [
        {
          name: 'region',
          title: 'region',
          type: 'select',
          content: 'text',
          required: true,
          parent: null,
          options: [
            { value: '1', title: 'г. Ташкент', filter: null },
            { value: '2', title: 'Ташкентская область', filter: null },
          ],
        },
        {
          name: 'soato',
          title: 'soato',
          type: 'select',
          content: 'text',
          required: true,
          parent: 'region',
          options: [
            { value: '26280', title: '26280 - Алмазарский ЭСП', filter: '1' },
            { value: '26264', title: '26264 - Бектемирский ЭСП', filter: '1' },
          ],
        },
        {
          name: 'customer_code',
          title: 'customer_code',
          type: 'text',
          content: 'number',
          required: true,
          parent: null,
          options: [],
        },
      ],
      responseFields: expect.arrayContaining([
        { name: 'saldo', title: 'balance', postfix: 'UZS' },
        { name: 'fio', title: 'fio', postfix: null },
      ]),
    });
    expect(test.calls()).toMatchObject([
      { method: 'GET', path: `/servicePayment/fields/${ELECTRICITY}/`, body: '' },
    ]);
    expect(test.warnings).toEqual([]);
  });

  it('takes an object in the place of the list, as the sample code has it', async () => {
    const { result } = JSON.parse(FIELDS_ANSWER) as RawForm;
    test.answer(json({ result: { data: result.data[0] } }));
    expect(await test.paylov.fields(ELECTRICITY)).toMatchObject({ kind: 'form' });
  });

  it('takes an empty list for an unavailable service', async () => {
    test.answer(json({ result: { data: [] } }));
    expect(await test.paylov.fields(ELECTRICITY)).toEqual({ kind: 'unavailable' });
  });

  it('does not take the fields of another service', async () => {
    test.answer({ status: 200, body: FIELDS_ANSWER });
    expect(await test.paylov.fields('another')).toMatchObject({
      kind: 'problem',
      code: 'bad_answer',
      detail: 'the fields of another service',
    });
  });

  it('escapes the id', async () => {
    await test.paylov.fields('../pay?x=1');
    expect(test.calls()[0]!.path).toBe('/servicePayment/fields/..%2Fpay%3Fx%3D1/');
  });

  it.each([
    ['an unknown parent', { field: [1, { dependency_of: 'city' }] }, '"soato" depends on "city"'],
    ['a circle', { field: [0, { dependency_of: 'soato' }] }, 'in a circle'],
    ['itself for a parent', { field: [1, { dependency_of: 'soato' }] }, 'in a circle'],
    ['two fields of one name', { field: [0, { name: 'soato' }] }, 'two fields have one name'],
    [
      'nothing to choose from',
      { field: [1, { values: [] }] },
      'nothing to choose from for "soato"',
    ],
    ['a name that is no key', { field: [2, { name: '__proto__' }] }, 'field 3: unexpected name'],
  ] satisfies [string, Parameters<typeof formWith>[0], string][])(
    'refuses a form with %s',
    async (_name, changes, words) => {
      test.answer(formWith(changes));
      const outcome = await test.paylov.fields(ELECTRICITY);
      expect(outcome).toMatchObject({ kind: 'problem', code: 'bad_form' });
      expect(outcome).toHaveProperty('detail', expect.stringContaining(words));
    },
  );

  it.each([
    ['fields that are none', { service: { fields: null } }],
    ['no name', { service: { name: null } }],
  ])('does not take a service with %s', async (_name, changes) => {
    test.answer(formWith(changes));
    expect(await test.paylov.fields(ELECTRICITY)).toMatchObject({ code: 'bad_answer' });
  });
});

describe('info', () => {
  const request = {
    serviceId: '9f877739-bc25-4f0f-a13f-ec485fd04250',
    account: { soato: '26290', region: '1', customer_code: '1000000' },
  };

  it('sends the request and reads the answer of the document', async () => {
    test.answer({ status: 200, body: INFO_ANSWER });
    const outcome = await test.paylov.info(request);
    expect(outcome).toEqual({
      kind: 'info',
      details: (JSON.parse(INFO_ANSWER) as { result: { data: object[] } }).result.data,
    });
    const [call] = test.calls();
    expect(call).toMatchObject({ method: 'POST', path: '/servicePayment/info/' });
    expect(JSON.parse(call!.body)).toEqual(JSON.parse(INFO_REQUEST));
  });

  it('keeps leading zeros, and does not need titles', async () => {
    test.answer(json({ result: { data: [{ name: 'saldo', value: -15.5 }, { value: 'x' }] } }));
    const account = { region: '01', customer_code: '0001000' };
    expect(await test.paylov.info({ serviceId: 'x', account })).toEqual({
      kind: 'info',
      details: [{ name: 'saldo', title: 'saldo', value: '-15.5' }],
    });
    expect(JSON.parse(test.calls()[0]!.body)).toMatchObject({ account });
  });

  it.each([
    'Абонент не найден',
    'Лицевой счет не существует',
    'Abonent topilmadi',
    'Абонент топилмади',
    'Customer not found',
    'Hisob raqami mavjud emas',
  ])('has the number checked when the service says: %s', async (message) => {
    for (const code of ['abonent_error', 'unknown_error', '-31050']) {
      test.answer(errorReply(code, message));
      const outcome = await test.paylov.info(request);
      expect(outcome).toEqual({
        kind: 'problem',
        code: 'field_not_valid',
        detail: `${code}: ${message}`,
      });
    }
  });

  it.each([
    [errorReply('strange', 'Xizmat ishlamayapti'), 'unknown_error'],
    [errorReply('ip_not_allowed', 'Ruxsat topilmadi'), 'ip_not_allowed'],
    [{ status: 403, body: '<h1>Not found</h1>' }, 'permission_denied'],
    [{ status: 404, body: 'not found' }, 'bad_answer'],
  ])('does not blame the number for %j', async (reply, code) => {
    test.answer(reply);
    expect(await test.paylov.info(request)).toMatchObject({ kind: 'problem', code });
  });

  it('needs a list', async () => {
    test.answer(json({ result: {} }));
    expect(await test.paylov.info(request)).toEqual({
      kind: 'problem',
      code: 'bad_answer',
      detail: 'unexpected result.data',
    });
  });
});
