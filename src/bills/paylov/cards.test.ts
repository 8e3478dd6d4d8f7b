import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { json, type Reply } from '../../providers/testing.fixture.ts';
import { PAYLOV_ERROR_CODES } from './errors.ts';
import { CONFIRM_CARD_ANSWER, CREATE_CARD_ANSWER, LIST_CARDS_ANSWER } from './payments.fixture.ts';
import { errorReply, startPaylovTest, type PaylovTest } from './testing.fixture.ts';

const CID = '0c3f1d4a-6d0e-4f7e-9a53-2f6f1f1c8a11';
const CARD = { cardId: '9f877739-2149-4831-88a4-d1857309c77c', mask: '8600 **** **** 9999' };
const typed = { userId: 'tg_1', number: '8600 0000 0000 9999', expiry: '12/28' };
const confirmation = { userId: 'tg_1', linkId: CID, code: '012345', mask: CARD.mask };

let test: PaylovTest;
beforeEach(async () => {
  test = await startPaylovTest();
});
afterEach(() => test.close());

const bodies = (): unknown[] => test.calls().map(({ body }) => JSON.parse(body) as unknown);

describe('linking a card', () => {
  it('sends the year before the month', async () => {
    test.answer({ status: 200, body: CREATE_CARD_ANSWER });
    const outcome = await test.paylov.startLinking({ ...typed, phone: '+998 90 123 45 67' });
    expect(outcome).toEqual({
      kind: 'code_sent',
      linkId: CID,
      mask: CARD.mask,
      phoneMask: '99890*****67',
    });
    const path = '/merchant/userCard/createUserCard/';
    expect(test.calls()).toMatchObject([{ method: 'POST', path }]);
    expect(bodies()).toEqual([
      {
        userId: 'tg_1',
        cardNumber: '8600000000009999',
        expireDate: '2812',
        phoneNumber: '+998901234567',
      },
    ]);
  });

  it.each([
    [{ number: '8600 0000 0000 999' }, 'the card number does not have 16 digits'],
    [{ expiry: '28/12' }, 'the expiry is no month and year'],
    [{ phone: '123' }, 'the phone is no number of Uzbekistan'],
  ])('sends nothing when %j is typed', async (changes, detail) => {
    const outcome = await test.paylov.startLinking({ ...typed, ...changes });
    expect(outcome).toEqual({ kind: 'problem', code: 'field_not_valid', detail });
    expect(test.loopback.requests).toEqual([]);
  });

  it('is done with the code', async () => {
    test.answer({ status: 200, body: CONFIRM_CARD_ANSWER });
    expect(await test.paylov.confirmLinking(confirmation)).toEqual({ kind: 'linked', ...CARD });
    const path = '/merchant/userCard/confirmUserCardCreate/';
    expect(test.calls()).toMatchObject([{ method: 'POST', path }]);
    expect(bodies()).toEqual([{ cardId: CID, otp: '012345' }]);
  });

  it.each([
    ['by its id', [{ cardId: CID, number: '561468******0001' }], CID],
    [
      'by its mask',
      [
        { cardId: 'other', number: '860000******0001' },
        { cardId: 'mine', number: '860011******9999' },
      ],
      'mine',
    ],
  ])('counts as done when it was done before, and is found %s', async (_name, cards, cardId) => {
    test.answer(({ path }) =>
      path.includes('confirm')
        ? errorReply('card_is_already_activated')
        : json({ result: { cards } }),
    );
    expect(await test.paylov.confirmLinking(confirmation)).toMatchObject({
      kind: 'linked',
      cardId,
    });
    expect(test.calls().at(-1)!.path).toBe('/merchant/userCard/getAllUserCards/?userId=tg_1');
  });

  it.each([
    ['no card', []],
    [
      'two that look alike',
      [
        { cardId: 'a', number: '860000******9999' },
        { cardId: 'b', number: '860011******9999' },
      ],
    ],
  ])('does not guess among %s', async (_name, cards) => {
    test.answer(({ path }) =>
      path.includes('confirm')
        ? errorReply('card_is_already_activated')
        : json({ result: { cards } }),
    );
    const outcome = await test.paylov.confirmLinking(confirmation);
    expect(outcome).toMatchObject({ kind: 'problem', code: 'card_is_already_activated' });
  });

  it.each([
    [
      'by the digits that are seen',
      'a',
      [
        { cardId: 'a', number: '860000******9999' },
        { cardId: 'b', number: '860099******9999' },
      ],
    ],
    ['and not where it is not in the list', null, [{ cardId: 'b', number: '561468******0000' }]],
    [
      'and not where it can not pay',
      null,
      [
        {
          cardId: 'a',
          number: '860000******9999',
          isActive: false,
        },
      ],
    ],
  ])('is found where Paylov has it as theirs, %s', async (_name, cardId, cards) => {
    test.answer(({ path }) =>
      path.includes('create') ? errorReply('card_exists') : json({ result: { cards } }),
    );
    const outcome = await test.paylov.startLinking(typed);
    expect(outcome).toMatchObject(
      cardId === null ? { kind: 'problem' } : { kind: 'linked', cardId },
    );
  });

  it.each(PAYLOV_ERROR_CODES.filter((code) => code !== 'card_is_already_activated'))(
    'hears %s at both steps',
    async (code) => {
      test.answer(errorReply(code));
      expect(await test.paylov.startLinking(typed)).toMatchObject({ kind: 'problem', code });
      expect(await test.paylov.confirmLinking(confirmation)).toMatchObject({ code });
      expect(await test.paylov.listCards('tg_1')).toMatchObject({ kind: 'problem', code });
    },
  );

  it.each([
    [{ status: 'STOLEN' }, 'card_is_blocked'],
    [{ state: 'inactive ' }, 'card_is_not_activated'],
    [{ isActive: false }, 'card_is_not_activated'],
    [{ is_active: '0' }, 'card_is_not_activated'],
    [{ status: 'expired' }, 'card_expired'],
  ])('that is %j is not linked silently, new or found in the list', async (said, code) => {
    const card = { cardId: CARD.cardId, number: '860000******9999', ...said };
    test.answer(json({ result: { card } }));
    expect(await test.paylov.confirmLinking(confirmation)).toMatchObject({ kind: 'problem', code });
    test.answer(({ path }) =>
      path.includes('confirm')
        ? errorReply('card_is_already_activated')
        : json({ result: { cards: [card] } }),
    );
    expect(await test.paylov.confirmLinking(confirmation)).toMatchObject({ kind: 'problem', code });
  });

  it.each([{ status: 'active' }, { status: 1 }, { isActive: true }, { state: 'nobody knows' }])(
    'that is %j is linked',
    async (said) => {
      const card = { cardId: CARD.cardId, number: '860000******9999', ...said };
      test.answer(json({ result: { card } }));
      expect(await test.paylov.confirmLinking(confirmation)).toEqual({ kind: 'linked', ...CARD });
    },
  );

  it('is not repeated when there is no answer', async () => {
    test.answer('drop');
    const dropped = { kind: 'problem', code: 'network' };
    expect(await test.paylov.startLinking(typed)).toEqual(dropped);
    expect(await test.paylov.confirmLinking(confirmation)).toEqual(dropped);
    expect(await test.paylov.removeCard('x')).toEqual(dropped);
    expect(test.calls()).toHaveLength(3);
  });
});

