/** Bills and the owner's desk by clicking, as a person would. */
import { expect, test } from 'vitest';
import type { Locator, Page } from 'playwright-core';
import {
  balanceOf,
  ELECTRICITY_AT_PAYLOV,
  fillBill,
  PATIENCE_MS,
  PATIENT,
  Phone,
  world,
} from './play.ts';
import { browserSuite } from './suite.ts';

browserSuite('paying bills and owning a bot', (open) => {
  test('an owner gives money, with a reason, and the person hears of it', async () => {
    const page = await open();
    await new Phone(page, 'Laylo').begin();
    const owner = await new Phone(page, 'Owner').begin();
    await owner.type('/credit 1003 300 000 a present for testing');
    await owner.press('Confirm');
    const phone = await new Phone(page, 'Laylo').take();
    await phone.sees("300 000 so'm was added to your balance");
    await phone.sees('a present for testing');
    await expect.poll(() => balanceOf(page, 'Laylo · available'), PATIENT).toBe('300 000');
  });

  test('a bill from the balance: the money is held, then taken', async () => {
    const page = await open();
    const phone = await new Phone(page, 'Laylo').begin();
    await fillBill(phone, '51 000');
    await phone.press(/Pay 51.000/);
    await phone.sees("Paid: 51 000 so'm");
    await paidAtPaylov(page, '51 000');
    await expect.poll(() => balanceOf(page, 'Laylo · available'), PATIENT).toBe('249 000');
    await expect.poll(() => balanceOf(page, 'Laylo · held'), PATIENT).toBe('0');
  });

  test('the statement as a table: its sums stand one below the other', async () => {
    const page = await open();
    const phone = await new Phone(page, 'Laylo').begin();
    await phone.type('/history');
    await phone.press('As a table');
    const sum = phone.message('Statement').getByRole('cell', { name: '+300 000' });
    // The page's own policy refuses styles of single elements: that would be a complaint of the browser, too.
    await sum.waitFor();
    const align = 'getComputedStyle(document.querySelector(".rich td:nth-child(3)")).textAlign';
    expect(await page.evaluate(align)).toBe('right');
    await phone.press('As a list');
    await phone.sees('Credited by our staff');
  });

  test('a bill by card: the card is linked and the bill is paid with codes by SMS', async () => {
    const page = await open();
    const phone = await new Phone(page, 'Laylo').begin();
    await phone.type('/cards');
    await phone.press('Link a card');
    await phone.sees('Enter the 16 digits');
    await phone.type('8600111122223333');
    await phone.sees('Enter the expiry date');
    await phone.type('12/29');
    await phone.sees('Enter the code');
    await phone.press(/^Type \d+/);
    await phone.sees('is linked');
    await fillBill(phone, '52 000');
    await phone.press('💳 Another method');
    await phone.isAsked('What would you like to pay with');
    await phone.press('3333');
    await phone.isAsked('check and confirm');
    await phone.press(/Pay 52.000/);
    await phone.press(/^Type \d+/);
    await phone.sees("Paid: 52 000 so'm");
    const card = await paidAtPaylov(page, '52 000');
    expect(await card.innerText()).toContain('by card');
    await expect.poll(() => balanceOf(page, 'Laylo · available'), PATIENT).toBe('249 000');
  });

  test('a bill that is paid without an answer is found out about, and not paid twice', async () => {
    const page = await open();
    const phone = await new Phone(page, 'Laylo').begin();
    const paylov = world(page).getByRole('combobox', { name: 'Paylov: how it works' });
    await paylov.selectOption('pays, but gives no answer');
    await fillBill(phone, '53 000');
    await phone.press(/Pay 53.000/);
    // The bot waits for the answer first, then asks Paylov what became of it, in rounds: these need not be waited for.
    const clock = page.getByRole('group', { name: 'How fast time runs' });
    await clock.getByRole('button', { name: 'an hour in a minute' }).click();
    await phone.sees("Paid: 53 000 so'm", { patienceMs: 3 * PATIENCE_MS });
    await clock.getByRole('button', { name: 'as on the wall' }).click();
    const card = await paidAtPaylov(page, '53 000');
    expect(await card.innerText()).toContain('pay asked once');
    await expect.poll(() => balanceOf(page, 'Laylo · available'), PATIENT).toBe('196 000');
    await expect.poll(() => balanceOf(page, 'Laylo · held'), PATIENT).toBe('0');
    await paylov.selectOption('works');
  });
});

async function paidAtPaylov(page: Page, sum: string): Promise<Locator> {
  const card = world(page)
    .getByRole('article', { name: `${ELECTRICITY_AT_PAYLOV}, ${sum} so'm` })
    .first();
  await card.getByText('paid', { exact: true }).waitFor();
  return card;
}
