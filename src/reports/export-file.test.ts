import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import readExcelFile from 'read-excel-file/node';
import { expect, onTestFinished, test } from 'vitest';
import type { Bill } from '../bills/bill.ts';
import { loadTexts } from '../bot/locales/texts.ts';
import { exportWords } from '../bot/desk/export/export-words.ts';
import type { Database } from '../db/database.ts';
import { billHistory, bills, topupHistory, topups, users } from '../db/tables.ts';
import { DAY_MS } from '../core/calendar.ts';
import { figuresOf, movementsOf } from '../ledger/figures.ts';
import { post } from '../ledger/ledger.ts';
import { createTestClock } from '../testing/clock.ts';
import { temporaryDatabase, type TemporaryDatabase } from '../testing/database.ts';
import { AT, topupEntry } from '../testing/ledger.ts';
import type { ExportOutcome } from './export-order.ts';
import { type Reports, reportsInProcess, reportsInPlace } from './reports.ts';

const MALICIOUS = '=HYPERLINK("http://x.example","+1")';
const PERIOD = { fromAt: AT - DAY_MS, toAt: AT + DAY_MS };

type Cell = string | number | boolean | Date | null;

interface Stage {
  database: TemporaryDatabase;
  folder: string;
}

function open(): Stage {
  const database = temporaryDatabase();
  const folder = mkdtempSync(join(tmpdir(), 'tolov-export-'));
  onTestFinished(async () => {
    await database.remove();
    rmSync(folder, { recursive: true, force: true });
  });
  return { database, folder };
}

const inPlace = ({ database: { db }, folder }: Stage): Reports => reportsInPlace({ db, folder });

/** Made by `reports`, opened and read as a person would. */
async function exported(
  reports: Reports,
  options: { maxBytes?: number; language?: 'ru' | 'en' } = {},
): Promise<{ outcome: ExportOutcome; sheets: Map<string, Cell[][]> }> {
  const path = await reports.newFile('test.xlsx');
  const words = exportWords(loadTexts()(options.language ?? 'en'));
  const { maxBytes = 50_000_000 } = options;
  const outcome = await reports.writeExport({ period: PERIOD, words, path, maxBytes });
  if (outcome.kind !== 'written') return { outcome, sheets: new Map() };
  const sheets = await readExcelFile(path);
  return { outcome, sheets: new Map(sheets.map(({ sheet, data }) => [sheet, data as Cell[][]])) };
}

/** A column's cells by its header, without the totals. */
function column(sheet: Cell[][] | undefined, header: string): Cell[] {
  const index = sheet?.[0]?.indexOf(header) ?? -1;
  if (!sheet || index < 0) throw new Error(`no column ${header}`);
  return sheet.slice(1, -1).map((row) => row[index] ?? null);
}

function total(sheet: Cell[][] | undefined, header: string): Cell {
  return sheet?.at(-1)?.[sheet[0]?.indexOf(header) ?? -1] ?? null;
}

const sum = (cells: Cell[]): number =>
  Math.round(cells.reduce<number>((all, cell) => all + Number(cell ?? 0) * 100, 0));

/** Orders paid by a person with a malicious name, one before the period, and a bill. */
async function fill(db: Database, { count = 3 } = {}): Promise<void> {
  const person = { firstName: MALICIOUS, lastName: '@SUM(1)', username: 'ali' };
  await db.tx((tx) =>
    tx
      .insert(users)
      .values({ id: 7, ...person, createdAt: AT, seenAt: AT })
      .onConflictDoNothing(),
  );
  const order = { userId: 7, provider: 'inpay', state: 'paid', expiresAt: AT } as const;
  await db.tx(async (tx) => {
    for (let i = 0; i < count; i += 1) {
      const at = i === 0 ? AT - 2 * DAY_MS : AT + i;
      const tiyin = 1_234_501 + i;
      const sums = { baseTiyin: tiyin, amountTiyin: tiyin, paidTiyin: tiyin };
      const id = `O${i}`;
      const times = { createdAt: at, paidAt: at };
      await tx.insert(topups).values({ id, orderCode: `secret-${i}`, ...order, ...sums, ...times });
      for (const toState of ['creating', 'paid'] as const) {
        await tx.insert(topupHistory).values({ topupId: id, at, toState, cause: 'poll' });
      }
      await post(tx, { ...topupEntry(`topup:${id}`, 7, tiyin), at, reason: '-1+1' });
    }
  });
}

async function addBill(db: Database, id: string, state: Bill['state']): Promise<void> {
  await db.tx(async (tx) => {
    await tx.insert(bills).values({
      id,
      userId: 7,
      confirmationId: id,
      serviceId: '1',
      serviceName: '+Power',
      account: { card: '8600 1234 5678 9012', meter: '=1+1' },
      amountTiyin: 2_000_000,
      feeTiyin: 1050,
      source: 'balance',
      state,
      transactionId: `T-${id}`,
      createdAt: AT,
    });
    await tx.insert(billHistory).values({ billId: id, at: AT, toState: 'held', cause: 'user' });
  });
}

