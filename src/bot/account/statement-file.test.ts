/** A person's statement as a file, read again by a program that did not write it. */
import readExcelFile from 'read-excel-file/node';
import { describe, expect, it } from 'vitest';
import { ADJUSTMENTS, userAvailable } from '../../ledger/accounts.ts';
import { hold } from '../../ledger/holds.ts';
import { balanceOf, post } from '../../ledger/ledger.ts';
import { quotaUses } from '../../db/tables.ts';
import { realClock } from '../../core/deps.ts';
import { QUOTAS } from '../../quotas/limits.ts';
import { drawInProcess } from '../../receipts/drawing.ts';
import { setLanguage } from '../../users/users.ts';
import { ALI, type BotStage, labels, startBotStage, VALI } from '../bot.fixture.ts';
import { NOW } from '../samples.fixture.ts';
import { stretchOf } from './statement-spans.ts';

const DAY = 24 * 60 * 60_000;

async function withMoney(): Promise<BotStage> {
  const stage = await startBotStage();
  for (const { id } of [ALI, VALI]) await stage.meet(id);
  const moved = async (key: string, amountTiyin: number, at: number, userId = ALI.id) =>
    await stage.db.tx((tx) =>
      post(tx, {
        key,
        kind: amountTiyin < 0 ? 'debit' : 'topup',
        actor: 'system',
        at,
        lines: [
          { account: ADJUSTMENTS, amountTiyin: -amountTiyin },
          { account: userAvailable(userId), amountTiyin },
        ],
      }),
    );
  await moved('topup:OLD1', 7_000_000, NOW - 40 * DAY);
  await moved('topup:LAST1', 5_000_150, NOW - 10 * DAY);
  await moved('topup:NEW1', 1_000_000, NOW - DAY);
  await moved('theirs', 99, NOW - DAY, VALI.id);
  await moved('less', -500_000, NOW);
  await stage.db.tx((tx) =>
    hold(tx, { id: 'bill:B1', userId: ALI.id, amountTiyin: 2_000_000, at: NOW }),
  );
  return stage;
}

async function fileOf(stage: BotStage, data: string): Promise<{ name: string; bytes: Buffer }> {
  await stage.forge(data);
  const { file } = stage.last();
  if (!file) throw new Error('no file came');
  return { name: file.name ?? '', bytes: Buffer.from(stage.telegram.file(file.fileId)!) };
}

type Row = (string | number | Date | null)[];

async function rowsOf(stage: BotStage, data: string): Promise<Row[]> {
  const [sheet] = await readExcelFile((await fileOf(stage, data)).bytes);
  return sheet!.data as Row[];
}

