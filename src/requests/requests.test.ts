/** Asking others to pay: money moves once, from who agreed to it, to who asked for it. */
import { count, eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { realRandom } from '../core/deps.ts';
import { som, type Tiyin } from '../core/money.ts';
import { outbox } from '../db/tables.ts';
import { auditBooks } from '../books/audit.ts';
import { ADJUSTMENTS, userAvailable } from '../ledger/accounts.ts';
import { post, userBalance } from '../ledger/ledger.ts';
import { statementOf } from '../ledger/statement.ts';
import { QUOTAS } from '../quotas/limits.ts';
import { createTestClock, type TestClock } from '../testing/clock.ts';
import { rerunningDatabase, type TemporaryDatabase } from '../testing/database.ts';
import { seenUser, setBlocked } from '../users/users.ts';
import { REQUEST_LIFE_MS } from './request.ts';
import { createRequests, type Requests } from './requests.ts';

const ASKER = 11;
const PAYER = 12;
const OTHER = 13;
const SUM = som(50_000);

let clock: TestClock;
let file: TemporaryDatabase;
let requests: Requests;
let woken: number;

beforeEach(async () => {
  clock = createTestClock();
  file = rerunningDatabase();
  woken = 0;
  requests = open();
  for (const id of [ASKER, PAYER, OTHER]) {
    await seenUser(file.db, { id, first_name: `P${id}` }, clock.now());
  }
});
afterEach(async () => {
  const { findings } = await auditBooks(file.db);
  await file.remove();
  expect(findings).toEqual([]);
});

function open(): Requests {
  const notifyOutbox = (): void => void (woken += 1);
  return createRequests({ db: file.db, clock, random: realRandom, quotas: QUOTAS, notifyOutbox });
}

async function credit(userId: number, amountTiyin: Tiyin): Promise<void> {
  const lines = [
    { account: ADJUSTMENTS, amountTiyin: -amountTiyin },
    { account: userAvailable(userId), amountTiyin },
  ];
  const entry = { key: `test:${userId}`, kind: 'test', actor: 'system', at: clock.now(), lines };
  await file.db.tx((tx) => post(tx, entry));
}

async function balance(userId: number): Promise<Tiyin> {
  return (await userBalance(file.db.read, userId)).availableTiyin;
}

async function asked(amountTiyin = SUM): Promise<string> {
  const outcome = await requests.askForBalance(ASKER, amountTiyin);
  if (outcome.kind !== 'asked') throw new Error(outcome.kind);
  return outcome.request.id;
}

async function told(): Promise<number> {
  const [row] = await file.db.read
    .select({ n: count() })
    .from(outbox)
    .where(eq(outbox.kind, 'request_paid'));
  return row?.n ?? 0;
}

describe('money asked onto a balance', () => {
  it('moves once, however often who pays taps, and who asked hears of it once', async () => {
    await credit(PAYER, som(80_000));
    const id = await asked();
    expect(await requests.give(id, PAYER)).toMatchObject({ kind: 'given', repeated: false });
    expect(await requests.give(id, PAYER)).toMatchObject({ kind: 'given', repeated: true });
    await file.reopen();
    requests = open();
    expect(await requests.give(id, PAYER)).toMatchObject({ kind: 'given', repeated: true });
    expect([await balance(PAYER), await balance(ASKER)]).toEqual([som(30_000), SUM]);
    expect(await told()).toBe(1);
    expect(woken).toBeGreaterThan(0);
  });

  it('comes from one of many who pay at the same moment', async () => {
    const payers = Array.from({ length: 8 }, (_, at) => 100 + at);
    for (const id of payers) {
      await seenUser(file.db, { id, first_name: 'p' }, clock.now());
      await credit(id, SUM);
    }
    const id = await asked();
    const outcomes = await Promise.all(payers.flatMap((each) => [give(id, each), give(id, each)]));
    const given = outcomes.filter((each) => each.kind === 'given' && !each.repeated);
    expect(given).toHaveLength(1);
    expect(await balance(ASKER)).toBe(SUM);
    const left = await Promise.all(payers.map((each) => balance(each)));
    expect(left.toSorted((a, b) => a - b)).toEqual([0, ...Array.from({ length: 7 }, () => SUM)]);
    expect(await told()).toBe(1);
  });

  it('is not taken from too small a balance, and can be paid once there is more', async () => {
    await credit(PAYER, SUM - 1);
    const id = await asked();
    const short = { kind: 'insufficient', availableTiyin: SUM - 1 };
    expect(await requests.give(id, PAYER)).toMatchObject(short);
    expect(await requests.get(id)).toMatchObject({ state: 'open', payerId: null });
    expect([await balance(PAYER), await balance(ASKER), await told()]).toEqual([SUM - 1, 0, 0]);
    await credit(OTHER, SUM);
    expect(await requests.give(id, OTHER)).toMatchObject({ kind: 'given' });
  });

  it('does not move when it was withdrawn, is too old, or was paid by somebody else', async () => {
    await credit(PAYER, som(500_000));
    await credit(OTHER, SUM);
    const withdrawn = await asked();
    expect(await requests.withdraw(withdrawn, PAYER)).toBeNull();
    expect(await requests.get(withdrawn)).toMatchObject({ state: 'open' });
    expect(await requests.withdraw(withdrawn, ASKER)).toMatchObject({ state: 'withdrawn' });
    expect(await give(withdrawn)).toMatchObject({ kind: 'over', standing: 'withdrawn' });
    const paid = await asked();
    await give(paid, OTHER);
    expect(await give(paid)).toMatchObject({ kind: 'over', standing: 'paid' });
    // What is paid stays so.
    expect(await requests.withdraw(paid, ASKER)).toMatchObject({ state: 'paid' });
    const old = await asked();
    await clock.advance(REQUEST_LIFE_MS);
    expect(await give(old)).toMatchObject({ kind: 'over', standing: 'expired' });
    expect(await balance(PAYER)).toBe(som(500_000));
  });

  it('does not go round in a circle, nor to somebody who is shut out, nor for a request that is not there', async () => {
    await credit(ASKER, SUM);
    await credit(PAYER, SUM);
    const id = await asked();
    expect(await give(id, ASKER)).toEqual({ kind: 'not_found' });
    await file.db.tx((tx) => setBlocked(tx, { userId: ASKER, blockedAt: clock.now() }));
    expect(await give(id)).toEqual({ kind: 'not_found' });
    expect(await give('AAAAAAAA')).toEqual({ kind: 'not_found' });
    expect([await balance(ASKER), await balance(PAYER)]).toEqual([SUM, SUM]);
  });

  it('stands in both statements under the request’s number', async () => {
    await credit(PAYER, SUM);
    const id = await asked();
    await give(id);
    const page = { filter: 'all', offset: 0, limit: 5 } as const;
    const [mine] = await statementOf(file.db.read, ASKER, page);
    const [theirs] = await statementOf(file.db.read, PAYER, page);
    expect(mine).toMatchObject({ key: `request:${id}`, amountTiyin: SUM, balanceTiyin: SUM });
    expect(theirs).toMatchObject({ key: `request:${id}`, amountTiyin: -SUM, balanceTiyin: 0 });
  });
});

const give = (id: string, payerId = PAYER) => requests.give(id, payerId);

describe('a request', () => {
  const bill = {
    serviceId: 'power',
    serviceName: 'Power',
    account: { code: '0012' },
    labels: [{ name: 'code', title: 'Code', value: '0012' }],
  };

  it('for the same is one while it is open', async () => {
    expect(await asked()).toBe(await asked());
    expect(await asked()).not.toBe(await asked(som(60_000)));
    const first = await requests.askForBill(ASKER, bill, SUM);
    expect(await requests.askForBill(ASKER, bill, SUM)).toEqual(first);
    const other = { ...bill, account: { code: '0013' } };
    expect(await requests.askForBill(ASKER, other, SUM)).not.toEqual(first);
    expect(await requests.askForBill(OTHER, bill, SUM)).not.toEqual(first);
    const id = await asked();
    await clock.advance(REQUEST_LIFE_MS);
    expect(await asked()).not.toBe(id);
  });

  it('can be made so many times an hour', async () => {
    for (let i = 1; i <= 10; i += 1) await asked(som(1000 * i));
    const eleventh = await requests.askForBalance(ASKER, som(20_000));
    expect(eleventh).toMatchObject({ kind: 'quota_spent' });
    expect(await requests.askForBalance(OTHER, SUM)).toMatchObject({ kind: 'asked' });
  });

  it.each([0, -SUM, som(999), som(10_000_001), SUM + 1, Number.NaN])(
    'is not made for %d tiyin',
    async (amountTiyin) => {
      const outcome = await requests.askForBalance(ASKER, amountTiyin);
      expect(outcome).toMatchObject({ kind: 'out_of_limits' });
    },
  );

  it('for a bill moves no money by itself', async () => {
    await credit(PAYER, SUM);
    const outcome = await requests.askForBill(ASKER, bill, SUM);
    const id = outcome.kind === 'asked' ? outcome.request.id : '';
    expect(await give(id)).toEqual({ kind: 'not_found' });
    expect(await balance(PAYER)).toBe(SUM);
  });
});

describe('a link', () => {
  it('leads to its request alone, on this database alone', async () => {
    const id = await asked();
    const payload = await requests.payloadOf(id);
    expect(payload).toMatch(/^[\w-]{1,64}$/);
    expect(await requests.read(payload)).toBe(id);
    requests = open();
    expect(await requests.read(payload)).toBe(id);
    for (let i = 0; i < payload.length; i += 1) {
      const letter = payload[i] === 'A' ? 'B' : 'A';
      const forged = payload.slice(0, i) + letter + payload.slice(i + 1);
      expect(await requests.read(forged)).toBeNull();
    }
    for (const odd of ['', 'r1', `${payload}A`, ` ${payload}`, payload.slice(0, -1)]) {
      expect(await requests.read(odd)).toBeNull();
    }
    const elsewhere = rerunningDatabase();
    try {
      const foreign = createRequests({
        db: elsewhere.db,
        clock,
        random: realRandom,
        quotas: QUOTAS,
        notifyOutbox: () => undefined,
      });
      expect(await foreign.read(payload)).toBeNull();
    } finally {
      await elsewhere.remove();
    }
  });
});
