import { expect, test } from 'vitest';
import { fakePaylov } from '../../../bills/fake-paylov.fixture.ts';
import { givenNames, staffLog } from '../../../db/tables.ts';
import { type BotStage, labels, OWNER, startBotStage, VALI } from '../../bot.fixture.ts';
import { realBills } from '../../real-bills.fixture.ts';
import { sampleService, textField } from '../../samples.fixture.ts';

async function start(): Promise<BotStage> {
  const paylov = fakePaylov();
  const ucell = sampleService({ id: 'own', name: 'Ucell <b>', category: { id: '1', name: '' } });
  const house = textField('x1', { title: 'Номер дома' });
  paylov.catalog = [
    { service: sampleService(), fields: [textField('customer_code'), house] },
    { service: ucell, fields: [] },
  ];
  const stage = await startBotStage((made) => ({
    bills: realBills(made, paylov),
    staff: { viewerIds: [VALI.id] },
  }));
  for (const { id } of [OWNER, VALI]) await stage.meet(id);
  return stage;
}

test('what has no translation stands first, and an owner gives it one', async () => {
  const stage = await start();
  const list = await stage.say('/services', OWNER.id);
  expect(list.text).toContain("Shown by Paylov's own name: 1.");
  expect(labels(list).slice(0, 2)).toEqual(['❗ 📱 Ucell <b>', '💡 Electricity']);
  const one = (await stage.tap('Ucell', OWNER.id)).screen;
  expect(one.text).toContain('At Paylov: Ucell <b>');
  expect(one.text).toContain('There is no translation');
  await stage.tap('Русский', OWNER.id);
  const too = await stage.say('x'.repeat(61), OWNER.id);
  expect(too.text).toContain('At most 60');
  expect(labels(too)).toEqual(['🗂 Desk']);
  const named = await stage.say('Юселл  мобильный', OWNER.id);
  expect(named.html).toContain('Русский ✏️: <b>Юселл мобильный</b>');
  expect(named.html).toContain('English: <b>Ucell &lt;b&gt;</b>');
  expect(await stage.db.read.select().from(staffLog)).toMatchObject([
    { action: 'name', subject: 'service:own', note: 'ru: Юселл мобильный', staffId: OWNER.id },
  ]);
});

test('a given name is what people see and find, until it is taken back', async () => {
  const stage = await start();
  await stage.say('/services', OWNER.id);
  await stage.tap('Electricity', OWNER.id);
  await stage.tap('English', OWNER.id);
  await stage.say('Power to the people', OWNER.id);
  const home = await stage.say('/pay', VALI.id);
  expect(labels(home).join()).toContain('Utilities');
  const found = await stage.say('power', VALI.id);
  expect(labels(found)[0]).toBe('💡 Power to the people');
  await stage.tap('Without my names', OWNER.id);
  expect(labels(await stage.say('power', VALI.id))[0]).not.toContain('people');
  expect(await stage.db.read.select().from(givenNames)).toEqual([]);
});

test('a category and a field are named likewise', async () => {
  const stage = await start();
  await stage.say('/services', OWNER.id);
  await stage.tap('Electricity', OWNER.id);
  await stage.tap('Its category', OWNER.id);
  await stage.tap('English', OWNER.id);
  await stage.say('For the home', OWNER.id);
  expect(labels(await stage.say('/pay', VALI.id)).join()).toContain('🏠 For the home');
  await stage.say('/services', OWNER.id);
  await stage.tap('Electricity', OWNER.id);
  const fields = (await stage.tap('Its fields', OWNER.id)).screen;
  expect(labels(fields).slice(0, 2)).toEqual(['Account number', '❗ Номер дома']);
  await stage.tap('Номер дома', OWNER.id);
  await stage.tap('English', OWNER.id);
  await stage.say('House number', OWNER.id);
  await stage.say('light', VALI.id);
  await stage.say('svet', VALI.id);
  await stage.tap('Electricity', VALI.id);
  expect((await stage.say('1', VALI.id)).text).toContain('Enter: House number');
});

test('who is no owner looks and changes nothing', async () => {
  const stage = await start();
  await stage.say('/services', VALI.id);
  const key = stage.find('Electricity', VALI.id).data.split('.').at(1) ?? '';
  const { screen } = await stage.tap('Electricity', VALI.id);
  expect(labels(screen).join()).not.toContain('✏️');
  await stage.forge(`desk:services:ask:s.${key}.-.en`, VALI.id);
  await stage.say('Mine', VALI.id);
  expect(await stage.db.read.select().from(givenNames)).toEqual([]);
});
