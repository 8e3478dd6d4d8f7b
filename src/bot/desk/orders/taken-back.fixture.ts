/** Orders whose payment system changes its mind. */
import { eq } from 'drizzle-orm';
import { topupHistory } from '../../../db/tables.ts';
import { providerClearing, userAvailable } from '../../../ledger/accounts.ts';
import { post } from '../../../ledger/ledger.ts';
import type { AlarmParams } from '../../../outbox/kinds.ts';
import type { CheckOutcome } from '../../../topups/provider.ts';
import { ALI, OWNER } from '../../bot.fixture.ts';
import { type PaymentsStage, startPayments } from '../kit/payments.fixture.ts';

export const SUM = 5_000_000;
export const paid = (paidTiyin = SUM): CheckOutcome => ({ kind: 'paid', paidTiyin });
export const cancelled: CheckOutcome = { kind: 'closed', as: 'cancelled' };

/** An order of Ali's that was paid. */
export async function credited(options: Parameters<typeof startPayments>[0] = {}) {
  const world = await startPayments(options);
  const order = await world.open(ALI.id);
  await world.hear(paid());
  return { world, order };
}

let bodies = 0;

/** A report that the provider sends, and what its status call says from now on. */
export async function hearAgain(
  world: PaymentsStage,
  id: string,
  outcome: CheckOutcome,
): Promise<void> {
  world.payfer.onCheck = () => outcome;
  bodies += 1;
  const body = JSON.stringify({ status: 'cancelled', nth: bodies });
  await world.topups.receive({ provider: 'payfer', order: { id }, body });
  await world.topups.tick();
}

/** Ali's money goes elsewhere. */
export async function spend({ stage }: PaymentsStage, amountTiyin: number, n = 1): Promise<void> {
  const lines = [
    { account: userAvailable(ALI.id), amountTiyin: -amountTiyin },
    { account: providerClearing('paylov'), amountTiyin },
  ];
  const entry = { key: `test:spent:${n}`, kind: 'test', actor: 'system', at: 1, lines };
  await stage.db.tx((tx) => post(tx, entry));
}

/** The notes in the history of the order. */
export async function notes({ stage }: PaymentsStage, id: string): Promise<(string | null)[]> {
  const rows = await stage.db.read.select().from(topupHistory).where(eq(topupHistory.topupId, id));
  return rows.map(({ note }) => note).filter((note) => note !== null);
}

export const alarmsOf = ({ alarms }: PaymentsStage, kind = 'taken_back') =>
  alarms.filter((alarm) => alarm.kind === kind);

/** Sends an alarm to the owner, as the outbox would. */
export async function sendAlarm({ stage }: PaymentsStage, alarm: AlarmParams): Promise<void> {
  const reader = { chatId: OWNER.id, language: 'en' } as const;
  const rendered = await stage.bot.render('owner_alarm', { alarm, times: 1 }, reader);
  if (rendered?.method !== 'send') throw new Error('the alarm has nothing to say');
  await stage.bot.bot.api.sendMessage(OWNER.id, rendered.text, {
    parse_mode: 'HTML',
    ...(rendered.keyboard ? { reply_markup: rendered.keyboard } : {}),
  });
}
