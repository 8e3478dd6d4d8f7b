/** Playing with the page as a person does: by what is written on it. Every step waits for what it needs. */
import type { Locator, Page } from 'playwright-core';
import { patience } from '../../src/testing/patience.ts';

type Words = string | RegExp;

/** Of each step on the page. */
export const PATIENCE_MS = patience(20_000);
/** For `expect.poll`. */
export const PATIENT = { timeout: PATIENCE_MS };

/** The phone of one person. */
export class Phone {
  readonly #page: Page;
  readonly #name: string;

  constructor(page: Page, name: string) {
    this.#page = page;
    this.#name = name;
  }

  /** Takes the phone into the hand. */
  async take(): Promise<this> {
    await this.#page.getByRole('tab', { name: this.#name }).click();
    return this;
  }

  /** Takes it, and begins with the bot when that was never done. */
  async begin(): Promise<this> {
    await this.take();
    const start = this.#screen.getByRole('button', { name: 'START', exact: true });
    const menu = this.#screen.getByRole('button', { name: '💰 Top up balance' });
    await start.or(menu).first().waitFor();
    if (await start.isVisible()) {
      await start.click();
      await this.press(/English/);
    }
    await menu.first().waitFor();
    return this;
  }

  /** Presses the newest button that says so, under a message or in the bot's keyboard. */
  async press(label: Words): Promise<void> {
    await this.#screen.getByRole('button', { name: label }).last().click();
  }

  async type(text: string): Promise<void> {
    await this.#screen.getByRole('textbox', { name: 'Message' }).fill(text);
    await this.#page.keyboard.press('Enter');
  }

  /** Waits until a message of the bot says so, however long ago it came. */
  async sees(text: Words, { patienceMs = PATIENCE_MS } = {}): Promise<void> {
    await this.message(text).waitFor({ timeout: patienceMs });
  }

  /** Waits until the newest message of the bot says so: what is pressed next is under it, not under an older one. */
  async isAsked(text: Words): Promise<void> {
    const newest = this.#screen.getByRole('log').locator('.message.bot').last();
    await newest.filter({ hasText: text }).waitFor();
  }

  /** The newest message that says so. */
  message(text: Words): Locator {
    return this.#screen.getByRole('log').locator('.message.bot').filter({ hasText: text }).last();
  }

  link(label: Words): Locator {
    return this.#screen.getByRole('link', { name: label }).last();
  }

  get #screen(): Locator {
    return this.#page.getByRole('tabpanel', { name: this.#name });
  }
}

/** Orders a top-up of a sum that nobody else in the suite asks for. Returns the order's card. */
export async function order(
  page: Page,
  { phone, provider, sum }: { phone: Phone; provider: string; sum: string },
): Promise<Locator> {
  await phone.press('💰 Top up balance');
  await phone.isAsked('Choose how to pay');
  const way = provider === 'inPAY' ? 'Click' : provider;
  if (way === provider) await phone.press('🔁 Another method');
  await phone.press(way);
  await phone.isAsked(`${way}: how much`);
  await phone.type(sum);
  await phone.sees(new RegExp(`Top-up № \\w+ · ${provider}[^]*${sum.slice(0, 2)}`));
  return orderCard(page, new RegExp(`^${provider}, ${sum.slice(0, 2)}`));
}

/** As it is called in English. */
export const ELECTRICITY = 'Electricity';
/** As Paylov itself calls it, in the world outside and in the books. */
export const ELECTRICITY_AT_PAYLOV = 'Плата за электроэнергию';

/** A bill for electricity, up to the confirmation, or to the question how to pay where the balance is too small. */
export async function fillBill(phone: Phone, sum: string): Promise<void> {
  await phone.press('🧾 Pay bills');
  await phone.isAsked('Choose a category');
  await phone.type('elektr');
  await phone.press(ELECTRICITY);
  await phone.press('Tashkent city');
  await phone.press('Almazar');
  await phone.isAsked('Account number');
  await phone.type('1000000');
  await phone.press('Another sum');
  await phone.isAsked('How much would you like to pay');
  await phone.type(sum);
  await phone.isAsked(/What would you like to pay with|check and confirm/);
}

/** The newest order of a payment system, as its payer has it. */
export function orderCard(page: Page, name: Words): Locator {
  return world(page).getByRole('article', { name }).first();
}

export function world(page: Page): Locator {
  return page.getByRole('region', { name: 'The outside world' });
}

export function books(page: Page): Locator {
  return page.getByRole('region', { name: 'The books' });
}

/** What an account of the books holds now, as it is written there: `50 001,50`. */
export async function balanceOf(page: Page, account: string): Promise<string> {
  const table = books(page).getByRole('table', { name: 'Balances' });
  const row = table.getByRole('row', { name: account });
  return plain(await row.getByRole('cell').innerText());
}

/** How many entries of the books put exactly this sum somewhere; waits for the first one when there must be one. */
export async function entriesOf(
  page: Page,
  sum: string,
  { isAwaited = true } = {},
): Promise<number> {
  const amounts = books(page).getByRole('article').getByRole('cell', { name: sum, exact: true });
  if (isAwaited) await amounts.first().waitFor();
  return await amounts.count();
}

/** The sum that an order asks for, as it is written on its card. */
export async function sumOf(card: Locator): Promise<string> {
  const text = await card.getByTitle('Copy the sum').innerText();
  return plain(text).replace(" so'm", '');
}

function plain(text: string): string {
  return text.replaceAll(/[\u00a0\u202f]/g, ' ').trim();
}