test('holds the orders, bills and entries of the period; sums are those of the books', async () => {
  const stage = open();
  const { db } = stage.database;
  await fill(db);
  await addBill(db, 'B1', 'paid');
  await addBill(db, 'B2', 'failed');
  const { outcome, sheets } = await exported(inPlace(stage));
  expect(outcome).toMatchObject({ kind: 'written', rows: 2 + 2 + 4 });
  const figures = await figuresOf(db.read, PERIOD);
  const orders = sheets.get('Orders');
  expect(column(orders, 'ID')).toEqual(['O1', 'O2']);
  expect(sum(column(orders, "Paid, so'm"))).toBe(figures.inTiyin);
  expect(sum([total(orders, "Paid, so'm")])).toBe(figures.inTiyin);
  const entries = sheets.get('Entries');
  const accounts = column(entries, 'Account in the books');
  const plus = column(entries, "Plus, so'm");
  const minus = column(entries, "Minus, so'm");
  for (const { account, amountTiyin } of await movementsOf(db.read, PERIOD)) {
    const own = account === 'users:available' ? 'user:7:available' : account;
    const of = (cells: Cell[]): number => sum(cells.filter((_, row) => accounts[row] === own));
    expect(of(plus) - of(minus)).toBe(amountTiyin);
  }
  expect(total(entries, "Plus, so'm")).toBe(total(entries, "Minus, so'm"));
  const made = sheets.get('Bills');
  expect(column(made, "Amount, so'm")).toEqual([20_000, 20_000]);
  expect(column(made, "Paid, so'm")).toEqual([20_010.5, null]);
  expect([total(made, "Paid, so'm"), total(made, "Fee, so'm")]).toEqual([20_010.5, 10.5]);
});

test('dates are dates in Tashkent, sums are numbers', async () => {
  const stage = open();
  await fill(stage.database.db);
  const { sheets } = await exported(inPlace(stage));
  const [created] = column(sheets.get('Entries'), 'Created');
  expect(created).toBeInstanceOf(Date);
  // 12:00 there.
  expect((created as Date).toISOString()).toBe('2026-01-05T12:00:00.000Z');
  expect(column(sheets.get('Orders'), "Asked, so'm")).toEqual([12_345.02, 12_345.03]);
});

test('what looks like a formula stays text; numbers of cards and secrets stay out', async () => {
  const stage = open();
  await fill(stage.database.db);
  await addBill(stage.database.db, 'B1', 'paid');
  const { sheets } = await exported(inPlace(stage));
  expect(column(sheets.get('Orders'), 'Name')[0]).toBe(`${MALICIOUS} @SUM(1)`);
  expect(column(sheets.get('Orders'), 'Username')[0]).toBe('@ali');
  expect(column(sheets.get('Entries'), 'Reason')[0]).toBe('-1+1');
  expect(column(sheets.get('Bills'), 'Service')).toEqual(['+Power']);
  expect(column(sheets.get('Bills'), 'Account')).toEqual(['card: •••• 9012; meter: =1+1']);
  expect(JSON.stringify([...sheets])).not.toMatch(/secret|8600/);
});

test.each([
  'ali_x0041_vali',
  '_x005F_x0041_',
  '_x0041_x0042_',
  '_x000d_',
  '__x0041__',
  '=1+1',
  '+998 90 123',
  "'quoted",
  '<b>&amp;</b> "x"',
  'Ўткир 👨‍👩‍👧 ‮evil',
  '  spaces  around  ',
  '[_xABCD_',
])('a second reader finds the name "%s" as it is', async (name) => {
  const stage = open();
  const { db } = stage.database;
  await fill(db);
  await db.tx((tx) => tx.update(users).set({ firstName: name, lastName: '' }));
  const { sheets } = await exported(inPlace(stage));
  expect(column(sheets.get('Orders'), 'Name')).toEqual([name.trim(), name.trim()]);
});

test('what XML has no character for becomes a blank', async () => {
  const stage = open();
  const { db } = stage.database;
  await fill(db);
  // No NUL: PostgreSQL has none, and what stands for it is the database's.
  const name = 'a\u0001b\u0002c\ud800d\uffffe\nf';
  await db.tx((tx) => tx.update(users).set({ firstName: name, lastName: '' }));
  const { sheets } = await exported(inPlace(stage));
  const [first] = column(sheets.get('Orders'), 'Name');
  expect(first).toMatch(/^a b c[ \ufffd]+d e f$/);
});

test('an empty period has no rows, only headers and totals, in the language asked for', async () => {
  const { outcome, sheets } = await exported(inPlace(open()), { language: 'ru' });
  expect(outcome).toMatchObject({ kind: 'written', rows: 0 });
  expect([...sheets.keys()]).toEqual(['Пополнения', 'Услуги', 'Записи']);
  expect(sheets.get('Записи')?.[0]?.slice(0, 2)).toEqual(['Запись', 'Создан']);
  expect(sheets.get('Записи')?.[1]?.[0]).toBe('Итого');
});

test('many pages are read, and none twice', async () => {
  const stage = open();
  await fill(stage.database.db, { count: 1203 });
  const { outcome, sheets } = await exported(inPlace(stage));
  expect(outcome).toMatchObject({ rows: 1202 * 3 });
  expect(new Set(column(sheets.get('Orders'), 'ID')).size).toBe(1202);
  const figures = await figuresOf(stage.database.db.read, PERIOD);
  expect(sum([total(sheets.get('Orders'), "Paid, so'm")])).toBe(figures.inTiyin);
});

test('a file larger than what can be sent is given up', async () => {
  const stage = open();
  await fill(stage.database.db);
  const { outcome } = await exported(inPlace(stage), { maxBytes: 500 });
  expect(outcome).toEqual({ kind: 'too_large' });
});

test('a process of its own makes the same, and what was left behind goes at the start', async () => {
  const stage = open();
  await fill(stage.database.db);
  const { folder } = stage;
  const clock = createTestClock();
  const aside = reportsInProcess({ address: stage.database.address, folder, clock });
  const there = await exported(aside);
  const here = await exported(inPlace(stage));
  expect([...there.sheets]).toEqual([...here.sheets]);
  expect(there.outcome).toMatchObject({ kind: 'written', rows: 6 });
  aside.stop();
  await expect(exported(aside)).rejects.toThrow('the program stops');
});
