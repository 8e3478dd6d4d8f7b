/** What the confirmation says is what is taken; where it is not true any more, it is asked for again. */
import { describe, expect, it } from 'vitest';
import { ALI } from '../bot.fixture.ts';
import { sampleService, selectField } from '../samples.fixture.ts';
import { ACCOUNT, atConfirm, CARD, startPayStage } from '../pay.fixture.ts';

describe('a fee that changed while a confirmation stood', () => {
  it('is shown with its total and confirmed before anything is taken', async () => {
    const pay = await startPayStage();
    const { stage, bills } = pay;
    await atConfirm(pay);
    expect(stage.last().text).toContain("Total: 50\u00a0000\u00a0so'm");
    bills.feeTiyin = 1_000_000;
    const { screen } = await stage.tap('✅ Pay');
    expect(screen.text).toContain('The fee has changed');
    expect(screen.text).toContain("Fee: 10\u00a0000\u00a0so'm");
    expect(screen.text).toContain("Total: 60\u00a0000\u00a0so'm");
    expect(await bills.rows()).toHaveLength(0);
    expect((await stage.tap('✅ Pay 60')).screen.text).toContain('The bill is paid');
    expect(bills.confirmed.map(({ shown }) => shown.totalTiyin)).toEqual([5_000_000, 6_000_000]);
    expect(new Set(bills.confirmed.map((each) => each.confirmationId)).size).toBe(2);
  });

  it('is not on a screen that is only drawn again: what is shown stays what is taken', async () => {
    const pay = await startPayStage();
    const { stage, bills } = pay;
    bills.instead.confirm = () => ({ kind: 'too_many', open: 5 });
    await atConfirm(pay);
    bills.feeTiyin = 1_000_000;
    const { screen } = await stage.tap('✅ Pay');
    expect(screen.text).toContain("Total: 50\u00a0000\u00a0so'm");
    await stage.tap('✅ Pay');
    expect(bills.confirmed.map(({ shown }) => shown.totalTiyin)).toEqual([5_000_000, 5_000_000]);
  });

  it('asks again also where the same is paid once more', async () => {
    const pay = await startPayStage();
    const { stage, bills } = pay;
    await bills.put({ id: 'EARLIER', account: ACCOUNT });
    await atConfirm(pay);
    await stage.tap('✅ Pay');
    bills.feeTiyin = 1_000_000;
    expect((await stage.tap('pay once more')).screen.text).toContain('The fee has changed');
  });

  it('leads to a top-up when the balance does not reach any more', async () => {
    const pay = await startPayStage(5_000_000);
    const { stage, bills } = pay;
    await atConfirm(pay);
    bills.feeTiyin = 1_000_000;
    const { screen } = await stage.tap('✅ Pay');
    expect(screen.text).toContain("Missing: 10\u00a0000\u00a0so'm");
  });
});

describe('what else a confirmation says', () => {
  it('is asked about again when the service or an answer has another name by now', async () => {
    const pay = await startPayStage();
    const { stage, bills } = pay;
    await atConfirm(pay);
    const { fields } = bills.offered('power');
    const renamed = selectField('soato', [['26280', 'Самарканд', '1']], { parent: 'region' });
    bills.add(sampleService(), [fields[0]!, renamed, ...fields.slice(2)]);
    const { screen } = await stage.tap('✅ Pay');
    expect(screen.text).toContain('has changed');
    expect(screen.text).toContain('Samarkand');
    expect(bills.confirmed).toEqual([]);
    await stage.tap('✅ Pay');
    expect(bills.confirmed).toHaveLength(1);
  });

  it('is asked about again when it can’t be undone by now', async () => {
    const pay = await startPayStage();
    const { stage, bills } = pay;
    const { fields } = bills.offered('power');
    bills.add(sampleService({ canCancel: true }), fields);
    await atConfirm(pay);
    bills.add(sampleService({ canCancel: false }), fields);
    expect((await stage.tap('✅ Pay')).screen.text).toContain('cannot be undone');
    expect(bills.confirmed).toEqual([]);
  });

  it('names the card, and asks again when it is another', async () => {
    const pay = await startPayStage();
    const { stage, bills } = pay;
    await bills.link(ALI.id, CARD);
    await atConfirm(pay, '6412');
    await bills.link(ALI.id, { ...CARD, mask: '8600 **** **** 0001' });
    const { screen } = await stage.tap('✅ Pay');
    expect(screen.text).toContain('8600 **** **** 0001');
    await stage.tap('✅ Pay');
    expect(bills.confirmed.at(-1)).toMatchObject({ shown: { cardMask: '8600 **** **** 0001' } });
  });
});

it('what is pasted is read without its invisible marks', async () => {
  const { stage } = await startPayStage();
  await stage.say('/pay');
  await stage.tap('Electricity');
  await stage.tap('Tashkent');
  await stage.tap('Алмазар');
  const next = await stage.say('\u200e00\u200b12\u202f345\u2060');
  expect(next.text).toContain('Account number: 0012345');
});

it('another account is confirmed anew, and is no repetition of the one before', async () => {
  const pay = await startPayStage();
  const { stage, bills } = pay;
  await bills.put({ id: 'EARLIER', account: ACCOUNT });
  await atConfirm(pay);
  await stage.tap('✅ Pay');
  const { service, fields } = bills.offered('power');
  const shorter = fields.map((field) => Object.assign({}, field, { maxLength: 5 }));
  bills.add(service, shorter);
  expect((await stage.tap('pay once more')).screen.text).toContain('Enter: Account number');
  await stage.say('00123');
  await stage.tap('Skip');
  const { screen } = await stage.tap('Yes, continue');
  expect(screen.text).toContain('check and confirm');
  expect(screen.text).not.toContain('already made this payment');
});
