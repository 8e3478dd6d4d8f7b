/**
 * What waits for a second person, on the staff's web page: the question in the words of the chat, with all it warns of, and
 * the same way of deciding. The page is another place to tap, not another rule.
 */
import type { Approval, ApprovalOutcome } from '../../../staff/approval.ts';
import type { Role } from '../../../staff/staff.ts';
import { languageOf } from '../../../core/language.ts';
import { getUser } from '../../../users/users.ts';
import type { Parts } from '../../kit/context.ts';
import type { Translate } from '../../locales/texts.ts';
import { approvalScreen, debitRefused, secondQuestion } from '../approvals/approval-screens.ts';
import { viewOf } from '../approvals/approvals-desk.ts';
import { plainText } from './plain-text.ts';

export const DECISION_ACTIONS = ['agree', 'refuse', 'withdraw'] as const;

type DecisionAction = (typeof DECISION_ACTIONS)[number];

/** The roles that the buttons of the chat need as well. */
const ROLES: Readonly<Record<DecisionAction, Role>> = {
  agree: 'owner',
  refuse: 'owner',
  withdraw: 'operator',
};

export interface WaitingDecision {
  id: string;
  /** Since when it waits. */
  at: number;
  /** What is asked, by whom, and what is to be looked at before. */
  text: string;
  /** The balance that it shows, to be sent along with `agree`. */
  seenTiyin: number | null;
  /** What this person may do. */
  actions: DecisionAction[];
}

interface Deciding {
  id: string;
  action: DecisionAction;
  /** The balance that the question showed. */
  seenTiyin: number | null;
}

/** `text` says what became of it. `refused`: nothing that this person may do. */
export type Decided = { kind: ApprovalOutcome['kind']; text: string } | { kind: 'refused' };

export interface PageDecisions {
  waiting(personId: number): Promise<WaitingDecision[]>;
  /** Decides once, however often and from wherever it is asked for. */
  decide(personId: number, deciding: Deciding): Promise<Decided>;
}

export function pageDecisions(parts: Parts): PageDecisions {
  const { approvals } = parts;
  return {
    async waiting(personId) {
      const t = await textsOf(parts, personId);
      const rows = await approvals.pending();
      return await Promise.all(rows.map((row) => shown(parts, { t, row, personId })));
    },
    async decide(personId, deciding) {
      const { id, action } = deciding;
      if (!parts.staff.may(personId, ROLES[action])) return { kind: 'refused' };
      const outcome = await act(parts, personId, deciding);
      if (outcome.kind === 'old') return { kind: 'refused' };
      const t = await textsOf(parts, personId);
      const text = await outcomeText(parts, t, outcome);
      parts.log.info(
        { event: 'desk_decided', approval: id, action, outcome: outcome.kind, by: personId },
        'a request was decided on the web page',
      );
      return { kind: outcome.kind, text };
    },
  };
}

/** In the language of whoever looks. */
export async function textsOf(parts: Parts, personId: number): Promise<Translate> {
  const user = await getUser(parts.db.read, personId);
  const spoken = user ?? { language: null, telegramLanguage: null };
  return parts.texts(languageOf(spoken, parts.defaultLanguage));
}

async function shown(
  { db, staff }: Parts,
  { t, row, personId }: { t: Translate; row: Approval; personId: number },
): Promise<WaitingDecision> {
  const view = await viewOf(db.read, row);
  return {
    id: row.id,
    at: row.pendingAt ?? row.createdAt,
    text: plainText(secondQuestion(t, view).text),
    seenTiyin: view.beforeTiyin,
    actions: DECISION_ACTIONS.filter((action) => {
      const isAsker = row.ownerId === personId;
      return staff.may(personId, ROLES[action]) && isAsker === (action === 'withdraw');
    }),
  };
}

async function act(
  { approvals }: Parts,
  personId: number,
  { id, action, seenTiyin }: Deciding,
): Promise<ApprovalOutcome> {
  if (action === 'agree') return await approvals.agree(id, { secondId: personId, seenTiyin });
  if (action === 'refuse') return await approvals.refuse(id, personId);
  return await approvals.drop(id, personId);
}

async function outcomeText(
  { db }: Parts,
  t: Translate,
  outcome: Exclude<ApprovalOutcome, { kind: 'old' }>,
): Promise<string> {
  const { kind, row } = outcome;
  if (kind === 'insufficient') {
    const { availableTiyin } = outcome;
    return plainText(debitRefused(t, { availableTiyin, amountTiyin: row.amountTiyin }).text);
  }
  if (kind === 'changed' || kind === 'asked_anew') return t('decision-toast-changed');
  const view = await viewOf(db.read, row, kind === 'done' ? outcome : undefined);
  const now = plainText(approvalScreen(t, view).text);
  return kind === 'over' || kind === 'overtaken' ? `${t('toast-owner-decided')}\n${now}` : now;
}
