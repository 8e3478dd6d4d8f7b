/** The page itself: its tour, its parts on a narrow screen, the keyboard, names and contrast of what is on it. */
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { books, ELECTRICITY, order, orderCard, PATIENT, Phone, world } from './play.ts';
import { browserSuite } from './suite.ts';

const FAINT_TEXTS = readFileSync(new URL('faint-texts.in-page.js', import.meta.url), 'utf8');
const NARROW = { viewport: { width: 360, height: 740 } };
const NAMED = new Set([
  'button',
  'link',
  'textbox',
  'combobox',
  'checkbox',
  'tab',
  'meter',
  'image',
  'log',
  'region',
]);
/** One red point. */
const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC',
  'base64',
);

browserSuite('the page', (open) => {
  test('the tour: pressing what glows leads through top-up, late money, a lie and a kill', async () => {
    const page = await open();
    await new Phone(page, 'Laylo').begin();
    const tour = page.getByRole('region', { name: 'Guided tour' });
    const paid: number[] = [];
    for (const title of ['Top up a balance', 'Pay late', 'Forge a webhook', 'Kill the program']) {
      await tour.getByRole('heading', { name: title }).waitFor();
      await pressWhatGlows(page);
      paid.push(await paidOrders(page));
      await tour.getByRole('button', { name: 'Next' }).click();
    }
    await tour.getByRole('heading', { name: 'Pay a bill' }).waitFor();
    // Whoever is told that no payment is lost has seen one that was paid meanwhile. That is one or more: where several
    // orders wait, each of them glows.
    expect(paid[3]).toBeGreaterThan(paid[2] ?? 0);
    // The last step follows the questions, and does not lead back to the first.
    const phone = new Phone(page, 'Laylo');
    const glows = (what: string) => page.locator(`${what}[data-tour]`);
    await page.locator('[data-tour]').getByText('🧾 Pay bills').click();
    await glows('.inline-keyboard').waitFor();
    await phone.type('elektr');
    await phone.press(ELECTRICITY);
    await glows('.inline-keyboard').waitFor();
    await phone.press('Tashkent city');
    await phone.press('Almazar');
    await glows('chat-composer').waitFor();
    await phone.type('1000000');
    await glows('.inline-keyboard').waitFor();
    await phone.press('Another sum');
    await phone.sees('How much would you like to pay');
    await phone.type('20 000');
    await glows('button').getByText('Pay 2').click();
    await tour.getByText('done ✓').waitFor();
    await tour.getByRole('button', { name: 'Finish' }).click();
    await tour.getByRole('button', { name: 'Close' }).click();
    expect(await tour.count()).toBe(0);
    await page.reload();
    await books(page).getByRole('heading', { name: 'Balances' }).waitFor();
    expect(await tour.count()).toBe(0);
    await page.getByRole('button', { name: 'Tour' }).click();
    await tour.getByRole('heading', { name: 'Top up a balance' }).waitFor();
  });

  test.each(['light', 'dark'] as const)('every text can be read when it is %s', async (theme) => {
    const page = await open({ colorScheme: theme });
    await showMuch(page);
    expect(await page.evaluate(FAINT_TEXTS)).toEqual([]);
    await page.getByRole('button', { name: 'Dark theme' }).click();
    expect(await page.evaluate(FAINT_TEXTS)).toEqual([]);
  });

  test('whatever can be pressed or filled in has a name', async () => {
    const page = await open();
    await showMuch(page);
    const session = await page.context().newCDPSession(page);
    const { nodes } = await session.send('Accessibility.getFullAXTree');
    const known = nodes.filter(({ ignored, role }) => !ignored && NAMED.has(String(role?.value)));
    expect(known.length).toBeGreaterThan(60);
    const nameless = known.filter(({ name }) => String(name?.value ?? '').trim() === '');
    expect(nameless.map(({ role, properties }) => ({ role, properties }))).toEqual([]);
  });

  test('on a narrow screen the parts are tabs, and nothing is wider than the screen', async () => {
    const page = await open(NARROW);
    await new Phone(page, 'Laylo').begin();
    const tabs = page.getByRole('tablist', { name: 'Parts of the sandbox' });
    await tabs.getByRole('tab', { name: 'Phones' }).focus();
    for (const part of [books(page), world(page), page.getByRole('region', { name: 'Phones' })]) {
      await page.keyboard.press('ArrowLeft');
      await part.waitFor();
      expect(await page.evaluate(WIDER_THAN_SHOWN)).toEqual([]);
    }
  });

  test('a theme that was chosen stays', async () => {
    const page = await open({ colorScheme: 'light' });
    const button = page.getByRole('button', { name: 'Dark theme' });
    expect(await button.getAttribute('aria-pressed')).toBe('false');
    await button.click();
    await page.reload();
    expect(await button.getAttribute('aria-pressed')).toBe('true');
  });

  test('the keyboard alone: another phone, the menu of commands, and back', async () => {
    const page = await open();
    await new Phone(page, 'Laylo').begin();
    await page.getByRole('tab', { name: 'Laylo' }).focus();
    await page.keyboard.press('ArrowRight');
    expect(await focused(page)).toContain('Owner');
    await page.keyboard.press('ArrowLeft');
    const menu = page.getByRole('button', { name: 'Menu', exact: true });
    await menu.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('list', { name: 'Commands' }).waitFor();
    expect(await focused(page)).toContain('/start');
    await page.keyboard.press('Escape');
    expect(await focused(page)).toContain('Menu');
  });

  test('a pressed button whose place another one takes hands the focus to all of them', async () => {
    const page = await open();
    const phone = await new Phone(page, 'Laylo').begin();
    await phone.press('💰 Top up balance');
    // In the newest message: one that asks the same may stand above, and what lies between has keys too.
    await page.locator('.inline-keyboard').last().getByRole('button', { name: 'Click' }).focus();
    await page.keyboard.press('Enter');
    await phone.sees('how much');
    await expect
      .poll(() => page.evaluate('document.activeElement.className'), PATIENT)
      .toBe('inline-keyboard');
  });

  test('the clock of the page is the one that the bot writes', async () => {
    const page = await open();
    const phone = await new Phone(page, 'Laylo').begin();
    await order(page, { phone, provider: 'Payfer', sum: '42 000' });
    const stamp = phone.message(/Pay before/).locator('.stamp time');
    const at = new Date((await stamp.getAttribute('datetime')) ?? '');
    const tashkent = new Date(at.getTime() + 5 * 3_600_000).toISOString().slice(11, 16);
    expect(await stamp.innerText()).toBe(tashkent);
    // The deadline by this clock, with its day when that is tomorrow, and in how long it is.
    const [deadline = '', left = ''] = await phone
      .message(/Pay before/)
      .locator('time-words')
      .allInnerTexts();
    expect(deadline).toMatch(/^\d\d:\d\d(, \d\d\.\d\d\.\d\d)?$/);
    expect(left).toMatch(/^in \d+ min/);
  });

  test('a person sends a photo, which is shown', async () => {
    const page = await open();
    await new Phone(page, 'Laylo').begin();
    const file = { name: 'receipt.png', mimeType: 'image/png', buffer: PICTURE };
    await page.getByLabel('Send a photo').setInputFiles(file);
    const picture = page.getByRole('log').getByRole('img').last();
    await picture.waitFor();
    const width = await picture.evaluate(async (image: Picture) => {
      await image.decode();
      return image.naturalWidth;
    });
    expect(width).toBe(1);
  });

  test('a person who blocks the bot hears nothing, and the others do', async () => {
    const page = await open();
    const owner = await new Phone(page, 'Owner').begin();
    const phone = await new Phone(page, 'Laylo').begin();
    await page.getByRole('button', { name: 'This phone' }).click();
    await page.getByRole('checkbox', { name: 'Laylo blocks the bot' }).check();
    await owner.take();
    await owner.type('/credit 1003 1 000 while blocked');
    await owner.press('Confirm');
    await books(page).getByText('while blocked').waitFor();
    await phone.take();
    expect(await page.getByRole('log').getByText('while blocked').count()).toBe(0);
    await page.getByRole('checkbox', { name: 'Laylo blocks the bot' }).uncheck();
    await phone.sees('while blocked');
  });
});