describe('the statement as a file', () => {
  it('is offered in the statement, for each period as both kinds', async () => {
    const stage = await withMoney();
    await stage.say('/history');
    const { screen } = await stage.tap('As a file');
    expect(labels(screen)).toHaveLength(12);
    expect((await stage.tap('Back')).screen.text).toContain('What happened to your money');
  });

  it('has all lines of this person alone, and ends with the balance', async () => {
    const stage = await withMoney();
    const rows = await rowsOf(stage, 'statement_file:all:xlsx');
    const balance = (await balanceOf(stage.db.read, userAvailable(ALI.id))) / 100;
    expect(rows.map(([, what, number, sum, left]) => [what, number, sum, left])).toEqual([
      ['What happened', '№', "Sum, so'm", "Balance, so'm"],
      ['Balance before', null, null, 0],
      ['Top-up', 'OLD1', 70_000, 70_000],
      ['Top-up', 'LAST1', 50_001.5, 120_001.5],
      ['Top-up', 'NEW1', 10_000, 130_001.5],
      ['Charged by our staff', null, -5000, 125_001.5],
      ['Bill', 'B1', -20_000, 105_001.5],
      ['Balance at the end', null, null, balance],
    ]);
    // As the clock on the wall of Tashkent shows it.
    expect((rows[5]![0] as Date).toISOString()).toBe('2026-01-05T12:00:00.000Z');
  });

  it('of a month that is over begins and ends with what was there then', async () => {
    const stage = await withMoney();
    const rows = await rowsOf(stage, 'statement_file:before:xlsx');
    expect(rows.slice(1).map((row) => [row[2], row[4]])).toEqual([
      [null, 70_000],
      ['LAST1', 120_001.5],
      [null, 120_001.5],
    ]);
    expect(stage.last().caption).toContain('01.12.2025 – 31.12.2025');
  });

  it('is a PDF in the reader’s language, with the fonts that it needs', async () => {
    const stage = await withMoney();
    await setLanguage(stage.db, { userId: ALI.id, language: 'ru' });
    const { name, bytes } = await fileOf(stage, 'statement_file:month:pdf');
    expect(name).toBe('statement_2026-01-01_2026-01-05.pdf');
    expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
    expect(bytes.toString('latin1').match(/\/Type \/Page\b/g)).toHaveLength(1);
    expect(bytes.toString('latin1')).toMatch(/\/FontFile2/);
    expect(stage.last().caption).toContain('Выписка');
  });

  it('is no file where nothing happened, and none too often', async () => {
    const stage = await withMoney();
    const before = stage.count(VALI.id);
    expect(await stage.forge('statement_file:before:pdf', VALI.id)).toContain('Nothing happened');
    expect(stage.count(VALI.id)).toBe(before);
    expect(await stage.db.read.select().from(quotaUses)).toEqual([]);
    const [hour] = QUOTAS.actions.statement;
    const uses = [ALI.id, VALI.id].flatMap((userId) =>
      Array.from({ length: hour!.most }, () => ({ userId, action: 'statement' as const, at: NOW })),
    );
    await stage.db.tx(async (tx) => void (await tx.insert(quotaUses).values(uses)));
    const own = stage.count();
    expect(await stage.forge('statement_file:all:pdf')).toContain('many statements');
    // Nor is anything read for it.
    expect(await stage.forge('statement_file:before:pdf', VALI.id)).toContain('many statements');
    expect(stage.count()).toBe(own);
  });
});

it('a process of its own writes pages for thousands of lines', async () => {
  const line = { at: NOW, what: 'Тўлдириш', number: 'K7Q2M9XZ' };
  const lines = Array.from({ length: 2000 }, (_, index) => {
    return { ...line, amountTiyin: 100, balanceTiyin: 100 * (index + 1) };
  });
  const sheet = {
    issuer: '@tolov_bot',
    title: 'Balans koʻchirmasi',
    about: ['Ali'],
    columns: { at: 'a', what: 'b', number: '№', sum: 'c', balance: 'd' },
    opening: { label: 'e', balanceTiyin: 0 },
    lines,
    closing: { label: 'f', balanceTiyin: 200_000 },
  };
  const drawing = drawInProcess(realClock);
  const pdf = await drawing.statement({ format: 'pdf', sheet });
  expect(
    Buffer.from(pdf!)
      .toString('latin1')
      .match(/\/Type \/Page\b/g)!.length,
  ).toBeGreaterThan(40);
  const xlsx = await drawing.statement({ format: 'xlsx', sheet });
  const [read] = await readExcelFile(Buffer.from(xlsx!));
  expect(read!.data.at(-1)).toEqual([null, 'f', null, null, 2000]);
});

it('periods follow Tashkent’s calendar', () => {
  // Midnight of New Year in Tashkent.
  const newYear = Date.UTC(2025, 11, 31, 19);
  const iso = (at: number | null): string | null =>
    at === null ? null : new Date(at).toISOString().slice(0, 13);
  const all = (['month', 'before', 'quarter', 'year'] as const).map((span) => {
    const { fromAt, toAt } = stretchOf(span, newYear);
    return [iso(fromAt), iso(toAt)];
  });
  expect(all).toEqual([
    ['2025-12-31T19', null],
    ['2025-11-30T19', '2025-12-31T19'],
    ['2025-10-31T19', null],
    ['2025-12-31T19', null],
  ]);
  expect(stretchOf('month', newYear - 1).fromAt).toBe(Date.UTC(2025, 10, 30, 19));
});
