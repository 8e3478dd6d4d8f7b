/** Paylov, with somebody who listens: what only the operator can mend reaches owners, in whichever call it shows. */
import type { BillDeps } from './deps.ts';
import { PAYLOV_PROBLEMS, type PaylovProblem, type PaylovProblemCode } from './paylov/errors.ts';
import type { Paylov } from './paylov/types.ts';

/**
 * The same client. Before an answer that calls for the operator is passed on, it is told in a transaction of its own;
 * should that fail, the answer is passed on all the same.
 */
export function watchedPaylov(deps: BillDeps): Paylov {
  const { paylov } = deps;
  const watch =
    <A extends unknown[], O extends object>(call: (...given: A) => Promise<O>) =>
    async (...given: A): Promise<O> => {
      const outcome = await call(...given);
      const problem = troubleIn(outcome);
      if (problem) await tellOwners(deps, problem);
      return outcome;
    };
  return {
    services: watch(() => paylov.services()),
    fields: watch((...given) => paylov.fields(...given)),
    info: watch((...given) => paylov.info(...given)),
    create: watch((...given) => paylov.create(...given)),
    pay: watch((...given) => paylov.pay(...given)),
    status: watch((...given) => paylov.status(...given)),
    transactions: watch((...given) => paylov.transactions(...given)),
    startLinking: watch((...given) => paylov.startLinking(...given)),
    confirmLinking: watch((...given) => paylov.confirmLinking(...given)),
    listCards: watch((...given) => paylov.listCards(...given)),
    removeCard: watch((...given) => paylov.removeCard(...given)),
  };
}

/** The trouble in the outcome of any call that only the operator can mend; null: there is none. */
function troubleIn(outcome: {
  problem?: PaylovProblem;
  code?: PaylovProblemCode;
  detail?: string;
  hint?: 'waste_unpaid';
}): PaylovProblem | null {
  const { code, detail, hint } = outcome.problem ?? outcome;
  if (code === undefined || !PAYLOV_PROBLEMS[code].operatorMustAct) return null;
  // A service that is refused for an unpaid waste bill waits for its payer, not for the operator.
  if (hint !== undefined && PAYLOV_PROBLEMS[code].concerns === 'service') return null;
  return { kind: 'problem', code, ...(detail === undefined ? {} : { detail }) };
}

async function tellOwners(deps: BillDeps, problem: PaylovProblem): Promise<void> {
  const at = deps.clock.now();
  try {
    await deps.write((tx) => deps.tell(tx, { kind: 'operator_must_act', problem, at }));
  } catch (error) {
    const facts = { event: 'bill_work_failed', code: problem.code, err: error };
    deps.log.error(facts, 'telling owners of Paylov');
  }
}
