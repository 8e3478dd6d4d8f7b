/**
 * Makes the pictures of docs/images: plays with a fresh sandbox in Chromium and takes what is on the screen. Run it with
 * `npm run screenshots`, and look at the pictures before you commit them.
 */
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { launchChromium } from '../test/browser/chromium.ts';
import { books, fillBill, order, Phone, world } from '../test/browser/play.ts';
import { startSandboxProcess } from '../test/browser/sandbox-process.ts';
import { shootStates } from './states.ts';

const FOLDER = fileURLToPath(new URL('../docs/images/', import.meta.url));
const DESKTOP = { viewport: { width: 1440, height: 900 } };
const HAND = { viewport: { width: 390, height: 760 }, deviceScaleFactor: 2 };
/** How long the owner's desk may think about a chart before this goes on without it. */
const CHART_MS = 15_000;

const sandbox = await startSandboxProcess();
const browser = await launchChromium();
try {
  mkdirSync(FOLDER, { recursive: true });
  await shootStates(browser, FOLDER);
  await takeAll(browser, sandbox.url);
} finally {
  await browser.close();
  await sandbox.stop();
}

async function takeAll(chromium: Browser, url: string): Promise<void> {
  const page = await open(chromium, { url, options: DESKTOP });
  await playABit(page);
  await shoot(page, 'sandbox');
  const hand = await open(chromium, { url, options: HAND });
  await endTour(hand);
  await new Phone(hand, 'Laylo').begin();
  await foldKeyboard(hand);
  await shoot(hand, 'order');
  await shootBill(hand);
  await shootWorld(hand);
  await page.getByRole('button', { name: 'Dark theme' }).click();
  await page.getByRole('button', { name: 'Kill' }).click();
  await world(page).locator('.state.starting').waitFor();
  await shoot(page, 'kill');
  await world(page).locator('.state.running').waitFor();
  await shootOwner(hand);
}

async function open(
  chromium: Browser,
  { url, options }: { url: string; options: BrowserContextOptions },
): Promise<Page> {
  const context = await chromium.newContext({ ...options, colorScheme: 'light' });
  const page = await context.newPage();
  await page.goto(url);
  return page;
}

/** Somebody has topped up and paid a bill, and is about to pay once more. */
async function playABit(page: Page): Promise<void> {
  await new Phone(page, 'Owner').begin();
  const phone = await new Phone(page, 'Laylo').begin();
  const card = await order(page, { phone, provider: 'AutoPayCard', sum: '200 000' });
  await card.getByRole('button', { name: 'Pay exactly' }).click();
  await phone.sees('is on your balance');
  await page.getByRole('region', { name: 'Guided tour' }).getByText('done ✓').waitFor();
  await page.getByRole('button', { name: 'Next' }).click();
  await fillBill(phone, '85 000');
  await phone.press(/Pay 85.000/);
  await phone.sees("Paid: 85 000 so'm");
  await order(page, { phone, provider: 'Payfer', sum: '50 000' });
  await books(page).getByText('waiting', { exact: true }).waitFor();
  await foldKeyboard(page);
}

async function foldKeyboard(page: Page): Promise<void> {
  await page.getByRole('button', { name: "Bot's keyboard" }).click();
}

async function shootBill(page: Page): Promise<void> {
  const phone = new Phone(page, 'Laylo');
  await foldKeyboard(page);
  await fillBill(phone, '40 000');
  await phone.sees('Please check and confirm');
  await foldKeyboard(page);
  await shoot(page, 'bill');
  await phone.press(/Pay 40.000/);
  await phone.sees("Paid: 40 000 so'm");
}

async function shootWorld(page: Page): Promise<void> {
  await page.getByRole('tab', { name: 'Books' }).click();
  await books(page).getByRole('heading', { name: 'Entries' }).waitFor();
  await shoot(page, 'books');
  await page.getByRole('tab', { name: 'Phones' }).click();
}

/** The owner's chart, where the bot draws one; else what an owner sees of a person. */
async function shootOwner(page: Page): Promise<void> {
  const owner = await new Phone(page, 'Owner').begin();
  await owner.type('/stats');
  const chart = page.getByRole('log').getByRole('img').last();
  const isDrawn = await chart.waitFor({ timeout: CHART_MS }).then(
    () => true,
    () => false,
  );
  if (isDrawn) {
    await chart.evaluate(async (image: { decode(): Promise<void> }) => await image.decode());
  } else {
    // The answer to an unknown command moves out of sight.
    await owner.type('/orders');
    await owner.sees('Open payments');
    await owner.type('/orders');
    await owner.type('/user 1003');
    await owner.sees('Last payments');
  }
  await foldKeyboard(page);
  await shoot(page, 'owner');
}

async function endTour(page: Page): Promise<void> {
  await page
    .getByRole('region', { name: 'Guided tour' })
    .getByRole('button', { name: 'End' })
    .click();
}

/** Short notices are gone and nothing moves. */
async function shoot(page: Page, name: string): Promise<void> {
  await page.locator('.toast').first().waitFor({ state: 'detached' });
  await page.evaluate('document.activeElement.blur()');
  await page.screenshot({ path: `${FOLDER}${name}.png`, animations: 'disabled', caret: 'hide' });
  console.log(`docs/images/${name}.png`);
}
