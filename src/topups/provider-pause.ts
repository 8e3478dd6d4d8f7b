/**
 * Taking a provider off the menu and bringing it back. Open orders go on being watched. What a person paused, a person
 * resumes; what the program paused, it tries again by itself.
 */
import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm';
import { prepared, type Tx } from '../db/database.ts';
import { providerStates } from '../db/tables.ts';
import { writeAuditLog } from '../staff/audit-log.ts';
import type { TopupDeps } from './deps.ts';
import { type Problem, type ProblemCode, PROBLEMS, type Provider } from './provider.ts';
import type { ProviderId } from '../core/payment-systems.ts';

type State = typeof providerStates.$inferSelect;

/** `provider_states.paused_by` when nobody did. */
export const BY_SYSTEM = 'system';

/**
 * Failures in a row that pause a provider. Between those that count it rests for 10 s, 20 s, 40 s … 5 min, so that
 * this many take a quarter of an hour at least.
 */
const FAILURES_THAT_PAUSE = 8;

const FIRST_TRIAL_MS = 5 * 60_000;
/** What a person has to mend first takes longer. */
const FIRST_TRIAL_OF_OPERATOR_MS = 15 * 60_000;
const LONGEST_TRIAL_MS = 60 * 60_000;

interface SystemPause {
  pausedAt: number;
  pausedBy: typeof BY_SYSTEM;
  trialAt: number;
}

/** What a problem means for the menu; null leaves it as it is. */
export function pauseAfter({
  known,
  failuresInARow,
  provider,
  problem,
  at,
}: {
  known: Pick<State, 'pausedAt'> | null;
  /** Counting this one. */
  failuresInARow: number;
  provider: Provider;
  problem: Problem;
  at: number;
}): SystemPause | null {
  if (known && known.pausedAt !== null) return null;
  const refusesAll = refusesEverybody(problem.code, provider);
  if (!refusesAll && failuresInARow < FAILURES_THAT_PAUSE) return null;
  const firstMs = refusesAll ? FIRST_TRIAL_OF_OPERATOR_MS : FIRST_TRIAL_MS;
  return { pausedAt: at, pausedBy: BY_SYSTEM, trialAt: at + firstMs };
}

/** Nobody can pay until the operator has done something. Of several cards others may still be linked. */
function refusesEverybody(code: ProblemCode, provider: Provider): boolean {
  const { operatorMustAct, backOff } = PROBLEMS[code];
  const cards = provider.uniqueSums?.cards.length ?? 1;
  return operatorMustAct && backOff && !(code === 'card_not_linked' && cards > 1);
}

/** When to try again. The time between trials doubles: what has lasted for an hour is not over in five minutes. */
export function nextTrialAt(pausedAt: number, at: number): number {
  const waitedMs = Math.max(FIRST_TRIAL_MS, at - pausedAt);
  return at + Math.min(LONGEST_TRIAL_MS, waitedMs);
}

/** True when the program has paused it and the next order that somebody opens is the trial. */
export function isHalfOpen(
  state: Pick<State, 'pausedAt' | 'pausedBy' | 'trialAt'> | null,
): boolean {
  return state?.pausedBy === BY_SYSTEM && state.pausedAt !== null && state.trialAt === null;
}

/** Makes the order that is opened now the trial: for everybody else the provider stays paused until that is over. */
export async function takeTrial(tx: Tx, state: State, at: number): Promise<void> {
  const trialAt = nextTrialAt(state.pausedAt ?? at, at);
  await tx
    .update(providerStates)
    .set({ trialAt })
    .where(and(eq(providerStates.provider, state.provider), isNull(providerStates.trialAt)));
}

/** Makes the next order the trial: for a provider that can't be asked about anything else. */
export async function openHalf(tx: Tx, provider: ProviderId): Promise<void> {
  await tx
    .update(providerStates)
    .set({ trialAt: null })
    .where(and(eq(providerStates.provider, provider), eq(providerStates.pausedBy, BY_SYSTEM)));
}

const NOT_PAUSED = { pausedAt: null, pausedBy: null, trialAt: null };
const FRESH = { ...NOT_PAUSED, failuresInARow: 0, restUntil: 0 };

const pauseOfSystem = prepared((q) =>
  q
    .select({ pausedAt: providerStates.pausedAt })
    .from(providerStates)
    .where(
      and(
        eq(providerStates.provider, sql.placeholder('provider')),
        eq(providerStates.pausedBy, BY_SYSTEM),
      ),
    ),
);

/** Ends a pause of the program's own and tells owners; a person's pause stays. */
export async function endSystemPause(
  deps: TopupDeps,
  tx: Tx,
  { provider, at }: { provider: ProviderId; at: number },
): Promise<void> {
  const [before] = await pauseOfSystem(tx).execute({ provider });
  if (!before || before.pausedAt === null) return;
  await tx.update(providerStates).set(FRESH).where(eq(providerStates.provider, provider));
  await deps.alarm(tx, { kind: 'provider_resumed', provider, pausedAt: before.pausedAt }, at);
}

interface Approval {
  provider: ProviderId;
  staffId: number;
  at: number;
}

/** A person takes it off the menu, also when the program had before. False: a person had. */
export async function pauseProvider(tx: Tx, { provider, staffId, at }: Approval): Promise<boolean> {
  const [known] = await tx
    .select()
    .from(providerStates)
    .where(eq(providerStates.provider, provider));
  if (known && known.pausedAt !== null && known.pausedBy !== BY_SYSTEM) return false;
  const paused = { pausedAt: at, pausedBy: `owner:${staffId}`, trialAt: null };
  await tx
    .insert(providerStates)
    .values({ provider, ...paused })
    .onConflictDoUpdate({ target: providerStates.provider, set: paused });
  await writeAuditLog(tx, { at, staffId, action: 'pause', subject: provider });
  return true;
}

/** A person brings it back, whoever had paused it. False when it was not paused. */
export async function resumeProvider(
  tx: Tx,
  { provider, staffId, at }: Approval,
): Promise<boolean> {
  const resumed = await tx
    .update(providerStates)
    .set(FRESH)
    .where(and(eq(providerStates.provider, provider), isNotNull(providerStates.pausedAt)))
    .returning({ provider: providerStates.provider });
  if (resumed.length === 0) return false;
  await writeAuditLog(tx, { at, staffId, action: 'resume', subject: provider });
  return true;
}

/** Makes the next trial due now. False when the program has not paused it. */
export async function tryNow(tx: Tx, { provider, staffId, at }: Approval): Promise<boolean> {
  const due = await tx
    .update(providerStates)
    .set({ trialAt: at })
    .where(and(eq(providerStates.provider, provider), eq(providerStates.pausedBy, BY_SYSTEM)))
    .returning({ provider: providerStates.provider });
  if (due.length === 0) return false;
  await writeAuditLog(tx, { at, staffId, action: 'try', subject: provider });
  return true;
}
