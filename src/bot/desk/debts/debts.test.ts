import { expect, test } from 'vitest';
import { fakePaylov } from '../../../bills/fake-paylov.fixture.ts';
import { debtSignOf } from '../../../bills/debts.ts';
import { serviceRules, staffLog } from '../../../db/tables.ts';
import { type BotStage, labels, OWNER, startBotStage, VALI } from '../../bot.fixture.ts';
import { realBills } from '../../real-bills.fixture.ts';
import { NOW, sampleService } from '../../samples.fixture.ts';

async function start(): Promise<BotStage> {
  const paylov = fakePaylov();
  paylov.catalog = [
    sampleService(),
    sampleService({ id: 'waste', name: 'Chiqindi <b>' }),
    sampleService({ id: 'mobile', name: 'Mobile', hasInfo: false }),
  ].map((service) => ({ service, fields: [] }));
  const stage = await startBotStage((made) => ({
    bills: realBills(made, paylov),
    staff: { viewerIds: [VALI.id] },
  }));
  for (const { id } of [OWNER, VALI]) await stage.meet(id);
  const seen = [{ saldo: '-15105.15 UZS', lastPaid: '5000 UZS', at: NOW }];
  await stage.db.tx((tx) => tx.insert(serviceRules).values({ serviceId: 'power', seen }));
  return stage;
}

test('an owner says which sign is a debt, with the latest answers to look at', async () => {
  const stage = await start();
  await stage.say('/admin', OWNER.id);
  const { screen } = await stage.tap('Debts of services', OWNER.id);
  expect(labels(screen).slice(0, 2)).toEqual(['❔ Electricity', '❔ Chiqindi <b>']);
  const one = (await stage.tap('Electricity', OWNER.id)).screen;
  expect(one.text).toContain('balance -15105.15 UZS, last paid 5000 UZS');
  const said = (await stage.tap('Below zero is a debt', OWNER.id)).screen;
  expect(said.text).toContain('Below zero is a debt.');
  expect(await debtSignOf(stage.db.read, 'power')).toBe('negative');
  expect(await debtSignOf(stage.db.read, 'waste')).toBe('unknown');
  expect(await stage.db.read.select().from(staffLog)).toMatchObject([
    { action: 'debt_sign', subject: 'power', note: 'negative', staffId: OWNER.id },
  ]);
  // What is still open stands first.
  expect(labels((await stage.tap('Back', OWNER.id)).screen)[0]).toContain('Chiqindi');
});

test('who is no owner sees it and says nothing', async () => {
  const stage = await start();
  await stage.say('/admin', VALI.id);
  await stage.tap('Debts of services', VALI.id);
  const key = stage.find('Electricity', VALI.id).data.split(':').at(-1) ?? '';
  const { screen } = await stage.tap('Electricity', VALI.id);
  expect(labels(screen).join()).not.toContain('is a debt');
  await stage.forge(`desk:debts:say:${key}.negative`, VALI.id);
  expect(await debtSignOf(stage.db.read, 'power')).toBe('unknown');
});
