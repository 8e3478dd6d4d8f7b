/** Two people by clicking: one asks the other to pay, and a family pays the bills of one home. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { balanceOf, books, fillBill, PATIENT, Phone } from './play.ts';
import { browserSuite } from './suite.ts';

const AZIZA = { name: 'Aziza', id: '1001' };
const LAYLO = { name: 'Laylo', id: '1003' };

browserSuite('two people', (open) => {
  test('a bill that one asks for is paid by the other, and both have it in writing', async () => {
    const page = await open();
    await new Phone(page, 'Aziza').begin();
    const before = await give(page, AZIZA);
    const asker = await new Phone(page, 'Laylo').begin();
    await fillBill(asker, '51 000');
    await asker.press(/Balance/);
    await asker.press('👥 Ask someone to pay');
    await asker.sees('Send the link');
    await show(page, 'request-asked');
    await asker.press('Open on the phone of Aziza');
    const payer = new Phone(page, 'Aziza');
    await payer.sees('asks you to pay a bill');
    await show(page, 'request-opened');
    await payer.press(/^✅ Pay 51.000/);
    await payer.sees('For: Laylo');
    await payer.press(/Pay 51.000/);
    await payer.sees("Paid: 51 000 so'm");
    await expect.poll(() => availableTo(page, 'Aziza'), PATIENT).toBe(before - 51_000);
    await asker.take();
    await asker.sees(/Aziza.*paid your bill/);
    await show(page, 'request-paid');
    await asker.press('🧾 Receipt');
    await page.getByRole('tabpanel').getByRole('img').last().waitFor();
  });

  test('a member of a home pays its bill from their own balance', async () => {
    const page = await open();
    await new Phone(page, 'Laylo').begin();
    const mother = await new Phone(page, 'Aziza').begin();
    const keeps = (await give(page, AZIZA)) - 40_000;
    const before = await give(page, LAYLO);
    await mother.take();
    await fillBill(mother, '40 000');
    await mother.press(/^Pay 40|40.000/);
    await mother.sees("Paid: 40 000 so'm");
    await expect.poll(() => availableTo(page, 'Aziza'), PATIENT).toBe(keeps);
    await mother.press('⭐ Save');
    await mother.sees('name');
    await mother.type('Flat');
    await mother.sees('Saved.');
    await mother.type('/homes');
    await mother.press('➕ New home');
    await mother.press('Parents');
    await mother.sees('You keep this home');
    await mother.type('/pay');
    await mother.press(/Saved: 1/);
    await mother.press('⚙️');
    await mother.press('🏡 Into a home');
    await mother.press('🏡 Parents');
    await mother.press('✉️ Invite someone');
    await mother.sees('works once');
    await show(page, 'home-invitation');
    await mother.press('Open on the phone of Laylo');
    const daughter = new Phone(page, 'Laylo');
    await daughter.sees('invites you into the home Parents');
    await show(page, 'home-opened');
    await daughter.press('✅ Join');
    await daughter.sees('Its accounts stand among');
    await show(page, 'home-joined');
    await daughter.press('🧾 Pay bills');
    await daughter.press('👥 Parents · Flat');
    // What is owed is seen before anything is paid.
    await daughter.sees(/Debt:[^]*right account/);
    await daughter.press('Yes, continue');
    await daughter.press(/^✅ Pay \d/);
    await daughter.sees('Somebody of your home has paid');
    await show(page, 'home-twice');
    await daughter.press('pay once more');
    await daughter.sees(/Paid: \d/);
    await expect.poll(() => availableTo(page, 'Laylo'), PATIENT).toBeLessThan(before);
    expect(await availableTo(page, 'Aziza')).toBe(keeps);
    await mother.take();
    await mother.sees(/Laylo has joined/);
  });
});

/** Resolves with what the person has then, in so'm, once the books show it. */
async function give(page: Page, { name, id }: { name: string; id: string }): Promise<number> {
  const owner = await new Phone(page, 'Owner').begin();
  await books(page).getByRole('heading', { name: 'Balances' }).waitFor();
  const account = books(page).getByRole('row', { name: `${name} · available` });
  const had = (await account.count()) === 0 ? 0 : await availableTo(page, name);
  await owner.type(`/credit ${id} 300 000 for tests`);
  await owner.press('Confirm');
  await expect.poll(() => availableTo(page, name), PATIENT).toBe(had + 300_000);
  return had + 300_000;
}

/** In so'm. */
async function availableTo(page: Page, name: string): Promise<number> {
  return Number((await balanceOf(page, `${name} · available`)).replaceAll(' ', ''));
}

/** For whoever wants to look at it: `PICTURES=folder`. */
async function show(page: Page, name: string): Promise<void> {
  const folder = process.env['PICTURES'];
  if (folder !== undefined) await page.screenshot({ path: `${folder}/${name}.png` });
}
