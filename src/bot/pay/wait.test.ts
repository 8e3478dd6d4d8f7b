/** The one tap that agrees that a bill goes on by itself: to what its screen says, and to nothing else. */
import { expect, it } from 'vitest';
import type { Monthly } from '../../monthly/monthly.ts';
import { agreeToWait, type WaitRequest } from '../../monthly/waiting.ts';
import { ALI } from '../bot.fixture.ts';
import { atConfirm, startPayStage } from '../pay.fixture.ts';

async function waitStage() {
  const agreed: WaitRequest[] = [];
  const wait: Monthly['wait'] = async (request) => {
    agreed.push(request);
    const { db, clock } = pay.stage;
    return await agreeToWait({ db, clock }, request);
  };
  const pay = await startPayStage(0, { monthly: { wait } as Monthly });
  pay.bills.feeTiyin = 50_000;
  return { ...pay, pay, agreed };
}

it('agrees to the sum and the fee that were shown', async () => {
  const { stage, pay, agreed } = await waitStage();
  await atConfirm(pay);
  expect((await stage.tap('and pay')).toast).toContain('is paid by itself');
  expect(agreed).toMatchObject([{ amountTiyin: 5_000_000, feeTiyin: 50_000 }]);
});

it('says so to the second of two quick taps as well', async () => {
  const { stage, pay, agreed } = await waitStage();
  await atConfirm(pay);
  const { data } = stage.find('and pay');
  await stage.tap('and pay');
  expect(await stage.forge(data)).toContain('is paid by itself');
  expect(agreed).toHaveLength(1);
  await stage.clock.advance(60_000);
  expect(await stage.forge(data)).toMatch(/won.t be paid by itself/);
});

it('says nothing of the kind to a tap on an older screen, whose payment nobody agreed to', async () => {
  const { stage, pay, agreed } = await waitStage();
  await atConfirm(pay);
  const { data } = stage.find('and pay');
  await stage.tap('and pay');
  const older = Math.floor(stage.clock.now() / 1000) - 60;
  expect(await stage.forge(data, ALI.id, older)).toMatch(/won.t be paid by itself/);
  expect(agreed).toHaveLength(1);
});

it('agrees to nothing where the fee is another one by now', async () => {
  const { stage, bills, pay, agreed } = await waitStage();
  await atConfirm(pay);
  bills.feeTiyin = 500_000;
  expect((await stage.tap('and pay')).toast).toMatch(/won.t be paid by itself/);
  expect(agreed).toEqual([]);
});

it('agrees to nothing by the button of another screen', async () => {
  const { stage, pay, agreed } = await waitStage();
  await atConfirm(pay);
  const { data } = stage.find('and pay');
  await stage.say('/balance');
  expect(await stage.forge(data)).toMatch(/won.t be paid by itself/);
  expect(agreed).toEqual([]);
});
