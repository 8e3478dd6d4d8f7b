import { describe, expect, it } from 'vitest';
import { savedAccounts } from '../../db/tables.ts';
import { ALI, labels, VALI } from '../bot.fixture.ts';
import { NOW } from '../samples.fixture.ts';
import { atConfirm, atSum, type PayStage, startPayStage } from '../pay.fixture.ts';

/** As far as the screen of one saved account. */
async function atSaved(): Promise<PayStage> {
  const pay = await startPayStage();
  const { stage, bills } = pay;
  const account = { userId: ALI.id, serviceId: 'power', serviceName: 'Power <1>' };
  await bills.saved.save({ ...account, name: 'Old', account: { customer_code: '0012' } });
  await stage.say('/pay');
  await stage.tap('Saved: 1');
  const { screen } = await stage.tap('⚙️');
  expect(screen.text).toContain('Power <1>');
  expect(screen.text).toContain('0012');
  return pay;
}

const savedNames = async ({ bills }: PayStage, userId = ALI.id): Promise<string[]> =>
  (await bills.saved.list(userId)).map(({ name }) => name);

describe('a saved account', () => {
  it('says what was answered in words once it was paid', async () => {
    const pay = await startPayStage();
    const { stage } = pay;
    await atConfirm(pay);
    await stage.tap('✅ Pay');
    await stage.tap('⭐ Save');
    await stage.say('Home');
    await stage.say('/pay');
    await stage.tap('Saved: 1');
    const { text } = (await stage.tap('⚙️')).screen;
    expect(text).toContain('Region: Tashkent city');
    expect(text).toContain('Account number: 0012345');
  });

  it('is removed after a question', async () => {
    const pay = await atSaved();
    const { stage } = pay;
    await stage.tap('Remove');
    expect(await savedNames(pay)).toHaveLength(1);
    expect((await stage.tap('Yes, remove')).screen.text).toContain('no saved accounts');
    expect(await savedNames(pay)).toEqual([]);
  });

  it('gets another name; one that does not do is asked for again', async () => {
    const pay = await atSaved();
    const { stage } = pay;
    expect((await stage.tap('Rename')).screen.text).toContain('new name for “Old”');
    expect((await stage.say('x'.repeat(41))).text).toContain('1 to 40');
    const renamed = await stage.say('<Home>');
    expect(renamed.text).toContain('Renamed');
    expect(renamed.text).toContain('<Home>');
    expect(await savedNames(pay)).toEqual(['<Home>']);
    // What is typed next is for nothing here.
    await stage.say('Other');
    expect(await savedNames(pay)).toEqual(['<Home>']);
  });

  it('keeps its name when a command leads elsewhere before it is typed', async () => {
    const pay = await atSaved();
    const { stage } = pay;
    await stage.tap('Rename');
    await stage.say('/balance');
    expect((await stage.say('Home')).text).toContain("didn't get that");
    expect(await savedNames(pay)).toEqual(['Old']);
  });

  it('that is gone by the time its new name comes is out of date', async () => {
    const { stage, bills } = await atSaved();
    await stage.tap('Rename');
    const [saved] = await bills.saved.list(ALI.id);
    await bills.saved.remove(saved!.id, ALI.id);
    expect((await stage.say('Home')).text).toContain('out of date');
  });

  it('of somebody else is not shown and not renamed', async () => {
    const pay = await atSaved();
    const { stage } = pay;
    await stage.db.tx((tx) => tx.update(savedAccounts).set({ userId: VALI.id }));
    expect((await stage.tap('Rename')).toast).toContain('out of date');
    expect((await stage.say('Home')).text).not.toContain('Renamed');
    expect(await savedNames(pay, VALI.id)).toEqual(['Old']);
  });
});

it('what is known to be owed stands in the list and on the card, and nothing where it is not known', async () => {
  const { stage, bills } = await startPayStage();
  const saved = { userId: ALI.id, serviceId: 'power', serviceName: 'Power' };
  await bills.saved.save({ ...saved, name: 'Home', account: { customer_code: '1' } });
  await bills.saved.save({ ...saved, name: 'Parents', account: { customer_code: '2' } });
  const [home, parents] = await bills.saved.list(ALI.id);
  const due = [
    { saved: home, watch: { lookedAt: NOW }, owedTiyin: 4_550_000 },
    // The service did not answer.
    { saved: parents, watch: { lookedAt: NOW }, owedTiyin: null },
  ];
  Object.assign(stage.options, { monthly: { due: () => Promise.resolve(due) } });
  const again = stage.restarted();
  await again.say('/pay');
  const { screen } = await again.tap('Saved: 2');
  const names = labels(screen).filter((label) => label.startsWith('⭐'));
  expect(names).toEqual(["⭐ Home · Power · ❗ 45\u00a0500\u00a0so'm", '⭐ Parents · Power']);
  const own = await again.tap('⚙️');
  expect(own.screen.text).toContain("Debt: 45\u00a0500\u00a0so'm (as it was at 05.01.2026 12:00)");
});

it('of an open payment the answers are shown under their names up to the receipt', async () => {
  const pay = await startPayStage();
  const { stage, bills } = pay;
  bills.created = [
    { name: 'region', title: 'region', value: 'twice' },
    { name: 'fio', title: 'fio', value: 'A*** <B>' },
    { name: 'saldo', title: 'saldo', value: '-15105.15' },
  ];
  await atSum(pay);
  await stage.say('50 000');
  const { screen } = await stage.tap('✅ Pay');
  expect(screen.text).toContain('The bill is paid');
  expect(screen.html).toContain('Region: <b>Tashkent city</b>\nDistrict: <b>Алмазар</b>');
  expect(screen.html).toContain('Account number: <b>0012345</b>\nName: <b>A*** &lt;B&gt;</b>');
  expect(screen.text).not.toContain('twice');
  expect(screen.text).not.toContain('15105');
});
