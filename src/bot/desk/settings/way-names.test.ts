import { expect, test } from 'vitest';
import { givenNames, staffLog } from '../../../db/tables.ts';
import { loadTexts, withNames } from '../../locales/texts.ts';
import { sampleTopup } from '../../samples.fixture.ts';
import { historyScreen } from '../../account/history.ts';
import { interruptedMessage } from '../../news/screens.ts';
import { ownRows } from '../../receipts/words.ts';
import { orderScreen } from '../../topup/order-screen.ts';
import { topupReceipt } from '../../../receipts/receipt.ts';
import { ALI, type BotStage, labels, OWNER, startBotStage, VALI } from '../../bot.fixture.ts';

async function start(): Promise<BotStage> {
  const stage = await startBotStage({ staff: { viewerIds: [VALI.id] } });
  for (const { id } of [ALI, VALI, OWNER]) await stage.meet(id);
  return stage;
}

async function name(stage: BotStage, way: string, typed: string, language = 'English') {
  await stage.say('/settings', OWNER.id);
  await stage.tap('Names of ways', OWNER.id);
  await stage.tap(way, OWNER.id);
  await stage.tap(language, OWNER.id);
  return await stage.say(typed, OWNER.id);
}

test('a name holds for payers at once, in its language alone, and is written down', async () => {
  const stage = await start();
  const done = await name(stage, 'Payfer', '  <b>Card</b>   1 ');
  expect(done.html).toContain('English ✏️: <b>&lt;b&gt;Card&lt;/b&gt; 1</b>');
  expect(done.html).toContain('Русский: <b>Payfer</b>');
  expect(done.text).toContain('Set by ');
  await stage.again();
  expect(await stage.db.read.select().from(staffLog)).toMatchObject([
    { staffId: OWNER.id, action: 'name', subject: 'way:payfer', note: 'en: <b>Card</b> 1' },
  ]);
  await stage.say('/topup');
  await stage.tap('Another method');
  const sum = (await stage.tap('<b>Card</b> 1')).screen;
  expect(sum.html).toContain('&lt;b&gt;Card&lt;/b&gt; 1');
  const order = await stage.say('10 000');
  expect(order.html).toContain('</b> · &lt;b&gt;Card&lt;/b&gt; 1');
});

test('the transfer to a card and what is chosen on a page have names too, taken back by a button', async () => {
  const stage = await start();
  await name(stage, 'Click', 'Click Up');
  const listed = await name(stage, 'Card transfer', 'From my card');
  expect(listed.text).toContain('English ✏️: From my card');
  const menu = labels(await stage.say('/topup'));
  expect(menu).toContain('Click Up');
  expect(menu).toContain('From my card');
  expect((await stage.tap('Without my names', OWNER.id)).screen.text).toContain('Done');
  expect(labels(await stage.say('/topup'))).toContain('Card transfer');
  expect(await stage.db.read.select().from(givenNames)).toMatchObject([
    { kind: 'way', key: 'click', name: 'Click Up' },
  ]);
});

test('no two ways have one name, and none is empty or longer than a button', async () => {
  const stage = await start();
  expect((await name(stage, 'Payfer', 'CLICK')).text).toContain('Another way is called so');
  expect((await stage.say('x'.repeat(33), OWNER.id)).text).toContain('At most 32');
  expect((await stage.say('Card', OWNER.id)).text).toContain('Done');
  expect(await stage.db.read.select().from(givenNames)).toMatchObject([{ name: 'Card' }]);
});

test('a name is not taken back while another way is called so', async () => {
  const stage = await start();
  await name(stage, 'Payfer', 'Card');
  expect((await name(stage, 'Click', 'payfer')).text).toContain('Done');
  await stage.say('/settings', OWNER.id);
  await stage.tap('Names of ways', OWNER.id);
  await stage.tap('Payfer → Card', OWNER.id);
  const { screen } = await stage.tap('Without my names', OWNER.id);
  expect(screen.text).toContain('Another way is called “Payfer” now (🇬🇧 English)');
  expect(screen.text).toContain('English ✏️: Card');
  expect(await stage.db.read.select().from(givenNames)).toHaveLength(2);
});

test('who is no owner looks and changes nothing', async () => {
  const stage = await start();
  await stage.say('/settings', VALI.id);
  await stage.tap('Names of ways', VALI.id);
  const { screen } = await stage.tap('Payfer', VALI.id);
  expect(labels(screen).join()).not.toContain('✏️');
  await stage.forge('desk:set:rename:payfer.en', VALI.id);
  await stage.say('Mine', VALI.id);
  await stage.forge('desk:set:unname:payfer', VALI.id);
  expect(await stage.db.read.select().from(givenNames)).toEqual([]);
});

test('lists, orders, receipts and messages call a way by the name it was given', () => {
  const texts = withNames(loadTexts(), {
    get: (kind, key, language) =>
      kind === 'way' && language === 'ru' ? `${key} & свои` : undefined,
  });
  const t = texts('ru');
  const topup = sampleTopup({ provider: 'inpay', method: 'click', state: 'paid', paidAt: 1 });
  const list = historyScreen(t, { entries: [topup], offset: 0, hasOlder: false });
  expect(JSON.stringify(list.keyboard)).toContain('inpay & свои');
  expect(orderScreen(t, topup).text).toContain('inpay &amp; свои');
  expect(orderScreen(t, { ...topup, state: 'waiting' }).text).toContain('click &amp; свои');
  expect(interruptedMessage(t, topup).text).toContain('inpay &amp; свои');
  const receipt = topupReceipt(topup);
  const values = receipt && ownRows(t, receipt).map(({ value }) => value);
  expect(values).toContain('inpay & свои · click & свои');
  expect(orderScreen(texts('en'), topup).text).toContain('inPAY');
});
