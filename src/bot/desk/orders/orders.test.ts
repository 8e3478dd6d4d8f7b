import { describe, expect, it } from 'vitest';
import { outbox, providerEvents } from '../../../db/tables.ts';
import { accepted } from '../../../topups/topup-stage.fixture.ts';
import { ALI, labels, OWNER, VALI } from '../../bot.fixture.ts';
import {
  MINUTE,
  OPERATOR,
  SECOND_OWNER,
  startPayments,
  tapTwice,
} from '../kit/payments.fixture.ts';

const paid = (paidTiyin = 5_000_000) => ({ kind: 'paid' as const, paidTiyin });
const DAY = 24 * 60 * MINUTE;

describe('/orders', () => {
  it('filters by state, provider, user and date, together, and says so', async () => {
    const { stage, open, hear } = await startPayments();
    const old = await open(ALI.id);
    await hear(paid());
    await stage.clock.advance(DAY);
    const mine = await open(ALI.id);
    await hear(paid());
    const waiting = await open(VALI.id, { provider: 'inpay' });
    const rows = () =>
      labels(stage.last(OWNER.id))
        .map((label) => [old, mine, waiting].find(({ id }) => label.includes(id)))
        .filter((order) => order !== undefined)
        .map(({ id }) => id);

    expect((await stage.say('/orders', OWNER.id)).text).toContain('Top-ups: all');
    expect(rows()).toEqual([waiting.id, mine.id, old.id]);
    await stage.tap('State', OWNER.id);
    expect((await stage.tap('paid', OWNER.id)).screen.text).toContain('Top-ups: paid');
    expect(rows()).toEqual([mine.id, old.id]);
    await stage.tap('Date', OWNER.id);
    expect((await stage.tap('yesterday', OWNER.id)).screen.text).toContain('paid · yesterday');
    expect(rows()).toEqual([old.id]);
    await stage.tap('Provider', OWNER.id);
    await stage.tap('inPAY', OWNER.id);
    expect(stage.last(OWNER.id).text).toContain('paid · inPAY · yesterday');
    expect(stage.last(OWNER.id).text).toContain('Nothing found');

    await stage.say('/orders', OWNER.id);
    await stage.tap('User', OWNER.id);
    expect((await stage.say('@ali_test', OWNER.id)).text).toContain(`@ali_test · ${ALI.id}`);
    expect(rows()).toEqual([mine.id, old.id]);
    await stage.tap('Date', OWNER.id);
    await stage.tap('Another day', OWNER.id);
    expect((await stage.say('5.1', OWNER.id)).text).toContain('05.01.2026');
    expect(rows()).toEqual([old.id]);
    await stage.tap('State', OWNER.id);
    await stage.tap('open', OWNER.id);
    expect(rows()).toEqual([]);
  });

  it('asks again for a person or a date that was not understood, and takes a part of a name', async () => {
    const { stage, open } = await startPayments();
    const alis = await open(ALI.id);
    await open(VALI.id);
    await stage.say('/orders', OWNER.id);
    await stage.tap('User', OWNER.id);
    expect((await stage.say('nobody at all', OWNER.id)).text).toContain('There is no such user');
    expect((await stage.say('ali_te', OWNER.id)).text).toContain('👤 Ali <b> @ali_test');
    expect(labels(stage.last(OWNER.id)).filter((label) => label.includes(alis.id))).toHaveLength(1);
    await stage.tap('User', OWNER.id);
    // Ali and Vali.
    expect((await stage.say('ali', OWNER.id)).text).toContain('Whom do you mean?');
    await stage.tap('Vali', OWNER.id);
    expect(stage.last(OWNER.id).text).toContain('👤 Vali');
    await stage.tap('Date', OWNER.id);
    await stage.tap('Another day', OWNER.id);
    expect((await stage.say('some day', OWNER.id)).text).toContain('That is no date');
    expect((await stage.say('5.1', OWNER.id)).text).toContain('05.01.2026');
  });

  it('has other signs for what waits and what is to be decided', async () => {
    const { stage, open, hear } = await startPayments();
    await open(ALI.id);
    await hear({ kind: 'paid', paidTiyin: 4_000_000 });
    await open(VALI.id, { provider: 'inpay' });
    await stage.say('/orders', OWNER.id);
    const signs = labels(stage.last(OWNER.id)).map((label) => label.split(' ')[0]);
    expect(signs.slice(0, 2)).toEqual(['⏳', '🔎']);
  });

  it('turns pages without losing or repeating an order', async () => {
    const { stage, open, hear } = await startPayments();
    const ids: string[] = [];
    for (let n = 0; n < 10; n += 1) {
      ids.unshift((await open(ALI.id, { sumTiyin: 1_000_000 })).id);
      await hear(paid(1_000_000));
    }
    const seen = (): string[] =>
      labels(stage.last(OWNER.id)).flatMap((label) => ids.find((id) => label.includes(id)) ?? []);
    await stage.say('/orders', OWNER.id);
    const first = seen();
    await stage.tap('Older', OWNER.id);
    expect([...first, ...seen()]).toEqual(ids);
    await stage.tap('Latest', OWNER.id);
    expect(seen()).toEqual(first);
  });
});

