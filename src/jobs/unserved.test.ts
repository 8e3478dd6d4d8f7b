import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Bill } from '../bills/bill.ts';
import { bills, topups } from '../db/tables.ts';
import { ADJUSTMENTS, userAvailable } from '../ledger/accounts.ts';
import { hold } from '../ledger/holds.ts';
import { post } from '../ledger/ledger.ts';
import { som } from '../core/money.ts';
import type { Topup } from '../topups/topup.ts';
import { scriptedProvider, stage, type Stage, USER } from '../topups/topup-stage.fixture.ts';
import type { ProviderId } from '../core/payment-systems.ts';
import { warnOfUnserved } from './unserved.ts';

const HOUR = 3_600_000;

let world: Stage;
beforeEach(() => {
  world = stage([scriptedProvider('payfer')]);
});
afterEach(async () => {
  await world.file.remove();
});

let made = 0;

async function topupOf(
  provider: ProviderId,
  state: Topup['state'],
  changes: Partial<typeof topups.$inferInsert> = {},
): Promise<void> {
  made += 1;
  const at = world.clock.now();
  await world.deps.db.tx(async (tx) => {
    await tx.insert(topups).values({
      id: `O${made}`,
      userId: made,
      provider,
      state,
      baseTiyin: som(1000),
      amountTiyin: som(1000),
      orderCode: `code-${made}`,
      createdAt: at,
      expiresAt: at + HOUR,
      ...changes,
    });
  });
}

async function billOf(state: Bill['state'], source: 'balance' | 'card'): Promise<void> {
  made += 1;
  const at = world.clock.now();
  const id = `B${made}`;
  await world.deps.db.tx(async (tx) => {
    await tx.insert(bills).values({
      id,
      userId: USER,
      confirmationId: id,
      serviceId: 's',
      serviceName: 'S',
      account: {},
      amountTiyin: som(10),
      source,
      cardId: source === 'card' ? 'c' : null,
      transactionId: `T-${id}`,
      state,
      createdAt: at,
    });
    if (source === 'card' || state === 'paid') return;
    const lines = [
      { account: ADJUSTMENTS, amountTiyin: -som(10) },
      { account: userAvailable(USER), amountTiyin: som(10) },
    ];
    await post(tx, { key: id, kind: 'test', actor: 'system', at, lines });
    await hold(tx, { id: `bill:${id}`, userId: USER, amountTiyin: som(10), at });
  });
}

it('is silent when nothing is open, or whoever it is open with is set', async () => {
  await billOf('paid', 'balance');
  await topupOf('payfer', 'waiting');
  await warnOfUnserved(world.deps, { paysBills: false });
  await billOf('unknown', 'balance');
  await warnOfUnserved(world.deps, { paysBills: true });
  expect(world.alarms).toEqual([]);
});

it('counts bills that are open without Paylov, and the money held for them', async () => {
  await billOf('unknown', 'balance');
  await billOf('stuck', 'balance');
  await billOf('awaiting_code', 'card');
  await billOf('paid', 'balance');
  await warnOfUnserved(world.deps, { paysBills: false });
  expect(world.alarms).toEqual([{ kind: 'bills_unserved', bills: 3, heldTiyin: som(20) }]);
});

it('counts orders money may still come for, by provider', async () => {
  const at = world.clock.now();
  const ended = { endedAt: at - HOUR, dueAt: at };
  await topupOf('inpay', 'waiting');
  await topupOf('inpay', 'expired', ended);
  await topupOf('autopaycard', 'creating');
  // Nobody looks at these any more, and nobody would.
  await topupOf('inpay', 'expired', { endedAt: at - HOUR });
  await topupOf('inpay', 'cancelled', { endedAt: at - 100 * HOUR, dueAt: at });
  await topupOf('inpay', 'paid', ended);
  await warnOfUnserved(world.deps, { paysBills: true });
  expect(
    world.alarms.toSorted((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b))),
  ).toEqual([
    { kind: 'topups_unserved', provider: 'autopaycard', orders: 1 },
    { kind: 'topups_unserved', provider: 'inpay', orders: 2 },
  ]);
});
