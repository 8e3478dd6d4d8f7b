import { describe, expect, it } from 'vitest';
import type { Digest } from '../../../books/digest.ts';
import type { PaylovFinding } from '../../../books/paylov-figures.ts';
import type { ShopComparison } from '../../../books/shop-figures.ts';
import { LANGUAGES } from '../../../core/language.ts';
import { parseHtml } from '../../../../sandbox/telegram/html-parser.ts';
import { loadTexts } from '../../locales/texts.ts';
import { auditScreen, dayScreen, headScreen } from './books-screens.ts';
import { digestMessage } from '../../news/digest.ts';
import { floatQuestion, floatResult, floatScreen } from './float-screens.ts';

const texts = loadTexts();
const AT = Date.UTC(2026, 0, 5, 7);
/** Telegram's limit for a message. */
const MAX_TEXT = 4096;

/** As a person reads it. Throws for HTML that Telegram refuses. */
function plain(html: string): string {
  return parseHtml(html, { checkLink: () => undefined, mention: () => undefined }).text;
}

const SHOP = {
  kind: 'compared',
  provider: 'payfer',
  fromAt: AT,
  toAt: AT,
  crossed: false,
  itemId: null,
} as const;
const SHOPS: ShopComparison[] = [
  { ...SHOP, by: 'total', theirsTiyin: 500, oursTiyin: 500, differenceTiyin: 0 },
  { ...SHOP, by: 'total', theirsTiyin: 900, oursTiyin: 500, differenceTiyin: 400, itemId: 'S1' },
  { ...SHOP, by: 'total', theirsTiyin: 500, oursTiyin: 900, differenceTiyin: -400 },
  { ...SHOP, by: 'balance', theirsTiyin: -500, oursTiyin: 900, differenceTiyin: -1400 },
  {
    ...SHOP,
    provider: 'rasmiypay',
    by: 'total',
    theirsTiyin: 900,
    oursTiyin: 500,
    differenceTiyin: 400,
    crossed: true,
  },
  { kind: 'no_figures', provider: 'rasmiypay' },
  { kind: 'nothing_to_compare', provider: 'inpay' },
];

const FINDINGS: PaylovFinding[] = [
  { kind: 'paid_there_only', transactionId: '<T>', amountTiyin: 5, billId: null },
  { kind: 'captured_here_only', transactionId: 'T', amountTiyin: 5, billId: 'B' },
  { kind: 'other_amount', transactionId: 'T', billId: 'B', hereTiyin: 1, thereTiyin: 2 },
  { kind: 'unreadable_there', transactionId: null, billId: null },
];

const DIGEST: Digest = {
  inByProvider: { payfer: { tiyin: 100, count: 1 } },
  inTiyin: 100,
  creditedTiyin: 100,
  billsTiyin: 50,
  billsCount: 1,
  feesTiyin: 1,
  creditsTiyin: 5,
  debitsTiyin: 0,
  usersTiyin: 1000,
  floatTiyin: -5,
  differences: [
    { provider: 'payfer', tiyin: -400, findings: 1 },
    { provider: 'paylov', tiyin: null, findings: 3 },
  ],
  compared: 2,
  uncompared: ['rasmiypay'],
  oldest: { kind: 'suspense', at: AT },
  openCases: 2,
  uptime: { payfer: 99 },
  backupAt: AT,
  copiedElsewhere: false,
  seal: { entryId: 7, hash: '0123456789abcdef' },
};

