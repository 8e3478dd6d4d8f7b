import { saveBackupReport } from './backup-report.ts';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { entries, outbox, reports } from '../db/tables.ts';
import { ADJUSTMENTS, userAvailable } from '../ledger/accounts.ts';
import { post } from '../ledger/ledger.ts';
import { sealEntries } from '../ledger/seals.ts';
import { som } from '../core/money.ts';
import type { HealthFact } from '../topups/provider.ts';
import {
  scriptedProvider,
  type ScriptedProvider,
  type Stage,
  stage,
  USER,
} from '../topups/topup-stage.fixture.ts';
import { recordSuspense } from '../topups/suspense.ts';
import { transfer } from '../testing/ledger.ts';
import { digestSchema, sendDigest } from './digest.ts';
import { checkProviderHealth } from '../jobs/provider-health.ts';
import { putReport } from './day-reports.ts';
import { dayAfter, dayOf, startOf } from '../core/calendar.ts';
import { compareShops, foundKey } from './shop-figures.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let world: Stage;
let payfer: ScriptedProvider;
/** What the shop says it took in. */
let theirs: number;

beforeEach(() => {
  theirs = som(1_000_000);
  const facts = (): HealthFact[] => [
    { name: 'total_amount', value: String(theirs / 100), amountTiyin: theirs },
  ];
  payfer = scriptedProvider('payfer', {
    health: async () => ({ kind: 'health', facts: facts(), problems: [] }),
  });
  world = stage([payfer, scriptedProvider('inpay')]);
});

afterEach(async () => {
  await world.topups.stop();
  await world.file.remove();
});

/** To this hour (Tashkent) of the next day. */
async function tomorrowAt(hours: number): Promise<void> {
  const next = startOf(dayAfter(dayOf(world.clock.now()))) + hours * HOUR;
  await world.clock.advance(next - world.clock.now());
}

async function payment(sum = som(50_000)): Promise<void> {
  const created = await world.topups.create({ userId: USER, provider: 'payfer', baseTiyin: sum });
  if (created.kind !== 'created') throw new Error(created.kind);
  payfer.onCheck = () => ({ kind: 'paid', paidTiyin: sum });
  await world.clock.advance(20_000);
  await world.topups.tick();
  payfer.onCheck = () => ({ kind: 'pending' });
  theirs += sum;
}

const messages = async () => await world.deps.db.read.select().from(outbox);

async function digestToday() {
  const rows = await world.deps.db.read.select().from(reports);
  const row = rows.find(({ kind, day }) => kind === 'digest' && day === dayOf(world.clock.now()));
  return row ? digestSchema.parse(row.data) : null;
}

it('tells yesterday once, also after a restart', async () => {
  await payment();
  await sendDigest(world.deps);
  // On its first day there is nothing to tell.
  expect(await digestToday()).toBeNull();
  await tomorrowAt(9);
  await sendDigest(world.deps);
  await world.restart();
  await sendDigest(world.deps);
  const told = (await messages()).filter(({ kind }) => kind === 'owner_digest');
  expect(told.map(({ params }) => params)).toEqual([{ day: dayOf(world.clock.now()) }]);
  expect(await digestToday()).toMatchObject({
    inTiyin: som(50_000),
    inByProvider: { payfer: { tiyin: som(50_000), count: 1 } },
    creditedTiyin: som(50_000),
    usersTiyin: som(50_000),
    // Its shop was not asked that day.
    differences: [],
    compared: 0,
    uncompared: ['payfer'],
    oldest: null,
    backupAt: null,
    seal: { entryId: 1 },
  });
  await tomorrowAt(9);
  await sendDigest(world.deps);
  expect(await digestToday()).toMatchObject({ inTiyin: 0, usersTiyin: som(50_000) });
});

it('is told at once or not at all: a stop in between leaves nothing half told', async () => {
  await payment();
  await tomorrowAt(9);
  const { write } = world.deps;
  world.deps.write = async (work) =>
    await write(async (tx) => {
      await work(tx);
      throw new Error('killed before the commit');
    });
  await expect(sendDigest(world.deps)).rejects.toThrow('killed');
  expect(await digestToday()).toBeNull();
  world.deps.write = write;
  await world.restart();
  await sendDigest(world.deps);
  expect((await messages()).filter(({ kind }) => kind === 'owner_digest')).toHaveLength(1);
});

