import { expect, test } from 'vitest';
import { bills, reports, topupHistory, topups } from '../../../db/tables.ts';
import { DAY_MS, dayAfter, dayOf } from '../../../core/calendar.ts';
import { post } from '../../../ledger/ledger.ts';
import { som } from '../../../core/money.ts';
import { readImageSize } from '../../../../sandbox/telegram/image-size.ts';
import type { Topup } from '../../../topups/topup.ts';
import { topupEntry } from '../../../testing/ledger.ts';
import type { MessageView } from '../../../../sandbox/telegram/types.ts';
import { ALI, type BotStage, labels, OWNER, startBotStage, VALI } from '../../bot.fixture.ts';
import { hoursOf } from '../../../reports/figures.ts';
import { loadTexts } from '../../locales/texts.ts';
import { statsPicture } from './stats-picture.ts';
import { NOW } from '../../samples.fixture.ts';

interface Paid {
  id: string;
  at: number;
  tiyin: number;
  state?: Topup['state'];
}

/** An order through inPAY that ended, and its entry when it was paid. */
async function order(stage: BotStage, { id, at, tiyin, state = 'paid' }: Paid): Promise<void> {
  await stage.db.tx(async (tx) => {
    await tx.insert(topups).values({
      id,
      userId: ALI.id,
      provider: 'inpay',
      state,
      baseTiyin: tiyin,
      amountTiyin: tiyin,
      orderCode: id,
      createdAt: at,
      expiresAt: at,
    });
    await tx.insert(topupHistory).values({ topupId: id, at, toState: state, cause: 'poll' });
    if (state === 'paid') await post(tx, { ...topupEntry(`topup:${id}`, ALI.id, tiyin), at });
  });
}

async function stageWithMoney(): Promise<BotStage> {
  const stage = await startBotStage({ staff: { viewerIds: [VALI.id] } });
  await stage.meet(OWNER.id);
  await order(stage, { id: 'OLD', at: NOW - 3 * DAY_MS, tiyin: som(100_000) });
  await order(stage, { id: 'NEW', at: NOW - 1000, tiyin: som(50_000) });
  await order(stage, { id: 'LOST', at: NOW - 500, tiyin: som(7000), state: 'expired' });
  return stage;
}

const plain = (text: string): string => text.replaceAll('\u00a0', ' ');

test('a chart comes as a photo for phones, and its buttons change it in place', async () => {
  const stage = await stageWithMoney();
  const first = await stage.say('/stats', OWNER.id);
  expect(first.file).toMatchObject({ kind: 'photo' });
  const bytes = stage.telegram.file(first.file?.fileId ?? '');
  expect(readImageSize(bytes ?? new Uint8Array())).toMatchObject({ width: 1080 });
  expect(plain(first.caption)).toContain("Came in: 50 000 so'm");
  expect(plain(first.caption)).toContain('50% · 1 of 2');
  expect(labels(first)).toEqual([
    '· Today ·',
    '7 days',
    '30 days',
    '📊 As a table',
    expect.any(String),
  ]);
  const { screen } = await stage.tap('7 days', OWNER.id);
  expect(screen.messageId).toBe(first.messageId);
  expect(screen.file?.fileId).not.toBe(first.file?.fileId);
  expect(plain(screen.caption)).toContain("Came in: 150 000 so'm");
  const month = await stage.tap('30 days', OWNER.id);
  expect(plain(month.screen.caption)).toContain('67% · 2 of 3');
  expect(month.screen.messageId).toBe(first.messageId);
});

test('the figures of each day are a table below for whoever asks, which its buttons change in place', async () => {
  const stage = await stageWithMoney();
  const chart = await stage.say('/stats', OWNER.id);
  await stage.tap('7 days', OWNER.id);
  await stage.tap('📊 As a table', OWNER.id);
  const screen = stage.last(OWNER.id);
  expect(screen.messageId).toBeGreaterThan(chart.messageId);
  const cells = ({ rich }: MessageView) => {
    const table = rich?.find((block) => block.type === 'table');
    return table?.type === 'table' ? table.cells.map((row) => row.map(({ text }) => text)) : [];
  };
  expect(cells(screen)).toEqual([
    ['Day', "Money in, so'm", 'Top-ups paid'],
    ['Total', '150\u00a0000', '67% · 2 of 3'],
    ['05.01', '50\u00a0000', '50% · 1 of 2'],
    ['02.01', '100\u00a0000', '100% · 1 of 1'],
  ]);
  const today = await stage.tap('Today', OWNER.id);
  expect(today.screen.messageId).toBe(screen.messageId);
  expect(cells(today.screen)[1]).toEqual(['Total', '50\u00a0000', '50% · 1 of 2']);
});

test('where Telegram knows no tables the figures come in words, and no table is offered', async () => {
  const stage = await stageWithMoney();
  await stage.say('/stats', OWNER.id);
  stage.telegram.setOld(true);
  await stage.tap('📊 As a table', OWNER.id);
  expect(plain(stage.last(OWNER.id).text)).toContain("Came in: 50 000 so'm");
  expect(labels(await stage.say('/stats', OWNER.id))).not.toContain('📊 As a table');
});

