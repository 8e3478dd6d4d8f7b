/** The desk beside real top-ups: a scripted provider, a real file, and several people of the staff. */
import { auditBooks } from '../../../books/audit.ts';
import { userBalance } from '../../../ledger/ledger.ts';
import type { AlarmParams } from '../../../outbox/kinds.ts';
import type { CheckOutcome } from '../../../topups/provider.ts';
import { scriptedProvider, type ScriptedProvider } from '../../../topups/topup-stage.fixture.ts';
import type { Topup } from '../../../topups/topup.ts';
import type { StageTopups } from '../../topups.fixture.ts';
import { ALI, type BotStage, OWNER, startBotStage, VALI } from '../../bot.fixture.ts';
import type { StaffOptions } from '../../../staff/staff.ts';

export const OPERATOR = { id: 910, firstName: 'Operator', languageCode: 'en' };
export const SECOND_OWNER = { id: 911, firstName: 'Second', languageCode: 'en' };
export const MINUTE = 60_000;

export interface PaymentsStage {
  stage: BotStage;
  topups: StageTopups;
  payfer: ScriptedProvider;
  alarms: readonly AlarmParams[];
  /** An order that waits. */
  open: (
    userId: number,
    options?: { provider?: 'payfer' | 'inpay'; sumTiyin?: number },
  ) => Promise<Topup>;
  /** The provider says this of every order from now on, and the poller hears it. */
  hear: (outcome: CheckOutcome) => Promise<void>;
  balance: (userId: number) => Promise<number>;
  findings: () => Promise<string[]>;
}

export async function startPayments(
  staff: Partial<StaffOptions> & { owners?: number[] } = {},
): Promise<PaymentsStage> {
  const { owners = [OWNER.id], ...rest } = staff;
  const stage = await startBotStage({ adminIds: owners, staff: rest });
  const { topups, systems, alarms } = stage;
  const payfer = scriptedProvider('payfer');
  for (const system of [payfer, scriptedProvider('inpay')]) systems.set(system.id, system);
  for (const person of [OPERATOR, SECOND_OWNER]) stage.telegram.user(person);
  for (const { id } of [ALI, VALI, OWNER]) await stage.meet(id);
  return {
    stage,
    topups,
    payfer,
    alarms,
    async open(userId, { provider = 'payfer', sumTiyin = 5_000_000 } = {}) {
      const outcome = await topups.create({ userId, provider, baseTiyin: sumTiyin });
      if (outcome.kind !== 'created') throw new Error(outcome.kind);
      return outcome.topup;
    },
    async hear(outcome) {
      payfer.onCheck = () => outcome;
      await stage.clock.advance(11_000);
      await topups.tick();
    },
    balance: async (userId) => (await userBalance(stage.db.read, userId)).availableTiyin,
    findings: async () => (await auditBooks(stage.db)).findings,
  };
}

/** Taps the same button twice before the bot has seen either. Resolves with what the taps were answered. */
export async function tapTwice(
  stage: BotStage,
  label: string,
  [first, second]: [number, number],
): Promise<string[]> {
  const taps = [first, second].map((userId) => {
    const { message, data } = stage.find(label, userId);
    return stage.telegram.tap(userId, message.messageId, { data });
  });
  await stage.pump();
  return await Promise.all(taps.map(async ({ answer }) => (await answer).text ?? ''));
}
