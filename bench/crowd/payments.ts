/** Paying what people were shown, and how long it takes until it is theirs. */
import { outbox } from '../../src/db/tables.ts';
import { realClock } from '../../src/core/deps.ts';
import { auditBooks } from '../../src/books/audit.ts';
import type { SimulatedOrder, SimulatedWorld } from '../../sandbox/providers/types.ts';
import { type RealProgram, until } from '../../test/process.ts';
import { HANGING, type Hang } from './hang.ts';
import { type HonestPerson, PROVIDERS } from './people.ts';

/** Between the order's screen and the payment. */
const PAID_AFTER_MS = 5000;

export interface Books {
  world: SimulatedWorld;
  program: RealProgram;
}

/** Each system counts its own orders: a number alone may be that of another system's order as well. */
const nameOf = ({ provider, id }: SimulatedOrder): string => `${provider} ${id}`;
const NAME = `provider || ' ' || provider_order`;

/** Of these people: an order that is none of the books' was shown to nobody, so nobody pays it. */
function shownTo(program: RealProgram, isPayer: string): Set<string> {
  const open = `select ${NAME} from topups where state = 'waiting' and ${isPayer}`;
  return new Set(program.query(open).map(String));
}

/** By our own ids. */
export function openOrdersOf(program: RealProgram, isPayer: string): string[] {
  const open = `select id from topups where state = 'waiting' and ${isPayer}`;
  return program.query(open).map(String);
}

/** Whoever has looked at an order for long enough pays it. */
export function pay({ world, program }: Books, isPayer: string): void {
  const shown = shownTo(program, isPayer);
  const before = realClock.now() - PAID_AFTER_MS;
  for (const order of ordersOf(world)) {
    const isDue = order.state === 'pending' && order.createdAt < before && shown.has(nameOf(order));
    if (isDue) world.provider(order.provider).pay(order.id);
  }
}

function ordersOf(world: SimulatedWorld): SimulatedOrder[] {
  return PROVIDERS.flatMap((id) => world.provider(id).orders());
}

export interface Rest {
  payments: number;
  lost: number;
  untold: number;
  findings: number;
  credits: Credits;
}

/** Nobody begins anything more; what was paid has to arrive. */
export async function settle(
  { world, program }: Books,
  { people, hang }: { people: readonly HonestPerson[]; hang: Hang },
): Promise<Rest> {
  const paid = ordersOf(world).filter(({ state }) => state === 'paid');
  const paidTiyin = paid.reduce((sum, order) => sum + (order.paidTiyin ?? 0), 0);
  const credited = `select coalesce(sum(balance_tiyin), 0) from accounts where id like 'user:%'`;
  const waiting = `select count(*) from outbox where state = 'waiting'`;
  await until(
    (step) =>
      step % 50 === 49 &&
      program.query(credited)[0] === paidTiyin &&
      program.query(waiting)[0] === 0 &&
      people.every((person) => !person.waits),
    () => {
      const views = people.filter(({ waits }) => waits).map(({ view }) => view);
      const sums = `credited ${String(program.query(credited)[0])} of ${paidTiyin} tiyin`;
      const times = creditTimes(program);
      const missing = paid.filter((order) => !times.has(nameOf(order))).map(nameOf);
      const messages = `${String(program.query(waiting)[0])} messages wait`;
      return [sums, messages, `not credited: ${missing.join(', ')}`, ...views].join('\n');
    },
  );
  const credits = creditsOf(program, { paid, hang });
  await program.kill('SIGTERM');
  return await program.withDatabase(async (db) => {
    const { findings } = await auditBooks(db);
    const rows = await db.read.select({ kind: outbox.kind }).from(outbox);
    const told = rows.filter(({ kind }) => kind === 'topup_paid').length;
    return {
      payments: paid.length,
      lost: paidTiyin - Number(program.query(credited)[0]),
      untold: paid.length - told,
      findings: findings.length,
      credits,
    };
  });
}

/** From the payment at the provider to the credit in the books, in seconds. */
export interface Credits {
  /** Paid at a system that answers. */
  answeredS: number[];
  /** Paid at the system that hangs, while it hangs: counted from the moment it answers again. */
  afterHangS: number[];
}

function creditsOf(
  program: RealProgram,
  { paid, hang }: { paid: readonly SimulatedOrder[]; hang: Hang },
): Credits {
  const creditedAt = creditTimes(program);
  const credits: Credits = { answeredS: [], afterHangS: [] };
  for (const order of paid) {
    const { provider, paidAt = 0 } = order;
    const at = creditedAt.get(nameOf(order)) ?? Infinity;
    const waited = provider === HANGING && hang.isFelt({ from: paidAt, to: at });
    if (!waited) credits.answeredS.push((at - paidAt) / 1000);
    // What was under way is answered after the end at the earliest, but for what came just before.
    else credits.afterHangS.push(Math.max(0, at - Math.max(paidAt, hang.endsAt)) / 1000);
  }
  return credits;
}

function creditTimes(program: RealProgram): Map<string, number> {
  const rows = program.query(
    `select ${NAME} || '=' || paid_at from topups where paid_at is not null`,
  );
  return new Map(
    rows.map((row) => {
      const [name = '', at] = String(row).split('=');
      return [name, Number(at)];
    }),
  );
}
