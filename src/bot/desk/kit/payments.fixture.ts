/** The desk beside real top-ups: a scripted provider, a real file, and several people of the staff. */
import { auditBooks } from '../../../books/audit.ts';
import { userBalance } from '../../../ledger/ledger.ts';
import { createMetrics } from '../../../core/metrics.ts';
import type { AlarmParams } from '../../../outbox/kinds.ts';
import { createAnswerMemory } from '../../../topups/raw-answers.ts';
import { createCallQueue } from '../../../topups/calls.ts';
import { createCardHash } from '../../../db/card-hash.ts';
import type { TopupDeps } from '../../../topups/deps.ts';
import type { CheckOutcome } from '../../../topups/provider.ts';
import { createTopups, type TopupWork } from '../../../topups/service.ts';
import {
  CONFIG,
  countingRandom,
  scriptedProvider,
  type ScriptedProvider,
} from '../../../topups/topup-stage.fixture.ts';
import type { Topup } from '../../../topups/topup.ts';
import type { Topups } from '../../../topups/topups.ts';
import { ALI, type BotStage, OWNER, startBotStage, VALI, FIRST_TERMS } from '../../bot.fixture.ts';
import { termsReader } from '../../../settings/terms.ts';
import type { StaffOptions } from '../../../staff/staff.ts';
import { UNLIMITED } from '../../../testing/quotas.ts';

export const OPERATOR = { id: 910, firstName: 'Operator', languageCode: 'en' };
export const SECOND_OWNER = { id: 911, firstName: 'Second', languageCode: 'en' };
export const MINUTE = 60_000;

export interface PaymentsStage {
  stage: BotStage;
  topups: Topups & TopupWork;
  payfer: ScriptedProvider;
  alarms: AlarmParams[];
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
  const payfer = scriptedProvider('payfer');
  const inpay = scriptedProvider('inpay');
  const alarms: AlarmParams[] = [];
  const late: { topups?: Topups & TopupWork } = {};
  const stage = await startBotStage(({ db, clock }) => {
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
      terms: termsReader(FIRST_TERMS),
      quotas: UNLIMITED,
      providers: new Map([payfer, inpay].map((each) => [each.id, each])),
      answers: createAnswerMemory(),
      calls: createCallQueue({ clock, metrics }),
      ownerChats: [OWNER.id],
      alarm: async (tx, alarm) => {
        tx.afterCommit(() => alarms.push(alarm));
      },
      webhookUrl: () => undefined,
    };
    late.topups = createTopups(deps);
    const { owners = [OWNER.id], ...rest } = staff;
    return { topups: late.topups, adminIds: owners, staff: rest };
  });
  const { topups } = late;
  if (!topups) throw new Error('the bot was built without top-ups');
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