describe('linked cards', () => {
  it('are listed', async () => {
    test.answer({ status: 200, body: LIST_CARDS_ANSWER });
    expect(await test.paylov.listCards('tg_1')).toEqual({ kind: 'cards', cards: [CARD] });
    expect(test.calls()).toMatchObject([
      { method: 'GET', path: '/merchant/userCard/getAllUserCards/?userId=tg_1' },
    ]);
  });

  it('never show more than a mask', async () => {
    const cards = [
      { cardId: 'a', number: '8600123412349999' },
      { number: 'no id' },
      { cardId: 'b' },
    ];
    test.answer(json({ result: { cards } }));
    expect(await test.paylov.listCards('tg_1')).toEqual({
      kind: 'cards',
      cards: [
        { cardId: 'a', mask: '8600 **** **** 9999' },
        { cardId: 'b', mask: '' },
      ],
    });
  });

  it('need a list', async () => {
    test.answer(json({ result: {} }));
    expect(await test.paylov.listCards('tg_1')).toMatchObject({ code: 'bad_answer' });
  });

  it.each([
    [json({ result: true, error: null }), { kind: 'removed' }],
    [json({ result: { success: true } }), { kind: 'removed' }],
    [errorReply('card_not_found'), { kind: 'removed' }],
    [json({ result: false }), { kind: 'problem', code: 'bad_answer' }],
    [errorReply('permission_denied'), { kind: 'problem', code: 'permission_denied' }],
    [
      { status: 200, body: '' },
      { kind: 'problem', code: 'bad_answer' },
    ],
  ] satisfies [Reply, object][])('are removed: %j', async (reply, expected) => {
    test.answer(reply);
    expect(await test.paylov.removeCard(CARD.cardId)).toMatchObject(expected);
    const path = `/merchant/userCard/deleteUserCard/?userCardId=${CARD.cardId}`;
    expect(test.calls()).toMatchObject([{ method: 'DELETE', path }]);
  });
});
