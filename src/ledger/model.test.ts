/** The ledger against its model: random steps, one by one and many at once, must leave the same books. */
import { eq } from 'drizzle-orm';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Database, Tx } from '../db/database.ts';
import { accounts, entries, holds } from '../db/tables.ts';
import { engineOfTests, temporaryDatabase } from '../testing/database.ts';
import { AT, transfer } from '../testing/ledger.ts';
import { captureLines, LedgerModel, type Step } from '../testing/ledger-model.ts';
import {
  type AccountId,
  ADJUSTMENTS,
  providerClearing,
  RETURNS,
  SUSPENSE,
  userAvailable,
} from './accounts.ts';
import { audit } from './audit.ts';
import { capture, type EndHoldOutcome, hold, release } from './holds.ts';
import {
  AlreadyReversedError,
  EntryKeyConflictError,
  InsufficientBalanceError,
  balanceOf,
  type Line,
  type Posted,
  post,
} from './ledger.ts';
import { reverse } from './reverse.fixture.ts';
import { statementBetween, statementOf } from './statement.ts';
import { plainAccount } from './stripes.ts';

class Failed extends Error {}

const entryOf = (key: string, lines: readonly Line[]) => ({
  key,
  kind: 'test',
  actor: 'system',
  at: AT,
  lines,
});

async function perform(tx: Tx, step: Step): Promise<string> {
  switch (step.kind) {
    case 'post':
      return (await post(tx, entryOf(step.key, step.lines))).kind;
    case 'fail':
      await post(tx, entryOf(step.key, step.lines)).catch(() => undefined);
      throw new Failed();
    case 'hold':
      return (await hold(tx, { ...step, at: AT })).kind;
    case 'reverse':
      return (await reverseByKey(tx, step)).kind;
    case 'capture': {
      const [held] = await tx.select().from(holds).where(eq(holds.id, step.id));
      const to = held ? captureLines(held, step.backTiyin) : [];
      return nameOf(await capture(tx, { id: step.id, to, at: AT }));
    }
    case 'release':
      return nameOf(await release(tx, { id: step.id, at: AT }));
    default:
      throw new Error(`unknown step ${JSON.stringify(step satisfies never)}`);
  }
}

async function reverseByKey(tx: Tx, { key, target }: Step & { kind: 'reverse' }): Promise<Posted> {
  const [entry] = await tx.select().from(entries).where(eq(entries.key, target));
  const who = { key, actor: 'system', reason: 'test', at: AT };
  return await reverse(tx, { entryId: entry?.id ?? -1, ...who });
}

function nameOf(outcome: EndHoldOutcome): string {
  return outcome.kind === 'ended' ? 'ended' : `not held: ${outcome.state ?? 'null'}`;
}

/** The step in a transaction of its own, and its outcome in the model's words. */
async function run(db: Database, step: Step): Promise<string> {
  try {
    return await db.tx((tx) => perform(tx, step));
  } catch (error) {
    if (error instanceof Failed) return 'failed';
    if (error instanceof EntryKeyConflictError) return 'conflict';
    if (error instanceof InsufficientBalanceError) return 'insufficient';
    if (error instanceof AlreadyReversedError) return 'already reversed';
    const message = String(error);
    if (message.includes('exists for another user or sum')) return 'conflict';
    if (message.includes('to reverse')) return 'nothing to reverse';
    throw error;
  }
}

const user = fc.integer({ min: 1, max: 3 });
const amount = fc.oneof(fc.integer({ min: 1, max: 1000 }), fc.constantFrom(1, 100, 500));
const key = fc.integer({ min: 0, max: 12 }).map((n) => `key:${n}`);
const holdId = fc.integer({ min: 0, max: 5 }).map((n) => `bill:${n}`);
const ownAccount = fc.oneof(user.map(userAvailable), fc.constantFrom(SUSPENSE, RETURNS));
const operators: AccountId[] = [providerClearing('inpay'), providerClearing('payfer'), ADJUSTMENTS];
const anyAccount = fc.oneof(ownAccount, fc.constantFrom(...operators));

const lines = fc.oneof(
  fc
    .tuple(fc.constantFrom(...operators), ownAccount, amount)
    .map(([from, to, sum]) => transfer(from, to, sum)),
  fc.tuple(anyAccount, anyAccount, amount).map(([from, to, sum]) => transfer(from, to, sum)),
  fc
    .array(fc.tuple(anyAccount, anyAccount, amount), { minLength: 2, maxLength: 4 })
    .map((all) => all.flatMap(([from, to, sum]) => transfer(from, to, sum))),
);

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('post' as const), key, lines }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('reverse' as const), key, target: key }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('hold' as const),
      id: holdId,
      userId: user,
      amountTiyin: amount,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('capture' as const), id: holdId, backTiyin: amount }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('release' as const), id: holdId }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('fail' as const), key, lines }) },
);

/** Each inner list is written at once. Some steps come twice: a repetition must be harmless. */
const groups = fc.array(
  fc
    .array(fc.tuple(step, fc.integer({ min: 1, max: 4 })), { minLength: 1, maxLength: 20 })
    .map((steps) => steps.flatMap(([each, times]) => (times === 1 ? [each, each] : [each]))),
  { minLength: 1, maxLength: 6 },
);

