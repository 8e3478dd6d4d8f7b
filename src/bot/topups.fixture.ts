/** Top-ups as the program has them, on the tables of a bot's stage; a test writes what the payment systems answer. */
import { asc, eq } from 'drizzle-orm';
import type { ProviderId } from '../core/payment-systems.ts';
import { createMetrics } from '../core/metrics.ts';
import { createCardHash } from '../db/card-hash.ts';
import type { Database } from '../db/database.ts';
import { topupHistory, topups as topupTable } from '../db/tables.ts';
import type { AlarmParams } from '../outbox/kinds.ts';
import { termsReader, type Terms } from '../settings/terms.ts';
import { UNLIMITED } from '../testing/quotas.ts';
import { createCallQueue } from '../topups/calls.ts';
import type { TopupDeps } from '../topups/deps.ts';
import type { CreateRequest, Created } from '../topups/provider.ts';
import { createAnswerMemory } from '../topups/raw-answers.ts';
import { createTopups, type TopupWork } from '../topups/service.ts';
import {
  accepted,
  CONFIG,
  countingRandom,
  scriptedProvider,
  type ScriptedProvider,
} from '../topups/topup-stage.fixture.ts';
import type { Topup } from '../topups/topup.ts';
import type { Topups } from '../topups/topups.ts';
import type { BotOptions } from './kit/context.ts';
import { sampleTopup } from './samples.fixture.ts';

export type StageTopups = Topups & TopupWork;

/** The card that every transfer goes to, and what is added to the first sum that was asked for; then one tiyin more each time. */
const CARD = { key: '6478', number: '8600495473316478', holder: 'A. <USER>' };
const TAIL_TIYIN = 149;

const TITLES: Readonly<Record<ProviderId, string>> = {
  inpay: 'inPAY',
  payfer: 'Payfer',
  rasmiypay: 'RasmiyPay',
  autopaycard: 'AutoPayCard',
};

/** A page, or a transfer of a sum that no other order has. */
function answerOf({ id, created }: ScriptedProvider, request: CreateRequest): Created {
  if (id === 'inpay') return accepted(request, { payUrl: 'https://pay.example/1' });
  const amountTiyin = request.amountTiyin + TAIL_TIYIN + created.length;
  return accepted(request, { card: CARD, amountTiyin });
}

export function scriptedSystem(id: ProviderId): ScriptedProvider {
  const system = scriptedProvider(id, {
    title: TITLES[id],
    ttlMs: 5 * 60_000,
    minCheckIntervalMs: 0,
    ...(id === 'inpay' ? { methods: ['click', 'payme', 'any'] } : {}),
  });
  system.onCreate = (request) => answerOf(system, request);
  return system;
}

/** Of the systems in the map, which may change while the program runs. */
export function realTopups(
  { db, clock }: Pick<BotOptions, 'db' | 'clock'>,
  {
    systems,
    terms,
    owner,
    alarms = [],
  }: {
    systems: ReadonlyMap<ProviderId, ScriptedProvider>;
    terms: Terms;
    owner: number;
    alarms?: AlarmParams[];
  },
): StageTopups {
  const metrics = createMetrics();
  const silent = (): void => undefined;
  const deps: TopupDeps = {
    db,
    write: (work) => db.tx(work),
    clock,
    random: countingRandom(),
    hashCard: createCardHash(new Uint8Array(32)),
    log: { debug: silent, info: silent, warn: silent, error: silent },
    metrics,
    config: CONFIG,
    terms: termsReader(terms),
    quotas: UNLIMITED,
    providers: systems,
    answers: createAnswerMemory(),
    calls: createCallQueue({ clock, metrics }),
    ownerChats: [owner],
    alarm: async (tx, alarm) => {
      tx.afterCommit(() => alarms.push(alarm));
    },
    webhookUrl: () => undefined,
  };
  return createTopups(deps);
}

/** Every order, in the order in which they were opened. */
export async function orders(db: Database): Promise<Topup[]> {
  const rows = await db.read.select().from(topupTable);
  const opened = await db.read.select().from(topupHistory).orderBy(asc(topupHistory.id));
  const place = new Map(opened.toReversed().map(({ topupId, id }) => [topupId, id]));
  return rows.toSorted((a, b) => (place.get(a.id) ?? 0) - (place.get(b.id) ?? 0));
}

/** Writes a sample order as it is after these changes, whatever led there. */
export async function putTopup(db: Database, changes: Partial<Topup> = {}): Promise<Topup> {
  const { id = 'K7Q2M9XZ' } = changes;
  const row = sampleTopup({ orderCode: `CODE-${id}`, providerOrder: `theirs-${id}`, ...changes });
  const { createdAt: at } = row;
  return await db.tx(async (tx) => {
    const [topup] = await tx.insert(topupTable).values(row).returning();
    await tx.insert(topupHistory).values([
      { topupId: id, note: null, at, toState: 'creating', cause: 'user' },
      { topupId: id, note: null, at, toState: 'waiting', cause: 'user' },
    ]);
    return topup!;
  });
}

export async function changeTopup(
  db: Database,
  id: string,
  changes: Partial<Topup>,
): Promise<void> {
  await db.tx(async (tx) => {
    await tx.update(topupTable).set(changes).where(eq(topupTable.id, id));
  });
}