describe('/order', () => {
  it('finds by every id, by exact sum and by what a provider wrote', async () => {
    const { stage, topups, open } = await startPayments();
    const order = await open(ALI.id, { sumTiyin: 10_003_700 });
    const body = JSON.stringify({ transaction_id: 'TX-778899', status: 'success' });
    await topups.receive({ provider: 'payfer', order: { id: order.id }, body });
    const quoted = [
      order.id.toLowerCase(),
      order.orderCode,
      order.providerOrder ?? '',
      '100 037',
      'TX-778899',
    ];
    for (const text of quoted) {
      expect((await stage.say(`/order ${text}`, OWNER.id)).text).toContain(`№ ${order.id}`);
      expect((await stage.say(`/bill ${text}`, OWNER.id)).text).toContain(`№ ${order.id}`);
    }
    await open(VALI.id, { sumTiyin: 10_003_700 });
    expect((await stage.say('/order 100037', OWNER.id)).text).toContain('Found for 100037');
    expect((await stage.say('/order nothing', OWNER.id)).text).toContain('No such number');
    expect((await stage.say('/order', OWNER.id)).text).toContain('Usage');
  });

  it('finds a sum with tiyin as the copy button wrote it, as it is shown, and with marks nobody sees', async () => {
    const { stage, open, payfer } = await startPayments();
    payfer.onCreate = (request) => accepted(request, { amountTiyin: 5_000_150 });
    const order = await open(ALI.id);
    expect(order.amountTiyin).toBe(5_000_150);
    const typed = [
      '50001.50',
      '50 001,50',
      "50\u00a0001,50\u00a0so'm",
      '\u206850001.50\u2069',
      '50001,5',
    ];
    for (const text of typed) {
      expect((await stage.say(`/order ${text}`, OWNER.id)).text).toContain(`№ ${order.id}`);
    }
    for (const text of ['50001', '50 001,05', '50 001,505']) {
      expect((await stage.say(`/order ${text}`, OWNER.id)).text).toContain('No such number');
    }
    expect((await stage.say(`/order \u200e${order.id}\u200b`, OWNER.id)).text).toContain(
      `№ ${order.id}`,
    );
  });

  it('tells its history in words, with what Payfer calls it', async () => {
    const { stage, open, hear, topups, payfer } = await startPayments();
    payfer.onCreate = (request) =>
      accepted(request, { providerOrder: request.orderCode, paymentNumber: '12345' });
    const order = await open(ALI.id);
    await hear({ kind: 'paid', paidTiyin: 4_000_000 });
    const { text } = await stage.say(`/order ${order.id}`, OWNER.id);
    expect(text).toContain(`The payment system's id: ${(await topups.get(order.id))!.orderCode}`);
    expect(text).toContain("under review · asked — 40\u00a0000\u00a0so'm came");
    expect(text).toContain("the payment system's payment № 12345");
    expect(text).not.toMatch(/tiyin|poll|· review/);
  });

  it('shows raw answers without secrets and card numbers, one on a page', async () => {
    const { stage, topups, open, payfer } = await startPayments();
    const order = await open(ALI.id);
    payfer.check = (_order, _priority, heard) => {
      heard?.('{"status":"success","payment_status":"pending"}');
      return Promise.resolve({ kind: 'pending' });
    };
    await stage.clock.advance(11_000);
    await topups.tick();
    const body = {
      order_code: order.orderCode,
      shop_key: 'very-secret',
      card: '8600 4954 7331 6478',
      note: '<b>',
    };
    const event = {
      provider: 'payfer',
      order: { id: order.id },
      body: JSON.stringify(body),
    } as const;
    await topups.receive(event);
    await stage.say(`/order ${order.id}`, OWNER.id);
    const { screen } = await stage.tap('Raw answers', OWNER.id);
    expect(screen.text).toContain('It reported');
    expect(screen.text).toContain('<b>');
    expect(screen.text).not.toMatch(/[{}"]/);
    for (const secret of ['very-secret', '8600', '6478']) {
      expect(screen.text).not.toContain(secret);
    }
    expect((await stage.tap('Older', OWNER.id)).screen.text).toContain('It answered');
    const { screen: history } = await stage.tap('Back', OWNER.id);
    expect(history.text).toContain('History');
    await stage.tap('History', OWNER.id);
    expect(stage.last(OWNER.id).text).toContain('being prepared · the payer');
  });
});

describe('decisions about orders', () => {
  it('credits a review once, whoever taps, and tells the user once', async () => {
    const world = await startPayments({ owners: [OWNER.id, SECOND_OWNER.id] });
    const { stage, open, hear, balance, findings } = world;
    await stage.meet(SECOND_OWNER.id);
    const order = await open(ALI.id);
    await hear(paid(4_000_000));
    for (const { id } of [OWNER, SECOND_OWNER]) {
      await stage.say(`/order ${order.id}`, id);
      await stage.tap('Credit it', id);
    }
    const answers = await tapTwice(stage, 'Confirm', [OWNER.id, SECOND_OWNER.id]);
    expect(answers.filter((text) => text.includes('decided before'))).toHaveLength(1);
    expect(await balance(ALI.id)).toBe(4_000_000);
    expect(await findings()).toEqual([]);
    const told = await stage.db.read.select().from(outbox);
    expect(told.filter(({ kind }) => kind === 'topup_paid')).toHaveLength(1);
  });

  it('lets an operator resolve reviews up to the limit; above it an owner has to agree', async () => {
    const world = await startPayments({
      operatorIds: [OPERATOR.id],
      operatorLimitTiyin: 1_000_000,
    });
    const { stage, open, hear, balance } = world;
    await stage.meet(OPERATOR.id);
    const order = await open(ALI.id);
    await hear(paid(4_000_000));
    await stage.say(`/order ${order.id}`, OPERATOR.id);
    expect(labels(stage.last(OPERATOR.id)).join()).not.toContain('Approve');
    expect((await stage.tap('Refuse it', OPERATOR.id)).toast).toContain('Only an owner');
    expect(await stage.forge(`desk:orders:refuse_sure:${order.id}`, OPERATOR.id)).toContain(
      'Only an owner',
    );
    await stage.tap('Credit it', OPERATOR.id);
    await stage.tap('Confirm', OPERATOR.id);
    expect(await balance(ALI.id)).toBe(0);

    const small = await open(VALI.id, { sumTiyin: 600_000 });
    await hear(paid(500_000));
    await stage.say(`/order ${small.id}`, OPERATOR.id);
    await stage.tap('Credit it', OPERATOR.id);
    await stage.tap('Confirm', OPERATOR.id);
    expect(await balance(VALI.id)).toBe(500_000);
  });

  it('refuses a review once', async () => {
    const { stage, open, hear, balance, findings, topups } = await startPayments();
    const order = await open(ALI.id);
    await hear(paid(4_000_000));
    await stage.say(`/order ${order.id}`, OWNER.id);
    await stage.tap('Refuse it', OWNER.id);
    const answers = await tapTwice(stage, 'Yes, refuse it', [OWNER.id, OWNER.id]);
    expect(answers[1]).toContain('decided before');
    expect((await topups.get(order.id))!.state).toBe('refused');
    expect(await balance(ALI.id)).toBe(0);
    expect(await findings()).toEqual([]);
  });

  it('approves with a reason, once, and a viewer not at all', async () => {
    const { stage, open, balance, findings } = await startPayments({ viewerIds: [VALI.id] });
    const order = await open(ALI.id);
    await stage.say(`/order ${order.id}`, VALI.id);
    const shown = labels(stage.last(VALI.id)).join();
    expect(shown).not.toContain('Approve');
    expect(shown).not.toContain('Check now');
    expect(await stage.forge(`desk:orders:approve:${order.id}`, VALI.id)).toContain('out of date');

    await stage.say(`/order ${order.id}`, OWNER.id);
    await stage.tap('Approve as paid', OWNER.id);
    const question = await stage.say('seen on the <statement>', OWNER.id);
    expect(question.html).toContain('&lt;statement&gt;');
    const answers = await tapTwice(stage, 'Confirm', [OWNER.id, OWNER.id]);
    expect(answers).toHaveLength(2);
    expect(await balance(ALI.id)).toBe(5_000_000);
    expect(await findings()).toEqual([]);
  });

  it('closes an order for its payer, and still credits what comes late', async () => {
    const { stage, open, hear, balance, topups } = await startPayments();
    const order = await open(ALI.id);
    await stage.say(`/order ${order.id}`, OWNER.id);
    await stage.tap('Close', OWNER.id);
    const answers = await tapTwice(stage, 'Yes, close it', [OWNER.id, OWNER.id]);
    expect(answers).toEqual([expect.stringContaining('Done'), expect.stringContaining('before')]);
    expect((await topups.get(order.id))!.state).toBe('cancelled');
    await hear(paid());
    expect(await balance(ALI.id)).toBe(5_000_000);
  });

  it('asks the provider now', async () => {
    const { stage, open, payfer, balance } = await startPayments();
    const order = await open(ALI.id);
    payfer.onCheck = () => paid();
    await stage.say(`/order ${order.id}`, OWNER.id);
    expect((await stage.tap('Check now', OWNER.id)).toast).toBe('Checked.');
    expect(stage.last(OWNER.id).text).toContain('State: paid');
    expect(await balance(ALI.id)).toBe(5_000_000);
  });
});

it('stores an answer once, however often it comes again with another time in it', async () => {
  const { stage, topups, open, payfer } = await startPayments();
  await open(ALI.id);
  let n = 0;
  payfer.check = (_order, _priority, heard) => {
    n += 1;
    heard?.(JSON.stringify({ payment_status: 'pending', over: n }));
    return Promise.resolve({ kind: 'pending' });
  };
  for (let round = 0; round < 3; round += 1) {
    await stage.clock.advance(11_000);
    await topups.tick();
  }
  expect(n).toBe(3);
  const rows = await stage.db.read.select().from(providerEvents);
  expect(rows).toMatchObject([{ source: 'answer', provider: 'payfer' }]);
});
