import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import readExcelFile from 'read-excel-file/node';
import { expect, onTestFinished, test } from 'vitest';
import { conversationStates, staffLog, topupHistory, topups } from '../../../db/tables.ts';
import { post } from '../../../ledger/ledger.ts';
import { som } from '../../../core/money.ts';
import type { ExportOrder, ExportOutcome } from '../../../reports/export-order.ts';
import { type Reports, reportsInPlace } from '../../../reports/reports.ts';
import type { MessageView } from '../../../../sandbox/telegram/types.ts';
import { nextBotMessage } from '../../../../sandbox/telegram/wait-for.ts';
import { topupEntry } from '../../../testing/ledger.ts';
import { patience } from '../../../testing/patience.ts';
import { ALI, type BotStage, labels, OWNER, startBotStage, VALI } from '../../bot.fixture.ts';
import { NOW } from '../../samples.fixture.ts';
import { spanDays, typedDays } from './export-days.ts';

async function order(stage: BotStage, id: string, at: number): Promise<void> {
  const tiyin = som(50_000);
  const row = {
    userId: ALI.id,
    provider: 'inpay',
    state: 'paid',
    orderCode: id,
    paidTiyin: tiyin,
  } as const;
  const sums = { baseTiyin: tiyin, amountTiyin: tiyin };
  await stage.db.tx(async (tx) => {
    await tx.insert(topups).values({ id, ...row, ...sums, createdAt: at, expiresAt: at });
    await tx.insert(topupHistory).values({ topupId: id, at, toState: 'creating', cause: 'user' });
    await post(tx, { ...topupEntry(`topup:${id}`, ALI.id, tiyin), at });
  });
}

interface ExportStage extends BotStage {
  folder: string;
}