interface Picture {
  decode(): Promise<void>;
  naturalWidth: number;
}

interface Lit {
  isConnected: boolean;
  hasAttribute(name: string): boolean;
}

function hasGoneOut(element: Lit | null): boolean {
  return element === null || !element.isConnected || !element.hasAttribute('data-tour');
}

const WIDER_THAN_SHOWN = `[document.documentElement, ...document.querySelectorAll('.part')]
  .filter((element) => element.scrollWidth > element.clientWidth)
  .map((element) => element.id + ' ' + element.scrollWidth + ' > ' + element.clientWidth)`;

/** By what the books say. */
async function paidOrders(page: Page): Promise<number> {
  const cards = world(page).getByRole('article').filter({ hasText: 'Payfer' });
  return await cards.locator('.state.paid').count();
}

/** Until the step is done. */
async function pressWhatGlows(page: Page): Promise<void> {
  const glowing = page.locator('button[data-tour]');
  const done = page.getByRole('region', { name: 'Guided tour' }).getByText('done ✓');
  for (;;) {
    await glowing.or(done).first().waitFor();
    if (await done.isVisible()) return;
    // What is gone meanwhile need not be pressed: something else glows, or the step is done.
    const button = await glowing
      .first()
      .elementHandle({ timeout: 2000 })
      .catch(() => null);
    if (button === null) continue;
    await button.click({ timeout: 2000 }).catch(() => undefined);
    await page.waitForFunction(hasGoneOut, button);
  }
}

/** As much as fits: messages, an order that waits, its trouble. */
async function showMuch(page: Page): Promise<void> {
  const phone = await new Phone(page, 'Laylo').begin();
  if ((await orderCard(page, /^AutoPayCard, 41/).count()) === 0) {
    await order(page, { phone, provider: 'AutoPayCard', sum: '41 000' });
  }
  await page.getByRole('button', { name: 'This phone' }).click();
  const trouble = world(page).getByRole('combobox', { name: 'RasmiyPay: how it works' });
  await trouble.selectOption('down');
}

async function focused(page: Page): Promise<string> {
  return String(await page.evaluate('document.activeElement.textContent'));
}
