import { eq } from 'drizzle-orm';
import { afterEach, describe, expect, it } from 'vitest';
import { bills } from '../src/db/tables.ts';
import { FEES, PAYLOV_FLOAT } from '../src/ledger/accounts.ts';
import { balanceOf as accountBalance, userBalance } from '../src/ledger/ledger.ts';
import { som } from '../src/core/money.ts';
import { waitFor } from '../sandbox/telegram/wait-for.ts';
import { patience } from '../src/testing/patience.ts';
import { runResolver, toPayment } from './electricity.ts';
import {
  balanceOf,
  begin,
  findings,
  messagesOf,
  OWNER,
  type Person,
  type Stage,
  startStage,
  USER,
} from './stage.ts';

let stage: Stage;
afterEach(async () => {
  const broken = await findings(stage);
  await stage.close();
  expect(broken).toEqual([]);
});

const CARD = '8600111122223333';

async function withMoney(sum = 200_000): Promise<{ person: Person; owner: Person }> {
  const owner = await begin(stage, OWNER);
  const person = await begin(stage);
  await owner.send(`/credit ${USER} ${sum} for tests`, 'Do you confirm');
  await owner.tap('Confirm', 'Done');
  await person.sees('for tests');
  return { person, owner };
}

/** From the menu to the confirmation screen, for electricity in Tashkent. */
async function toConfirm(person: Person, source: RegExp): Promise<void> {
  const shown = await toPayment(person, /like to pay with|check and confirm/);
  if (source.test('Balance') && shown.text.includes('check and confirm')) return;
  if (shown.text.includes('check and confirm')) {
    await person.tap('💳 Another method', /like to pay with/);
  }
  await person.tap(source, /check and confirm/);
}

async function linkCard(person: Person): Promise<void> {
  await person.send('/cards', /cards/i);
  await person.tap('Link a card', /number/i);
  await person.send(CARD, /expir|MM/i);
  await person.send('12/29', /code/i);
  await person.send(stage.paylov.lastCode(`tg_${USER}`) ?? '', /linked/i);
}

async function onlyBill() {
  const [bill] = await stage.app.db.read.select().from(bills).where(eq(bills.userId, USER));
  if (!bill) throw new Error('there is no bill');
  return bill;
}

/** Time passes for the resolver. */
async function clarify(): Promise<void> {
  await runResolver(stage);
  await stage.app.outbox.flush();
}