async function expectSameBooks(db: Database, model: LedgerModel): Promise<void> {
  const rows = await db.read.select().from(accounts);
  const balances = new Map<string, number>();
  for (const { id, balanceTiyin } of rows) {
    const account = plainAccount(id);
    balances.set(account, (balances.get(account) ?? 0) + balanceTiyin);
  }
  expect(balances).toEqual(model.balances);
  expect(rows.reduce((sum, row) => sum + row.balanceTiyin, 0)).toBe(0);
  for (const row of rows.filter((each) => !each.mayBeNegative)) {
    expect(row.balanceTiyin).toBeGreaterThanOrEqual(0);
  }
  const keys = (await db.read.select({ key: entries.key }).from(entries)).map((row) => row.key);
  expect(new Set(keys)).toEqual(new Set(model.entries.keys()));
  const held = await db.read.select({ id: holds.id, state: holds.state }).from(holds);
  expect(new Map(held.map((row) => [row.id, row.state]))).toEqual(
    new Map([...model.holds].map(([id, { state }]) => [id, state])),
  );
  expect(await db.snapshot(audit)).toMatchObject({ clean: true, entries: model.entries.size });
  for (const userId of [1, 2, 3]) await expectStatement(db, userId);
}

/** Every line says what was there after it, the last one what is there now, and pages and filters leave nothing out. */
async function expectStatement(db: Database, userId: number): Promise<void> {
  const pageOf = async (filter: 'all' | 'in' | 'out', offset = 0, limit = 1000) =>
    await statementOf(db.read, userId, { filter, offset, limit });
  const all = await pageOf('all');
  expect(all[0]?.balanceTiyin ?? 0).toBe(await balanceOf(db.read, userAvailable(userId)));
  for (const [index, { balanceTiyin, amountTiyin }] of all.entries()) {
    expect(balanceTiyin - amountTiyin).toBe(all[index + 1]?.balanceTiyin ?? 0);
  }
  // Written down from the first line to the last it closes with the balance, or not at all.
  const whole = { fromAt: 0, toAt: null, most: all.length };
  expect(await statementBetween(db.read, userId, whole)).toEqual({
    lines: all.toReversed(),
    openingTiyin: 0,
    closingTiyin: await balanceOf(db.read, userAvailable(userId)),
  });
  const less = { ...whole, most: all.length - 1 };
  if (all.length > 0) expect(await statementBetween(db.read, userId, less)).toBeNull();
  const kept = [...(await pageOf('in')), ...(await pageOf('out'))];
  expect(kept.toSorted((a, b) => b.entryId - a.entryId)).toEqual(all);
  expect([...(await pageOf('all', 0, 2)), ...(await pageOf('all', 2))]).toEqual(all);
}

async function withDatabase(
  work: (db: Database, reopen: () => Promise<Database>) => Promise<void>,
) {
  const temporary = temporaryDatabase();
  try {
    await work(temporary.db, () => temporary.reopen());
  } finally {
    await temporary.remove();
  }
}

it('the outcomes, the balances and the books are those of the model, also after a restart', async () => {
  await fc.assert(
    fc.asyncProperty(groups, async (all) => {
      await withDatabase(async (db, reopen) => {
        const model = new LedgerModel();
        for (const group of all) {
          const outcomes = await Promise.all(group.map((each) => run(db, each)));
          expect(outcomes).toEqual(group.map((each) => model.apply(each)));
          await expectSameBooks(db, model);
        }
        await expectSameBooks(await reopen(), model);
      });
    }),
    { numRuns: engineOfTests() === 'sqlite' ? 40 : 12 },
  );
});

it('the random steps meet every case, or they would prove nothing about it', () => {
  const outcomes = fc.sample(groups, { seed: 1, numRuns: 60 }).flatMap((all) => {
    const model = new LedgerModel();
    return all.flat().map((each) => model.apply(each));
  });
  expect([...new Set(outcomes)].toSorted((a, b) => a.localeCompare(b))).toEqual([
    'already reversed',
    'conflict',
    'ended',
    'failed',
    'held',
    'insufficient',
    'not held: captured',
    'not held: null',
    'not held: released',
    'nothing to reverse',
    'posted',
    'repeated',
  ]);
});

it('undoing everything, the latest first, brings every account back to zero', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(lines, { minLength: 1, maxLength: 10 }), async (bodies) => {
      await withDatabase(async (db) => {
        const posts = bodies.map((body, i) => ({
          kind: 'post' as const,
          key: `p${i}`,
          lines: body,
        }));
        const posted = await Promise.all(posts.map((each) => run(db, each)));
        const undo = posts
          .filter((_, i) => posted[i] === 'posted')
          .map((each, i): Step => ({ kind: 'reverse', key: `u${i}`, target: each.key }))
          .toReversed();
        const undone = await Promise.all(undo.map((each) => run(db, each)));
        expect(undone).toEqual(undone.map(() => 'posted'));
        const rows = await db.read.select().from(accounts);
        expect(rows.filter((row) => row.balanceTiyin !== 0)).toEqual([]);
        expect(await db.snapshot(audit)).toMatchObject({ clean: true, usersTiyin: 0 });
      });
    }),
    { numRuns: 20 },
  );
});
