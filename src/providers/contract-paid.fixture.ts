/** The part of the contract about payments: what is called paid is credited or told, whatever it looks like. */
import { describe, expect, it } from 'vitest';
import type { CheckOutcome } from '../topups/provider.ts';
import type { ContractCase, ContractWorld } from './contract-world.fixture.ts';
import { NO_SUMS, oddAnswers, type OddAnswer } from './odd-answers.fixture.ts';
import { json, type Reply } from './testing.fixture.ts';

/** No document has them, and somebody may have paid: an owner looks, nothing is credited. */
const SOUND_PAID = [
  'paid',
  'success',
  'completed',
  ' Completed ',
  'Approved',
  'CONFIRMED',
  'done',
  'payed',
  'PAYMENT_SUCCESSFUL',
  "To'langan",
  'toʻlandi',
  'muvaffaqiyatli',
  'Оплачено',
  'успешно',
  'тўланган',
];

/** What the tests below do with a client: ask it about the order, with an answer of their own. */
interface Asking {
  check: (reply: Reply) => Promise<CheckOutcome>;
  checked: (parts: { word: unknown; sum?: unknown; order?: unknown }) => Promise<CheckOutcome>;
  warned: () => string[];
}

export function describePaid(contract: ContractCase, world: () => ContractWorld): void {
  const check: Asking['check'] = async (reply) => {
    world().answer(reply);
    return await world().provider.check(contract.order, 'poll');
  };
  const asking: Asking = {
    check,
    checked: ({ word, ...parts }) =>
      check({ status: 200, body: contract.checkAnswer({ ...parts, word: word as string }) }),
    warned: () => world().deps.warnings.map(({ event }) => event),
  };
  describe('a paid word', () => {
    describePaidWords(contract, asking, world);
  });
  describe('a sum beside it', () => {
    describePaidSums(contract, asking, world);
  });
  describe('a word that does not say paid', () => {
    describeOtherWords(contract, asking);
  });
  describeNotFound(asking);
}

function describePaidWords(
  contract: ContractCase,
  { checked, warned }: Asking,
  world: () => ContractWorld,
): void {
  const answers = Object.entries(Object.groupBy(oddAnswers(contract), (each) => each.envelope));

  it.each(answers)('is never pending for ever and never silent: %s', async (_name, odd = []) => {
    const { provider, answer: answerWith } = world();
    const wrong: object[] = [];
    for (const answer of odd) {
      answerWith(answer.reply);
      const outcome = await provider.check(contract.order, 'poll');
      if (!isRight(answer, outcome)) wrong.push({ answer, outcome });
    }
    expect(wrong).toEqual([]);
  });

  it('comes in well over a hundred odd answers', () => {
    expect(oddAnswers(contract).length).toBeGreaterThan(300);
  });

  it.each(SOUND_PAID.filter((word) => word.toLowerCase().trim() !== contract.paidWord))(
    'of no document, such as "%s", credits nothing and is handed to an owner',
    async (word) => {
      const { som: sum } = contract.sum;
      const outcome = await checked({ word, sum });
      const unknownWord = { word: word.trim(), soundsPaid: true };
      expect(outcome).toEqual({ kind: 'pending', unknownWord });
      expect(warned()).toEqual(['provider.unknown_status']);
    },
  );

  it('is found inside whatever stands where a word should', async () => {
    const outcome = await checked({ word: [contract.paidWord] });
    expect(outcome).toMatchObject({ kind: 'pending', unknownWord: { soundsPaid: true } });
  });
}

function describePaidSums(
  contract: ContractCase,
  { checked, warned }: Asking,
  world: () => ContractWorld,
): void {
  it('says what could not be read', async () => {
    const outcome = await checked({ word: contract.paidWord, sum: '50 00;0' });
    const detail = 'its sum is "50 00;0"';
    expect(outcome).toEqual({ kind: 'problem', code: 'unreadable_payment', detail });
    expect(warned()).toEqual(['provider.unreadable_payment']);
  });

  it.each([
    ['', 1],
    [',', 1000],
    ['.', 1000],
  ])('with a sum of two readings ("50%s000") is the one that was expected', async (mark) => {
    const order = { ...contract.order, amountTiyin: 5_000_000 };
    const reply = { word: contract.paidWord, sum: `50${mark}000` };
    world().answer({ status: 200, body: contract.checkAnswer(reply) });
    const paid = { kind: 'paid', paidTiyin: 5_000_000 };
    expect(await world().provider.check(order, 'poll')).toMatchObject(paid);
    const another = await world().provider.check({ ...order, amountTiyin: 4_000_000 }, 'poll');
    expect(another).toMatchObject(mark === '' ? paid : { code: 'unreadable_payment' });
  });
}

function describeOtherWords(contract: ContractCase, { checked, warned }: Asking): void {
  const words = contract.statuses.filter(({ outcome }) => outcome.kind !== 'paid');

  it.each(words)('such as "$word" means the same with any sum', async ({ word, outcome }) => {
    for (const sum of [...NO_SUMS, 50_000]) {
      expect(await checked({ word: ` ${word.toUpperCase()}`, sum })).toEqual(outcome);
    }
    expect(warned()).toEqual([]);
  });

  it.each(words)('such as "$word" of another order ends nothing', async ({ word }) => {
    for (const order of [null, 'ANOTHER0ORDER']) {
      expect(await checked({ word, order })).toEqual({ kind: 'pending' });
    }
  });

  it.each(['constructor', 'ok', '', 'not paid', 'unpaid', 'incomplete', null, 5, true])(
    'and is unknown (%j) is pending, with a warning and without haste',
    async (word) => {
      const { som: sum } = contract.sum;
      const outcome = await checked({ word, sum });
      const unknownWord = {
        word: typeof word === 'string' ? word : String(word),
        soundsPaid: false,
      };
      expect(outcome).toEqual({ kind: 'pending', unknownWord });
      expect(warned()).toEqual(['provider.unknown_status']);
    },
  );
}

function describeNotFound({ check }: Asking): void {
  it.each([
    'Order topilmadi',
    'Buyurtma topilmadi!',
    "To'lov topilmadi",
    'Toʻlov topilmadi.',
    'Order not found',
    'PAYMENT NOT FOUND',
    'Transaction not found',
  ])('hears "%s" as an order that is not known there, with 400, 404 and 200', async (message) => {
    const code = message.toUpperCase().replaceAll(' ', '_');
    const bodies = [
      { status: 'error', success: false, message },
      { detail: message },
      { message },
      { success: false, error_code: code },
    ];
    for (const reply of bodies.flatMap((body) => [400, 404, 200].map((to) => json(body, to)))) {
      expect(await check(reply)).toMatchObject({ kind: 'problem', code: 'unknown_order' });
    }
  });
}

function isRight({ paidTiyin }: OddAnswer, outcome: CheckOutcome): boolean {
  if (paidTiyin !== null) return outcome.kind === 'paid' && outcome.paidTiyin === paidTiyin;
  return outcome.kind === 'problem' && outcome.code === 'unreadable_payment';
}