describe('a bill from the balance', () => {
  it('is held, paid with the operator’s card and captured, with its fee; the user gets a receipt', async () => {
    stage = await startStage({ settings: { BILL_FEE_PERCENT: '1' } });
    const { person } = await withMoney();
    await toConfirm(person, /Balance/);
    const shown = await person.sees('check and confirm');
    expect(shown.text).toContain('cannot be undone');
    await person.tap(/Pay 50 500/, 'The bill is paid');
    expect(await balanceOf(stage)).toBe(som(149_500));
    expect(await accountBalance(stage.app.db.read, PAYLOV_FLOAT)).toBe(som(50_000));
    expect(await accountBalance(stage.app.db.read, FEES)).toBe(som(500));
    expect(stage.paylov.transactions().map((each) => [each.state, each.payCalls])).toEqual([
      ['paid', 1],
    ]);
    await stage.app.outbox.flush();
    expect(await messagesOf(stage, 'bill_paid')).toBe(1);
  });

  it('two taps on the confirmation pay once', async () => {
    stage = await startStage();
    const { person } = await withMoney();
    await toConfirm(person, /Balance/);
    const screen = person.messageWith(/Pay 50 000/);
    const text =
      (screen.inlineKeyboard ?? [])
        .flat()
        .map((each) => each.text)
        .find((each) => each.includes('50')) ?? '';
    stage.telegram.tap(USER, screen.messageId, { text });
    stage.telegram.tap(USER, screen.messageId, { text });
    await person.sees('The bill is paid');
    await stage.app.inbox.idle();
    expect(stage.paylov.transactions()).toHaveLength(1);
    expect(await balanceOf(stage)).toBe(som(150_000));
  });

  it.each([
    ['paid', som(150_000), 'paid'],
    ['cancelled', som(200_000), 'failed'],
  ] as const)('pay without an answer, then %s: never on a guess', async (state, left, ends) => {
    stage = await startStage();
    const { person } = await withMoney();
    await toConfirm(person, /Balance/);
    stage.paylov.fault({ kind: 'drop_after', method: 'pay', times: 1 });
    await person.tap(/Pay 50 000/, /not given a clear answer/);
    expect(await userBalance(stage.app.db.read, USER)).toEqual({
      availableTiyin: som(150_000),
      heldTiyin: som(50_000),
    });
    const bill = await onlyBill();
    stage.paylov.resolve(bill.transactionId ?? '', state);
    await clarify();
    expect((await onlyBill()).state).toBe(ends);
    expect(await balanceOf(stage)).toBe(left);
    expect(stage.paylov.transactions()[0]?.payCalls).toBe(1);
    // Nobody is left reading that it is being found out.
    await stage.app.outbox.flush();
    expect(person.texts().filter((text) => text.includes('not given a clear answer'))).toEqual([]);
  });

  it('what stays unclear goes to an owner, who decides once; a restart in between changes nothing', async () => {
    stage = await startStage();
    const { person, owner } = await withMoney();
    await toConfirm(person, /Balance/);
    stage.paylov.fault({ kind: 'drop_before', method: 'pay', times: 1 });
    await person.tap(/Pay 50 000/, /not given a clear answer/);
    await stage.restart();
    await clarify();
    expect((await onlyBill()).state).toBe('stuck');
    await owner.sees('needs your decision');
    await person.sees('our staff are now finding out');
    // Nobody decides for so long that the dialog is forgotten.
    stage.clock.skip(3 * 3_600_000);
    await owner.tap('It is not paid', 'Do you confirm?');
    await owner.tap('Confirm', /Done/);
    await person.sees('all the money is back');
    expect(await balanceOf(stage)).toBe(som(200_000));
    await stage.app.inbox.idle();
    await stage.app.outbox.flush();
    const unclear = /not given a clear answer|are now finding out|being checked/;
    expect(person.texts().filter((text) => unclear.test(text))).toEqual([]);
  });

  it('shows its stages below while it is being paid, and nothing of them once it is', async () => {
    stage = await startStage();
    const { person } = await withMoney();
    await toConfirm(person, /Balance/);
    stage.paylov.fault({ kind: 'slow', delayMs: 1500, method: 'pay', times: 1 });
    const drafts: string[] = [];
    stage.telegram.on((event) => {
      if (event.kind === 'draft' && event.draft) drafts.push(event.draft.text.split('\n').at(-1)!);
    });
    await person.tap(/Pay 50 000/, 'The bill is paid');
    await stage.app.outbox.flush();
    await stage.app.inbox.idle();
    expect(drafts).toEqual(['⏳ Asking the payment service…', '⏳ Sending the payment…']);
    expect(stage.telegram.draft(USER)).toBeNull();
    expect(await balanceOf(stage)).toBe(som(150_000));
  });

  it('does not say that it is being paid where nobody knows any more', async () => {
    stage = await startStage();
    const { person } = await withMoney();
    await toConfirm(person, /Balance/);
    stage.paylov.fault({ kind: 'drop_after', method: 'pay', times: 1 });
    await person.tap(/Pay 50 000/, /not given a clear answer/);
    await stage.app.inbox.idle();
    const { telegram } = stage;
    const shown = () => telegram.draft(USER)?.text;
    await waitFor(telegram, () => shown()?.includes('message above'), {
      timeoutMs: patience(20_000),
      what: 'the last draft',
    });
    await clarify();
    expect(stage.telegram.draft(USER)).toBeNull();
  });

  it.each([
    ['It is not paid', 'The bill was not paid', som(200_000)],
    ['It is paid', 'The bill is paid', som(150_000)],
  ] as const)(
    'that stays unclear is told of once at the start; both messages of it say the verdict: %s',
    async (verdict, said, left) => {
      stage = await startStage();
      const { person, owner } = await withMoney();
      await toConfirm(person, /Balance/);
      stage.paylov.fault({ kind: 'drop_before', method: 'pay', times: 1 });
      const { messageId: screenId } = await person.tap(/Pay 50 000/, /not given a clear answer/);
      await stage.app.outbox.flush();
      const telling = () => person.texts().filter((text) => text.includes('clear answer'));
      expect(telling()).toHaveLength(1);
      await clarify();
      await owner.sees('needs your decision');
      const { messageId: newsId } = await person.sees('our staff are now finding out');
      expect(newsId).not.toBe(screenId);
      await owner.tap(verdict, 'Do you confirm?');
      await owner.tap('Confirm', /Done/);
      await stage.app.inbox.idle();
      await stage.app.outbox.flush();
      for (const messageId of [screenId, newsId]) {
        expect(stage.telegram.message(USER, messageId)?.text).toContain(said);
      }
      expect(telling()).toEqual([]);
      expect(await balanceOf(stage)).toBe(left);
    },
  );

  it('that is unclear while the next one is begun is told of in its message when it is clear', async () => {
    stage = await startStage();
    const { person } = await withMoney();
    await toConfirm(person, /Balance/);
    stage.paylov.fault({ kind: 'drop_after', method: 'pay', times: 1 });
    const { messageId } = await person.tap(/Pay 50 000/, /not given a clear answer/);
    const bill = await onlyBill();
    await toConfirm(person, /Balance/);
    stage.paylov.resolve(bill.transactionId ?? '', 'paid');
    await clarify();
    expect((await onlyBill()).state).toBe('paid');
    await stage.app.outbox.flush();
    expect(stage.telegram.message(USER, messageId)?.text).toContain('The bill is paid');
  });

  it('an empty float gives the money back at once, pauses, and an owner resumes', async () => {
    stage = await startStage();
    const { person, owner } = await withMoney();
    stage.paylov.setFloat(0);
    await toConfirm(person, /Balance/);
    await person.tap(/Pay 50 000/, 'all the money is back');
    expect(await balanceOf(stage)).toBe(som(200_000));
    // The bill's own message says all of it, the news of it only what matters.
    await person.sees('Not paid: 50 000');
    expect(person.texts().filter((text) => text.includes('State: not paid'))).toHaveLength(1);
    await owner.sees('not paid from balances');
    await toConfirm(person, /Balance/);
    await person.tap(/Pay 50 000/, /paused/);
    stage.paylov.setFloat(som(1_000_000));
    await owner.tapForAnswer('Resume');
    await toConfirm(person, /Balance/);
    await person.tap(/Pay 50 000/, 'The bill is paid');
    expect(await balanceOf(stage)).toBe(som(150_000));
  });

  it('too little on the balance: one tap tops up what is missing, one goes on with the payment', async () => {
    stage = await startStage();
    const { person } = await withMoney(10_000);
    await toPayment(person, /like to pay with|check and confirm/);
    await person.tap(/Balance/, /40 000/);
    await person.tap(/^💰 Top up 40 000/, 'Choose how to pay');
    await person.tap('Card transfer', /Top-up №/);
    const [order] = stage.world.provider('payfer').orders();
    stage.world.provider('payfer').pay(order?.id ?? '');
    await person.sees('is on your balance!');
    await person.tap('Continue the payment', /like to pay with|check and confirm/);
    expect(await balanceOf(stage)).toBe(som(10_000) + (order?.amountTiyin ?? 0));
    expect(stage.paylov.transactions()).toHaveLength(0);
  });
});

