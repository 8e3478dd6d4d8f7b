/** Paylov goes away while somebody pays, and comes back: they go on where they were. */
import { expect, it } from 'vitest';
import { labels } from '../bot.fixture.ts';
import { atConfirm, atSum, type PayStage, startPayStage } from '../pay.fixture.ts';

const GONE = { kind: 'problem', code: 'timeout' } as const;

async function atAccount({ stage }: PayStage): Promise<void> {
  await stage.say('/pay');
  await stage.tap('Electricity');
  await stage.tap('Tashkent');
  await stage.tap('Алмазар');
}

it.each([
  { at: 'a question', go: atAccount, say: '0012345', asked: 'Enter: Account', next: 'Enter: Note' },
  { at: 'the sum', go: atSum, say: '5 000', asked: 'How much', next: 'check and confirm' },
])('at $at', async ({ go, say, asked, next }) => {
  const pay = await startPayStage();
  const { stage, bills } = pay;
  await go(pay);
  bills.form = GONE;
  bills.forget();
  expect(labels(await stage.say(say))).toContain('▶️ Continue');
  expect((await stage.tap('Continue')).screen.text).not.toContain(asked);
  bills.form = undefined;
  bills.forget();
  expect((await stage.tap('Continue')).screen.text).toContain(asked);
  expect((await stage.say(say)).text).toContain(next);
});

it('at the confirmation: nothing is paid meanwhile, and once afterwards', async () => {
  const pay = await startPayStage();
  const { stage, bills } = pay;
  await atConfirm(pay);
  bills.form = GONE;
  bills.forget();
  await stage.tap('✅ Pay');
  expect(bills.confirmed).toEqual([]);
  bills.form = undefined;
  bills.forget();
  expect((await stage.tap('Continue')).screen.text).toContain('Total');
  expect((await stage.tap('✅ Pay')).screen.text).toContain('The bill is paid');
  expect(bills.confirmed).toHaveLength(1);
});

it('before an earlier bill can be repeated', async () => {
  const pay = await startPayStage();
  const { stage, bills } = pay;
  await atConfirm(pay);
  await stage.tap('✅ Pay');
  bills.form = GONE;
  bills.forget();
  await stage.tap('Pay again');
  bills.form = undefined;
  bills.forget();
  const { screen } = await stage.tap('Continue');
  expect(screen.text).toContain('Total');
  expect(screen.text).toContain('0012345');
});