test('a tap that comes twice draws once', async () => {
  const stage = await stageWithMoney();
  await stage.say('/stats', OWNER.id);
  const { screen } = await stage.tap('7 days', OWNER.id);
  await stage.again();
  const edits = stage.telegram.calls().filter(({ method }) => method === 'editMessageMedia');
  expect(edits.map(({ outcome }) => outcome)).toEqual(['ok', 'error']);
  expect(edits[1]?.description).toContain('not modified');
  expect(stage.last(OWNER.id)).toEqual(screen);
});

test('days that are over are summed up once', async () => {
  const stage = await stageWithMoney();
  await stage.say('/stats', OWNER.id);
  await stage.tap('30 days', OWNER.id);
  const kept = await stage.db.read.select().from(reports);
  expect(kept).toHaveLength(29);
  const today = dayOf(NOW);
  expect(kept.map(({ day }) => day)).not.toContain(today);
  const day = kept.find((each) => each.day === dayAfter(today, -3));
  expect(day?.data).toMatchObject({ in: { inpay: { tiyin: som(100_000), count: 1 } } });
  // Nothing but the kept figures tells of that day now.
  await stage.db.tx((tx) => tx.update(reports).set({ data: { ...emptyDay, feesTiyin: 700 } }));
  await stage.clock.advance(60_000);
  await stage.tap('7 days', OWNER.id);
  expect(plain(stage.last(OWNER.id).caption)).toContain("Came in: 50 000 so'm");
});

const emptyDay = { in: {}, services: [], orders: {}, bills: { ended: 0, paid: 0 } };

test('bills are told by service where bills are paid', async () => {
  const stage = await startBotStage({ bills: {} as never });
  await stage.meet(OWNER.id);
  const bill = (state: 'paid' | 'failed', id: string): typeof bills.$inferInsert => ({
    id,
    userId: ALI.id,
    confirmationId: id,
    serviceId: '1',
    serviceName: '=Power <b>',
    account: {},
    amountTiyin: som(20_000),
    source: 'balance',
    state,
    transactionId: id,
    createdAt: NOW,
    endedAt: NOW,
  });
  const rows = [bill('paid', 'B1'), bill('paid', 'B2'), bill('failed', 'B3')];
  await stage.db.tx((tx) => tx.insert(bills).values(rows));
  const { caption } = await stage.say('/stats', OWNER.id);
  expect(plain(caption)).toContain("Bills paid: 40 000 so'm, 2×");
});

test('a bill that was given back counts on no side, and numbers are written as the reader does', async () => {
  const stage = await startBotStage({ bills: {} as never });
  await stage.meet(OWNER.id);
  const tiyin = som(1_234_500);
  await order(stage, { id: 'NEW', at: NOW - 1000, tiyin });
  await stage.db.tx((tx) =>
    tx.insert(bills).values({
      id: 'B1',
      userId: ALI.id,
      confirmationId: 'B1',
      serviceId: '1',
      serviceName: 'Power',
      account: {},
      amountTiyin: som(20_000),
      source: 'balance',
      state: 'refunded',
      transactionId: 'B1',
      createdAt: NOW,
      endedAt: NOW,
    }),
  );
  const texts = loadTexts();
  const buckets = await hoursOf(stage.db.read, NOW);
  const picture = (language: 'en' | 'ru'): string =>
    JSON.stringify(
      statsPicture(texts(language), { language, range: 'day', buckets, at: NOW, bills: true }),
    );
  expect(picture('en')).toContain('No bills were paid');
  expect(picture('en')).not.toContain('"name":"Bills"');
  expect(picture('en')).toContain('1.2M');
  expect(picture('ru')).toContain('1,2 млн');
});

test('an empty time says so in words', async () => {
  const stage = await startBotStage();
  await stage.meet(OWNER.id);
  const first = await stage.say('/stats', OWNER.id);
  expect(first.file?.kind).toBe('photo');
  expect(first.caption).toContain('No money came in and nothing was paid');
});

test('viewers see it; a photo gives way to the menu, and the menu to a photo', async () => {
  const stage = await stageWithMoney();
  await stage.meet(VALI.id);
  await stage.say('/admin', VALI.id);
  await stage.tap('Charts', VALI.id);
  expect(stage.last(VALI.id).file?.kind).toBe('photo');
  await stage.tap('desk:home:show:-', VALI.id);
  expect(stage.last(VALI.id).text).toContain("Owner's desk");
});

test('a machine that cannot draw tells the figures', async () => {
  const stage = await startBotStage({
    reports: {
      draw: () => Promise.reject(new Error('no canvas here')),
      writeExport: () => Promise.reject(new Error('not asked')),
      newFile: () => Promise.reject(new Error('not asked')),
      stop: () => undefined,
    },
  });
  await stage.meet(OWNER.id);
  await order(stage, { id: 'NEW', at: NOW - 1000, tiyin: som(50_000) });
  const said = await stage.say('/stats', OWNER.id);
  expect(said.text).toContain('could not be drawn');
  expect(plain(said.text)).toContain("50 000 so'm");
});

test('the picture calls services as its reader does, and others as Paylov does', () => {
  const service = (name: string) => ({ name, tiyin: som(20_000), count: 1 });
  const services = [service('Плата за электроэнергию'), service('=Power <b>')];
  const buckets = [{ label: '00', slice: { ...emptyDay, feesTiyin: 0, services } }];
  const stats = { language: 'en', range: 'day', buckets, at: NOW, bills: true } as const;
  const { bars } = statsPicture(loadTexts()('en'), stats);
  expect(bars[0]?.rows.map(({ name }) => name)).toEqual(['Electricity', '=Power <b>']);
});
