import { beforeEach, expect, it, onTestFinished } from 'vitest';
import type { Database } from '../db/database.ts';
import { terms as rows } from '../db/tables.ts';
import { NAMED_WAYS } from '../core/payment-systems.ts';
import { temporaryDatabase } from '../testing/database.ts';
import { type TermName, type Terms, termsIf, termsReader, termText } from './terms.ts';

const FIRST: Terms = {
  minTiyin: 100_000,
  maxTiyin: 1_000_000_000,
  presetsTiyin: [1_000_000, 5_000_000],
  feeHundredths: 50,
  ways: NAMED_WAYS,
  contact: null,
  quietHours: { from: 21, until: 9 },
};

let db: Database;
const read = async () => await termsReader(FIRST)(db.read);

beforeEach(() => {
  const file = temporaryDatabase();
  onTestFinished(() => file.remove());
  db = file.db;
});

async function choose(name: string, value: string): Promise<void> {
  await db.tx(async (tx) => {
    await tx.insert(rows).values({ name, value, changedBy: 900, changedAt: 1 });
  });
}

it('begins with the environment, and what was chosen goes before it at once', async () => {
  expect(await read()).toEqual(FIRST);
  await choose('BILL_FEE_PERCENT', '1.5');
  await choose('TOPUP_ORDER', 'payfer,click');
  expect(await read()).toEqual({
    ...FIRST,
    feeHundredths: 150,
    ways: ['payfer', 'click'],
  });
});

it('leaves out what another version wrote', async () => {
  await choose('BILL_FEE_PERCENT', '99');
  await choose('TOPUP_PRESETS', '');
  await choose('SOMETHING_NEWER', '1');
  await choose('TOPUP_MAX', '50000');
  expect(await read()).toEqual({ ...FIRST, maxTiyin: 5_000_000 });
});

it('takes limits from the environment where what was chosen leaves no sum beside it', async () => {
  await choose('TOPUP_MIN', '20000000');
  expect(await read()).toEqual(FIRST);
});

it('writes every term as it reads it', async () => {
  const texts: [TermName, string][] = [
    ['TOPUP_MIN', '5000'],
    ['TOPUP_MAX', '6000'],
    ['TOPUP_PRESETS', '5000,6000'],
    ['BILL_FEE_PERCENT', '0.29'],
    ['TOPUP_ORDER', 'autopaycard,payme'],
    ['SUPPORT_CONTACT', '@tolov_help'],
    ['SUPPORT_CONTACT', '+998 90 123-45-67'],
    ['SUPPORT_CONTACT', 'https://example.com/help'],
    ['QUIET_HOURS', '22-8'],
  ];
  for (const [name, text] of texts) {
    const next = termsIf(FIRST, { name, text, first: FIRST });
    expect(next && termText(next, name)).toBe(text);
    expect(next && termsIf(next, { name, text: null, first: FIRST })).toEqual(FIRST);
  }
});

it('leads help to the staff again where the environment has a contact', async () => {
  const first = { ...FIRST, contact: { shown: '@tolov_help', url: 'https://t.me/tolov_help' } };
  await choose('SUPPORT_CONTACT', '');
  expect((await termsReader(first)(db.read)).contact).toBeNull();
});

it.each<[TermName, string]>([
  ['TOPUP_MIN', '10000001'],
  ['TOPUP_MAX', '999'],
  ['TOPUP_MAX', '0'],
  ['TOPUP_PRESETS', '10000,x'],
  ['BILL_FEE_PERCENT', '20.01'],
  ['TOPUP_ORDER', 'payfer,paypal'],
  ['TOPUP_ORDER', ''],
  ['SUPPORT_CONTACT', 'help'],
  ['QUIET_HOURS', '9-21'],
  ['QUIET_HOURS', ''],
])('does not take %s=%s', (name, text) => {
  expect(termsIf(FIRST, { name, text, first: FIRST })).toBeNull();
});
