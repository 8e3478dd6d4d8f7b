/** The staff's web page as the owner has it: by the chat's link, part by part, in both themes and on a phone. */
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { order, PATIENT, Phone } from './play.ts';
import { browserSuite } from './suite.ts';

const FAINT_TEXTS = readFileSync(new URL('faint-texts.in-page.js', import.meta.url), 'utf8');
const PARTS = [
  'Today',
  'Top-ups',
  'Bills',
  'Suspense',
  'People',
  'Ledger',
  'Decisions',
  'Questions',
] as const;
const SHOTS = process.env['DESK_SHOTS'];

/** The link that the bot sends the owner. */
async function linkFor(page: Page): Promise<string> {
  const owner = await new Phone(page, 'Owner').begin();
  const links = page.getByRole('log').locator('.message.bot code').filter({ hasText: '/desk#' });
  const before = await links.count();
  await owner.type('/desk');
  // An earlier link is there, and leads nowhere any more.
  await expect.poll(() => links.count(), PATIENT).toBe(before + 1);
  return await links.last().innerText();
}

async function enter(page: Page): Promise<void> {
  await page.goto(await linkFor(page));
  await page.getByRole('heading', { name: 'Tolov · Desk' }).waitFor();
  await page.getByText('Put on balances').waitFor();
}

async function showPart(page: Page, part: string): Promise<void> {
  await page.getByRole('link', { name: part, exact: true }).first().click();
  await expect
    .poll(() => page.locator('header a[aria-current=page]').innerText(), PATIENT)
    .toBe(part);
  await page.locator('main').getByText('One moment').waitFor({ state: 'detached' });
}

browserSuite("the staff's web page", (open) => {
  test.each([
    ['light', 'desktop', { width: 1440, height: 900 }],
    ['dark', 'desktop', { width: 1440, height: 900 }],
    ['light', 'phone', { width: 360, height: 740 }],
    ['dark', 'phone', { width: 360, height: 740 }],
  ] as const)('can be read when it is %s, on a %s', async (colorScheme, name, viewport) => {
    const page = await open({ colorScheme });
    await enter(page);
    await page.setViewportSize(viewport);
    for (const part of PARTS) {
      await showPart(page, part);
      expect(await page.evaluate(FAINT_TEXTS)).toEqual([]);
      const width = await page.evaluate('document.documentElement.scrollWidth');
      expect(width).toBeLessThanOrEqual(viewport.width);
      if (SHOTS) await page.screenshot({ path: `${SHOTS}/${part}-${colorScheme}-${name}.png` });
    }
  });

  test('shows a payment by itself as it comes, down to the ledger', async () => {
    const outside = await open();
    const page = await open();
    await page.goto(await linkFor(outside));
    await page.getByText('Put on balances').waitFor();
    await page.getByText('live', { exact: true }).waitFor();
    const phone = await new Phone(outside, 'Laylo').begin();
    await showPart(page, 'Top-ups');
    const card = await order(outside, { phone, provider: 'Payfer', sum: '43 000' });
    const row = page.getByRole('row', { name: /Payfer.*43\s\d{3}/ });
    await row.getByText('waiting for payment').waitFor();
    await card.getByRole('button', { name: 'Pay exactly' }).click();
    await row.getByText('paid', { exact: true }).waitFor();
    const paid = await row.locator('td.amount').innerText();
    await showPart(page, 'Ledger');
    await page.getByRole('row', { name: /^All together 0$/ }).waitFor();
    await page.getByRole('link', { name: 'provider:payfer' }).click();
    await page.getByRole('heading', { name: 'provider:payfer' }).waitFor();
    const newest = page.getByRole('row').nth(1);
    await expect.poll(() => newest.innerText(), PATIENT).toContain('topup');
    expect(await newest.innerText()).toContain(`−${paid}`);
  });

  test('shows a question as it is asked; the answer written there arrives', async () => {
    const outside = await open();
    const page = await open();
    await page.goto(await linkFor(outside));
    await page.getByText('Put on balances').waitFor();
    await showPart(page, 'Questions');
    const phone = await new Phone(outside, 'Laylo').begin();
    await phone.type('/help');
    await phone.press('💬 Help');
    await phone.isAsked('What happened?');
    await phone.type('Where is <my> money?');
    await page.getByRole('row', { name: 'Laylo' }).getByRole('link', { name: '№' }).click();
    await page.getByText('Where is <my> money?').waitFor();
    await page.getByLabel('Answer').fill('On its way & <soon>');
    await page.getByRole('button', { name: 'Send the answer' }).click();
    await page.getByText('The answer is on its way').waitFor();
    await phone.sees('On its way & <soon>');
    expect(await page.getByLabel('Answer').inputValue()).toBe('');
    await page.getByRole('button', { name: '✅ Close' }).click();
    await page.getByRole('button', { name: '✅ Confirm' }).click();
    await page.getByText('The question is closed').waitFor();
    await phone.sees('was closed at');
  });

  test('keeps the words for one person out of the question of another', async () => {
    const outside = await open();
    const page = await open();
    await page.goto(await linkFor(outside));
    await page.getByText('Put on balances').waitFor();
    for (const name of ['Laylo', 'Aziza']) {
      const phone = await new Phone(outside, name).begin();
      await phone.type('/help');
      await phone.press('💬 Help');
      await phone.isAsked('What happened?');
      await phone.type(`Here is ${name}`);
      await showPart(page, 'Questions');
      await page.getByRole('row', { name }).getByRole('link', { name: '№' }).click();
      await page.getByText(`Here is ${name}`).waitFor();
    }
    await page.getByLabel('Answer').fill('For Aziza alone');
    await page.evaluate('history.go(-2)');
    await page.getByText('Here is Laylo').waitFor();
    expect(await page.getByLabel('Answer').inputValue()).toBe('');
  });

  test('is worked by the keyboard, and the address says what is shown', async () => {
    const page = await open();
    await enter(page);
    await page.keyboard.press('2');
    await page.getByLabel('State').selectOption('paid');
    await expect.poll(() => page.url(), PATIENT).toContain('view=orders&group=paid');
    await page.reload();
    expect(await page.getByLabel('State').inputValue()).toBe('paid');
    await page.keyboard.press('5');
    await page.getByLabel('Find').waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('Laylo');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.url(), PATIENT).toContain('q=Laylo');
  });
});