describe.each(LANGUAGES)('in %s', (language) => {
  const t = texts(language);

  it('a bad audit fits a message, says how much more there is, and quotes nothing as markup', () => {
    const findings = Array.from({ length: 100 }, (_, n) => `<${n}> ${'x'.repeat(500)}`);
    const seals = { head: { entryId: 7, hash: '0123456789abcdef' }, waiting: 2 };
    const report = { clean: false, findings, entries: 7, accounts: 2, usersTiyin: 5, seals };
    const text = plain(auditScreen(t, report).text);
    expect(text.length).toBeLessThan(MAX_TEXT);
    expect(text).toContain('<0> xxx');
    expect(text).toContain('88');
    expect(text).toContain('/audit 7 0123456789ab');
    const clean = { ...report, clean: true, findings: [], seals: { head: null, waiting: 0 } };
    expect(plain(auditScreen(t, clean).text)).not.toContain('/audit');
  });

  it('each outcome of comparing a head is told apart', () => {
    const noted = { entryId: 7, hash: '0123456789ab' };
    const all = (['same', 'unknown', 'other'] as const).map((kind) =>
      plain(headScreen(t, { noted, outcome: { kind, hash: 'ffffffffffff' } }).text),
    );
    expect(new Set(all).size).toBe(3);
    expect(all[2]).toContain('ffffffffffff');
  });

  it('a day of comparisons says what to do, with a button where more came in there', () => {
    const takenBack = new Map([['payfer', { tiyin: 5_000_000, count: 3 }]]);
    const day = { day: '2026-01-05', previous: '2026-01-04', next: null, ours: {}, takenBack };
    const paylov = { findings: FINDINGS, there: 2, here: 1, complete: false };
    const of = (changes: object) =>
      dayScreen(t, { ...day, shops: SHOPS, paylov, isOwner: true, ...changes });
    const text = plain(of({}).text);
    expect(text.length).toBeLessThan(MAX_TEXT);
    expect(text).toContain('<T>');
    expect(text).toContain('S1');
    expect(text).toContain(': 3, 50');
    const found = (changes: object) =>
      JSON.stringify(of(changes).keyboard).includes('desk:rec:found:payfer.2026-01-05');
    expect([found({}), found({ isOwner: false })]).toEqual([true, false]);
    expect(JSON.stringify(of({}).keyboard)).not.toContain('found:rasmiypay');
    const noPaylov = plain(of({ paylov: undefined }).text);
    expect(noPaylov).not.toContain('Paylov');
    expect(plain(of({ paylov: null }).text)).toContain('Paylov');
  });

  it('the digest names each figure, and less where there is less', () => {
    const full = plain(digestMessage(t, { day: '2026-01-04', digest: DIGEST }).text);
    expect(full).toContain('04.01.2026');
    expect(full).toContain('/audit 7 0123456789ab');
    expect(full).toContain('RasmiyPay');
    const quiet = {
      differences: [],
      compared: 0,
      uncompared: [],
      oldest: null,
      uptime: {},
      backupAt: null,
      seal: null,
    };
    const bare = digestMessage(t, {
      day: '2026-01-04',
      digest: { ...DIGEST, ...quiet, creditsTiyin: 0, floatTiyin: null },
    });
    expect(plain(bare.text).split('\n').length).toBeLessThan(full.split('\n').length);
    expect(JSON.stringify(bare.keyboard)).not.toContain('desk:rec');
  });

  it('the digest does not speak of copies it knows nothing about', () => {
    const digest = { ...DIGEST, backupAt: null, copiedElsewhere: true };
    const { text } = digestMessage(t, { day: '2026-01-04', digest });
    expect(text).toContain(t('digest-backup-elsewhere'));
    expect(text).not.toContain(t('digest-no-backup'));
  });

  it("the operator's card is shown with the buttons each may press", () => {
    const rate = { paid: 1, ended: 2, unclear: 0 };
    const watched = { accounts: 3, people: 2 };
    const auto = { accounts: 1, paid: 2, paidTiyin: 100, failed: 0, neededTiyin: 100 };
    const view = { rate, watched, auto, alertTiyin: 500, mayPause: true, isOwner: true };
    const known = { leftTiyin: 400, writtenAt: 1, spentTiyin: -400 };
    const of = (changes: object) =>
      floatScreen(t, { ...view, paused: null, float: known, ...changes });
    const tapsOf = (changes: object) => {
      const keyboard = JSON.stringify(of(changes).keyboard);
      return ['pause', 'resume', 'deposit', 'balance'].filter((action) =>
        keyboard.includes(`desk:float:${action}`),
      );
    };
    expect(tapsOf({})).toEqual(['pause', 'deposit', 'balance']);
    expect(tapsOf({ paused: 'insufficient_funds', isOwner: false })).toEqual([]);
    expect(tapsOf({ float: { leftTiyin: null, writtenAt: null, spentTiyin: 5 } })).toEqual([
      'pause',
      'balance',
    ]);
    const carried = { amountTiyin: 5, name: 1, spentTiyin: 0, writtenTiyin: 0 };
    const screens = [
      of({ alertTiyin: null }),
      of({ float: { leftTiyin: 600, writtenAt: null, spentTiyin: -600 } }),
      floatQuestion(t, { kind: 'deposit', amountTiyin: 5, leftTiyin: null, carried }),
      floatQuestion(t, { kind: 'balance', amountTiyin: 5, leftTiyin: 7, carried }),
      ...(['written', 'same', 'repeated'] as const).map((kind) =>
        floatResult(t, { kind, leftTiyin: 5 }),
      ),
    ];
    expect(new Set(screens.map(({ text }) => plain(text))).size).toBe(screens.length);
  });
});