describe('a bill from a card', () => {
  it('is paid with a code; card, expiry and code leave the chat, and no balance moves', async () => {
    stage = await startStage();
    const { person } = await withMoney();
    await linkCard(person);
    await toConfirm(person, /3333/);
    await person.tap(/Pay 50 000/, /code/i);
    await person.send('0000', /code is wrong/);
    await person.send(stage.paylov.lastCode(`tg_${USER}`) ?? '', 'The bill is paid');
    expect(await balanceOf(stage)).toBe(som(200_000));
    expect((await onlyBill()).state).toBe('paid');
    const chat = person.texts().join(' ').replaceAll(/\s/g, '');
    expect(chat).not.toContain(CARD);
    expect(chat).not.toContain('12/29');
    expect(stage.log.join(' ')).not.toContain(CARD);
  });
});

describe('before there is a bill', () => {
  it('owners hear that Paylov refuses us, when somebody wants to pay', async () => {
    stage = await startStage();
    const { person, owner } = await withMoney();
    stage.paylov.fault({ kind: 'error', code: 'ip_not_allowed', times: 1 });
    await person.send('/pay', 'We are already on it');
    await stage.app.outbox.flush();
    expect((await owner.sees('refuses us')).text).toContain('ip_not_allowed');
  });
});

describe('a fee that changed while a confirmation stood', () => {
  it('is shown and confirmed before it is taken', async () => {
    stage = await startStage();
    const { person } = await withMoney();
    await toConfirm(person, /Balance/);
    stage.environment['BILL_FEE_PERCENT'] = '20';
    await stage.restart();
    const screen = await person.tap(/Pay 50 000/, 'The fee has changed');
    expect(screen.text).toContain('60\u00a0000');
    expect(await balanceOf(stage)).toBe(som(200_000));
    await person.tap(/Pay 60 000/, 'The bill is paid');
    expect(await balanceOf(stage)).toBe(som(140_000));
  });
});

describe('the day after', () => {
  it('finds what Paylov says was paid and we do not know of', async () => {
    stage = await startStage();
    const { person, owner } = await withMoney();
    await toConfirm(person, /Balance/);
    stage.paylov.fault({ kind: 'drop_after', method: 'create', times: 1 });
    await person.tap(/Pay 50 000/, 'all the money is back');
    const [lost] = stage.paylov.transactions();
    stage.paylov.resolve(lost?.id ?? '', 'paid');
    stage.clock.skip(24 * 60 * 60_000);
    await stage.app.jobs.get('bills-reconcile')?.run();
    await stage.app.outbox.flush();
    expect((await owner.sees('list differ')).text).toContain('paid at Paylov');
  });
});

it('of Paylov’s credentials being gone while money is held, owners hear at the start', async () => {
  stage = await startStage();
  const { person, owner } = await withMoney();
  await toConfirm(person, /Balance/);
  stage.paylov.fault({ kind: 'drop_after', method: 'pay', times: 1 });
  await person.tap(/Pay 50 000/, 'not given a clear answer');
  const { environment } = stage;
  const kept = { ...environment };
  for (const name of Object.keys(environment))
    if (name.startsWith('PAYLOV_')) delete environment[name];
  await stage.restart();
  expect((await owner.sees('Bills are open')).text).toContain('on hold: 50\u00a0000');
  expect(stage.log.join('')).toContain('bills_unserved');
  Object.assign(environment, kept);
  await stage.restart();
  await clarify();
  expect((await onlyBill()).state).toBe('paid');
});