it('names what waits, what differs, backups and uptime', async () => {
  const at = world.clock.now();
  await world.deps.db.tx(async (tx) => {
    const lines = transfer(ADJUSTMENTS, userAvailable(USER), som(10));
    await post(tx, { key: 'admin:1', kind: 'credit', actor: 'user:1', at, lines });
    const item = {
      key: 'test',
      provider: 'inpay',
      amountTiyin: som(5),
      actor: 'system',
      at,
    } as const;
    await recordSuspense(tx, { ...item, kind: 'unclaimed' });
    const day = dayOf(at);
    const good = { at: at + 1, file: 'copy.db', bytes: 1, encryptedBytes: null, entries: 1 };
    await saveBackupReport(tx, { day, at: at + 5, good });
    const looks = { looks: 200, open: 199, troubled: 1, paused: 0 };
    await putReport(tx, { kind: 'uptime', day, data: { payfer: looks }, at });
    const finding = { kind: 'paid_there_only', transactionId: 'T', amountTiyin: 5, billId: null };
    const bills = { kind: 'compared', findings: [finding], there: 1, here: 0, complete: true };
    await putReport(tx, { kind: 'bills', day, data: bills, at });
  });
  await tomorrowAt(9);
  await sendDigest(world.deps);
  expect(await digestToday()).toMatchObject({
    creditsTiyin: som(10),
    oldest: { kind: 'suspense', at },
    openCases: 1,
    backupAt: at + 1,
    uptime: { payfer: 99 },
    differences: [{ provider: 'paylov', findings: 1 }],
    compared: 1,
  });
});

it("sets a shop's figures against ours, day by day", async () => {
  const compare = async (day: string) =>
    await compareShops(world.deps.db.read, { day, providers: ['payfer', 'inpay'] });
  await tomorrowAt(1);
  const day = dayOf(world.clock.now());
  await checkProviderHealth(world.deps);
  await payment();
  // Later looks of the day change nothing.
  await checkProviderHealth(world.deps);
  expect((await compare(day))[0]).toEqual({ kind: 'no_figures', provider: 'payfer' });
  await tomorrowAt(0);
  await checkProviderHealth(world.deps);
  expect(await compare(day)).toMatchObject([
    { kind: 'compared', by: 'total', theirsTiyin: som(50_000), differenceTiyin: 0 },
    { kind: 'nothing_to_compare', provider: 'inpay' },
  ]);
  const second = dayAfter(day);
  theirs += som(7);
  await tomorrowAt(0);
  await checkProviderHealth(world.deps);
  expect((await compare(second))[0]).toMatchObject({ differenceTiyin: som(7), itemId: null });
  // Somebody makes an item of it: that is no income of the day it was written down.
  await world.deps.db.tx((tx) =>
    recordSuspense(tx, {
      key: foundKey('payfer', second),
      provider: 'payfer',
      amountTiyin: som(7),
      kind: 'unclaimed',
      actor: 'user:1',
      at: world.clock.now(),
    }),
  );
  await tomorrowAt(0);
  await checkProviderHealth(world.deps);
  const found = (await compare(second))[0];
  expect(found).toMatchObject({ differenceTiyin: 0, itemId: expect.any(String) });
  expect((await compare(dayAfter(second)))[0]).toMatchObject({ differenceTiyin: 0 });
});

it('a payment that each counts on another day is no difference', async () => {
  const compare = async (day: string) =>
    (await compareShops(world.deps.db.read, { day, providers: ['payfer'] }))[0];
  await tomorrowAt(0);
  const day = dayOf(world.clock.now());
  await checkProviderHealth(world.deps);
  theirs += som(7);
  await tomorrowAt(0);
  await checkProviderHealth(world.deps);
  expect(await compare(day)).toMatchObject({ differenceTiyin: som(7), crossed: false });
  await payment(som(7000));
  theirs -= som(7);
  await tomorrowAt(0);
  await checkProviderHealth(world.deps);
  expect(await compare(day)).toMatchObject({ differenceTiyin: som(7), crossed: true });
  expect(await compare(dayAfter(day))).toMatchObject({ differenceTiyin: -som(7), crossed: true });
});

it('seals nothing on the way of a payment', async () => {
  await payment();
  expect(await world.deps.db.read.select().from(entries)).toHaveLength(1);
  expect(await sealEntries(world.deps.db, world.clock.now())).toBe(1);
});
