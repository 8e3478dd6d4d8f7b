/** Top-ups by clicking, as a person would: each payment system, late money, a lie, a kill, another sum. */
import { expect, test } from 'vitest';
import { balanceOf, entriesOf, order, orderCard, PATIENT, Phone, sumOf, world } from './play.ts';
import { browserSuite } from './suite.ts';

browserSuite('topping up', (open) => {
  test.each([
    ['Payfer', '31 000'],
    ['RasmiyPay', '32 000'],
    ['AutoPayCard', '33 000'],
  ])('%s: the exact sum to a card is credited, once', async (provider, sum) => {
    const page = await open();
    const phone = await new Phone(page, 'Laylo').begin();
    const card = await order(page, { phone, provider, sum });
    const exact = await sumOf(card);
    await card.getByRole('button', { name: 'Pay exactly' }).click();
    // It has no webhooks: who does not want to wait asks.
    if (provider === 'RasmiyPay') await phone.press('Check payment');
    await phone.sees(`${exact} so'm is on your balance`);
    await card.getByText('paid', { exact: true }).waitFor();
    expect(await entriesOf(page, exact)).toBe(1);
  });

  test('inPAY: paid in the checkout that its button opens', async () => {
    const page = await open();
    const phone = await new Phone(page, 'Laylo').begin();
    await order(page, { phone, provider: 'inPAY', sum: '34 000' });
    const opened = page.waitForEvent('popup');
    await phone.link('Pay').click();
    const checkout = await opened;
    await checkout.getByRole('button', { name: 'Pay' }).click();
    await checkout.getByText('Paid').waitFor();
    await phone.sees("34 000 so'm is on your balance");
    expect(await entriesOf(page, '34 000')).toBe(1);
  });

  test('money that comes after the deadline is credited all the same', async () => {
    const page = await open();
    const phone = await new Phone(page, 'Laylo').begin();
    const card = await order(page, { phone, provider: 'AutoPayCard', sum: '35 000' });
    const exact = await sumOf(card);
    await card.getByRole('button', { name: 'Pay late' }).click();
    await phone.sees(`${exact} so'm is on your balance`);
    await phone.sees('The money came after the deadline');
    expect(await entriesOf(page, exact)).toBe(1);
  });

  test('a forged webhook credits nothing', async () => {
    const page = await open();
    const phone = await new Phone(page, 'Laylo').begin();
    const card = await order(page, { phone, provider: 'Payfer', sum: '36 000' });
    const exact = await sumOf(card);
    await card.getByRole('button', { name: 'Forge' }).click();
    await page.getByText('A webhook said “paid” and was answered 200').waitFor();
    await card.getByText('webhook answered 200').waitFor();
    await phone.press('Cancel');
    await phone.press('Yes, cancel it');
    await phone.sees(/cancelled[^]*Sum: 36/);
    expect(await entriesOf(page, exact, { isAwaited: false })).toBe(0);
  });

  test('what is paid while the program is killed is credited when it is back', async () => {
    const page = await open();
    const phone = await new Phone(page, 'Laylo').begin();
    const card = await order(page, { phone, provider: 'AutoPayCard', sum: '37 000' });
    const exact = await sumOf(card);
    const program = world(page).getByRole('status', { name: 'State of the program' });
    await world(page).getByRole('button', { name: 'Kill' }).click();
    await program.getByText('stopped').waitFor();
    await card.getByRole('button', { name: 'Pay exactly' }).click();
    await world(page).getByText('killed once').waitFor();
    await program.getByText('running').waitFor();
    await phone.press('Check payment');
    await phone.sees(`${exact} so'm is on your balance`);
    expect(await entriesOf(page, exact)).toBe(1);
  });

  test('another sum waits for the owner, whose tap credits it', async () => {
    const page = await open();
    const owner = await new Phone(page, 'Owner').begin();
    const phone = await new Phone(page, 'Laylo').begin();
    const card = await order(page, { phone, provider: 'Payfer', sum: '38 000' });
    await card.getByRole('textbox', { name: 'Another sum' }).fill('38 999,50');
    await card.getByRole('button', { name: 'Pay this sum' }).click();
    await phone.sees("38 999,50 so'm arrived");
    await expect.poll(() => balanceOf(page, 'suspense'), PATIENT).toBe('38 999,50');
    await owner.take();
    await owner.press('Credit it');
    await owner.press('Confirm');
    await phone.take();
    await phone.sees("38 999,50 so'm is on your balance");
    await expect.poll(() => balanceOf(page, 'suspense'), PATIENT).toBe('0');
  });

  test('paid twice is credited once', async () => {
    const page = await open();
    const phone = await new Phone(page, 'Laylo').begin();
    const card = await order(page, { phone, provider: 'AutoPayCard', sum: '39 000' });
    const exact = await sumOf(card);
    await card.getByRole('button', { name: 'Pay twice' }).click();
    await page.getByText('nothing is credited twice').waitFor();
    await phone.sees(`${exact} so'm is on your balance`);
    await orderCard(page, /^AutoPayCard, 39/)
      .getByText('paid', { exact: true })
      .waitFor();
    expect(await entriesOf(page, exact)).toBe(1);
  });
});
