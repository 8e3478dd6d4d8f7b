/** What owners change while the program runs: limits, the fee, sums offered, the menu of payment systems. */
import type { Tx } from '../db/database.ts';
import type { Log } from '../core/log.ts';
import {
  chooseTerm,
  isTermName,
  type ReadTerms,
  type TermName,
  type Terms,
  termsIf,
  termText,
} from '../settings/terms.ts';
import type { Approval, ApprovalActions } from './approval.ts';
import { writeAuditLog } from './audit-log.ts';

interface TermChange {
  name: TermName;
  /** The value when the change was shown, written as the environment would have it. */
  from: string;
  /** The new value, written the same way; null: the environment's own. */
  to: string | null;
}

interface TermDeps {
  terms: ReadTerms;
  /** The terms as the environment has them. */
  firstTerms: Terms;
  log: Pick<Log, 'info'>;
}

const termSubject = (name: TermName): string => `term:${name}`;

/** How a request for two persons keeps a change: a value of these terms has no arrow in it. */
const BETWEEN = ' → ';
const NOTHING = '—';
const AS_FIRST = '.env';

/** What a request for two persons says of the change. */
export function termRequest({ name, from, to }: TermChange) {
  return { kind: 'term', subject: name, reason: `${from}${BETWEEN}${to ?? AS_FIRST}` } as const;
}

/** Null for a request of another kind, or of a version that knew other terms. */
export function termOf({ kind, subject, reason }: Approval): TermChange | null {
  const [from, to] = reason.split(BETWEEN);
  if (kind !== 'term' || !isTermName(subject ?? '') || from === undefined || to === undefined) {
    return null;
  }
  return { name: subject as TermName, from, to: to === AS_FIRST ? null : to };
}

/**
 * Changes a term from what was shown, and writes down who did it: both or neither. `overtaken`: it is another one by now, or
 * the change does not go with what else was changed; nothing was written.
 */
export async function changeTerm(
  { terms, firstTerms: first, log }: TermDeps,
  tx: Tx,
  change: TermChange & { staffId: number; secondId: number | null; at: number },
): Promise<'done' | 'overtaken'> {
  const { name, from, to, staffId, secondId, at } = change;
  const now = await terms(tx);
  const next = termsIf(now, { name, text: to, first });
  if (termText(now, name) !== from || next === null) return 'overtaken';
  await chooseTerm(tx, { name, value: to, changedBy: staffId, secondId, changedAt: at });
  const second = secondId === null ? '' : ` (agreed by user:${secondId})`;
  const note = `${from || NOTHING}${BETWEEN}${(to ?? AS_FIRST) || NOTHING}${second}`;
  await writeAuditLog(tx, { staffId, action: 'term', subject: termSubject(name), note, at });
  const facts = { event: 'term_changed', term: name, from, to, by: staffId, second: secondId };
  tx.afterCommit(() => log.info(facts, 'a setting was changed'));
  return 'done';
}

export function termApprovalActions(deps: TermDeps): ApprovalActions {
  return {
    term: {
      async perform(tx, row, at) {
        const change = termOf(row);
        if (!change) return 'overtaken';
        const { ownerId: staffId, secondId } = row;
        return await changeTerm(deps, tx, { ...change, staffId, secondId, at });
      },
    },
  };
}
