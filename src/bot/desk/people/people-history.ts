/** What the staff did for, or to, a person: approvals about money and everything else, in one list. */
import { getUser } from '../../../users/users.ts';
import type { BotContext, Parts } from '../../kit/context.ts';
import { answer, show } from '../../kit/reply.ts';
import type { Translate } from '../../locales/texts.ts';
import { approvalTitle } from '../approvals/approval-screens.ts';
import { namesOf } from '../kit/names.ts';
import { escapeHtml } from '../../kit/format.ts';
import { type HistoryLine, staffHistoryScreen } from './people-screens.ts';
import type { Approval, ApprovalState } from '../../../staff/approval.ts';
import { auditEntriesAbout, type StaffLogRow, userSubject } from '../../../staff/audit-log.ts';

const PAGE_SIZE = 8;

/** `offset`: how many are skipped. */
export async function showHistory(
  ctx: BotContext,
  parts: Parts,
  { userId, offset }: { userId: number; offset: number },
): Promise<void> {
  const user = await getUser(parts.db.read, userId);
  if (!user) {
    await answer(ctx, ctx.t('toast-old'));
    return;
  }
  const { lines, hasMore } = await pageOf(ctx.t, parts, { userId: user.id, offset });
  const page = { user, lines, offset, hasMore, pageSize: PAGE_SIZE };
  await show(ctx, staffHistoryScreen(ctx.t, page));
}

type Line = Omit<HistoryLine, 'staff'> & { staffId: number; secondId: number | null };

async function pageOf(
  t: Translate,
  { db, approvals }: Parts,
  { userId, offset }: { userId: number; offset: number },
): Promise<{ lines: HistoryLine[]; hasMore: boolean }> {
  // Two lists become one, so each is read as far as could stand on all pages up to this one.
  const all = { offset: 0, limit: offset + PAGE_SIZE + 1 };
  const money = await approvals.ofUser(userId, all);
  const entries = await auditEntriesAbout(db.read, userSubject(userId), all);
  const merged = [
    ...money.map((row) => moneyLine(t, row)),
    ...entries.map((row) => auditLine(t, row)),
  ]
    .toSorted((one, other) => other.at - one.at)
    .slice(offset, offset + PAGE_SIZE + 1);
  const ids = merged.flatMap(({ staffId, secondId }) => [staffId, secondId]);
  const names = await namesOf(
    db.read,
    ids.filter((id) => id !== null),
  );
  const lines = merged.slice(0, PAGE_SIZE).map(({ staffId, secondId, at, what, note }) => {
    const persons = secondId === null ? [staffId] : [staffId, secondId];
    return { at, what, note, staff: persons.map((id) => names.get(id) ?? id).join(' + ') };
  });
  return { lines, hasMore: merged.length > PAGE_SIZE };
}

const ICONS: Readonly<Record<ApprovalState, string>> = {
  asked: '❓',
  pending: '⏳',
  done: '✅',
  dropped: '❌',
  expired: '⌛',
};

function moneyLine(t: Translate, row: Approval): Line {
  const { createdAt: at, ownerId: staffId, secondId, state } = row;
  const note = row.kind === 'term' ? null : row.reason;
  return { at, staffId, secondId, note, what: `${ICONS[state]} ${approvalTitle(t, row)}` };
}

const ACTIONS: Readonly<Record<string, string>> = {
  block: 'people-audit-block',
  unblock: 'people-audit-unblock',
  message: 'people-audit-message',
};

function auditLine(t: Translate, { at, staffId, action, note }: StaffLogRow): Line {
  const key = ACTIONS[action];
  const what = key === undefined ? `<code>${escapeHtml(action)}</code>` : t(key);
  return { at, staffId, secondId: null, note, what };
}