/** `change` replaces parts of what makes the files. */
async function exportStage(
  change: (reports: Reports) => Partial<Reports> = () => ({}),
): Promise<ExportStage> {
  const folder = mkdtempSync(join(tmpdir(), 'tolov-export-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const late: { stage?: BotStage } = {};
  const reports = reportsInPlace({
    db: { snapshot: (work) => late.stage!.db.snapshot(work) },
    folder,
  });
  const stage = await startBotStage({
    staff: { viewerIds: [VALI.id] },
    reports: { ...reports, ...change(reports) },
  });
  late.stage = stage;
  await stage.meet(OWNER.id);
  return Object.assign(stage, { folder });
}

const documents = (stage: BotStage): MessageView[] =>
  stage.telegram.messages(OWNER.id).filter(({ file }) => file?.kind === 'document');

/** Until a screen says so. */
async function until(stage: BotStage, words: string, act: () => Promise<unknown>): Promise<void> {
  const said = nextBotMessage(stage.telegram, OWNER.id, {
    timeoutMs: patience(20_000),
    matches: ({ text }) => text.includes(words),
  });
  await act();
  await said;
}

test('an owner gets the file of a period, and nothing of it stays behind', async () => {
  const stage = await exportStage();
  await order(stage, 'OLD', NOW - 40 * 24 * 3_600_000);
  await order(stage, 'NEW', NOW - 1000);
  await stage.say('/export', OWNER.id);
  await until(stage, 'is ready', () => stage.tap('7 days', OWNER.id));
  const [sent] = documents(stage);
  expect(sent?.file).toMatchObject({ name: 'tolov_2025-12-30_2026-01-05.xlsx' });
  expect(sent?.caption).toContain('30.12.2025 – 05.01.2026, rows: 3');
  const sheets = await readExcelFile(Buffer.from(stage.telegram.file(sent?.file?.fileId ?? '')!));
  expect(sheets.map(({ sheet }) => sheet)).toEqual(['Orders', 'Bills', 'Entries']);
  expect(sheets[0]?.data.slice(1).map(([id]) => id)).toEqual(['NEW', 'Total']);
  expect(existsSync(stage.folder) ? readdirSync(stage.folder) : []).toEqual([]);
  expect(await stage.db.read.select().from(staffLog)).toMatchObject([
    { action: 'export', staffId: OWNER.id, note: '30.12.2025 – 05.01.2026' },
  ]);
});

test('however often a button is tapped, there is one file', async () => {
  const stage = await exportStage();
  await order(stage, 'NEW', NOW - 1000);
  await stage.say('/export', OWNER.id);
  const { message, data } = stage.find('Today', OWNER.id);
  for (let i = 0; i < 3; i += 1) stage.telegram.tap(OWNER.id, message.messageId, { data });
  await until(stage, 'is ready', () => stage.pump());
  await stage.again();
  await stage.bot.tick();
  await stage.bot.stop();
  expect(documents(stage)).toHaveLength(1);
  expect(await stage.db.read.select().from(staffLog)).toHaveLength(1);
});

test('one at a time, and a process that ended in the middle leaves it to the next one', async () => {
  const ended = Promise.withResolvers<ExportOutcome>();
  const asked: ExportOrder[] = [];
  const stage = await exportStage((reports) => ({
    async writeExport(request) {
      asked.push(request);
      return asked.length === 1 ? await ended.promise : await reports.writeExport(request);
    },
    stop: () => ended.reject(new Error('the program stops')),
  }));
  await order(stage, 'NEW', NOW - 1000);
  await stage.say('/export', OWNER.id);
  await until(stage, 'is being made', () => stage.tap('Today', OWNER.id));
  await stage.say('/export', OWNER.id);
  expect((await stage.tap('This month', OWNER.id)).toast).toContain('Another file is being made');
  await stage.bot.stop();
  expect(documents(stage)).toHaveLength(0);
  const next = stage.restarted();
  await until(next, 'is ready', () => next.bot.tick());
  await next.bot.stop();
  expect(documents(next)).toHaveLength(1);
  expect(asked.map(({ period }) => period)).toEqual([asked[0]?.period, asked[0]?.period]);
  expect(await stage.db.read.select().from(conversationStates)).toEqual([]);
});

test('what is too large or empty or fails is said, and the next one can be asked for', async () => {
  const outcomes: (() => Promise<ExportOutcome>)[] = [
    () => Promise.resolve({ kind: 'too_large' }),
    () => Promise.reject(new Error('the disk is full')),
  ];
  const stage = await exportStage((reports) => ({
    writeExport: (request) => outcomes.shift()?.() ?? reports.writeExport(request),
  }));
  for (const words of ['shorter time', 'could not be made', 'nothing happened']) {
    await stage.say('/export', OWNER.id);
    await until(stage, words, () => stage.tap('Today', OWNER.id));
    await stage.bot.tick();
  }
  expect(documents(stage)).toEqual([]);
});

test('typed dates are asked for until they can be read', async () => {
  const stage = await exportStage();
  await order(stage, 'NEW', NOW - 1000);
  await stage.say('/export', OWNER.id);
  await stage.tap('Other dates', OWNER.id);
  expect(labels(stage.last(OWNER.id))).toEqual(['🗂 Desk']);
  const unread = await stage.say('soon', OWNER.id);
  expect(unread.text).toContain("can't read these dates");
  expect(labels(unread)).toEqual(['🗂 Desk']);
  await until(stage, 'is ready', () => stage.say('05.01.2026', OWNER.id));
  await stage.again();
  await stage.bot.stop();
  expect(documents(stage)).toHaveLength(1);
});

test('an order nobody can read any more is dropped', async () => {
  const stage = await exportStage();
  await stage.db.tx((tx) =>
    tx.insert(conversationStates).values({ key: 'export', state: { old: true }, updatedAt: NOW }),
  );
  await stage.bot.tick();
  expect(await stage.db.read.select().from(conversationStates)).toEqual([]);
});

test('days are those of Tashkent', () => {
  // 03:00 there, still the 28th in Greenwich.
  const at = Date.UTC(2026, 1, 28, 22);
  expect(spanDays('today', at)).toEqual({ first: '2026-03-01', last: '2026-03-01' });
  expect(spanDays('yesterday', at)).toEqual({ first: '2026-02-28', last: '2026-02-28' });
  expect(spanDays('week', at)).toEqual({ first: '2026-02-23', last: '2026-03-01' });
  expect(spanDays('month', at)).toEqual({ first: '2026-03-01', last: '2026-03-01' });
  expect(spanDays('before', at)).toEqual({ first: '2026-02-01', last: '2026-02-28' });
});

test('typed dates', () => {
  const at = Date.UTC(2026, 1, 28);
  const both = { first: '2026-02-01', last: '2026-02-15' };
  expect(typedDays('1.2.2026 – 15.02.2026', at)).toEqual(both);
  expect(typedDays('2026-02-15 2026-02-01', at)).toEqual(both);
  expect(typedDays('2026-02-01', at)).toEqual({ first: '2026-02-01', last: '2026-02-01' });
  expect(typedDays('01.02.2026 - 01.01.2030', at)?.last).toBe('2026-02-28');
  for (const text of [
    '',
    '01.03.2026',
    '31.02.2026',
    'from 01.02.2026',
    '1.1.2026 2.1.2026 3.1.2026',
  ]) {
    expect(typedDays(text, at)).toBeNull();
  }
});
