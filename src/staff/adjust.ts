/** Crediting and debiting by hand, once that was decided. */
import type { Tx } from '../db/database.ts';
import { ADJUSTMENTS, userAvailable } from '../ledger/accounts.ts';
import { post } from '../ledger/ledger.ts';
import { enqueue } from '../outbox/messages.ts';
import type { Log } from '../core/log.ts';
import { actorOf, bookedReason, type Approval, type ApprovalActions } from './approval.ts';

export function moneyApprovalActions(parts: { log: Pick<Log, 'info'> }): ApprovalActions {
  return {
    credit: { perform: async (tx, row, at) => await adjust(parts, tx, row, { gain: 1, at }) },
    debit: { perform: async (tx, row, at) => await adjust(parts, tx, row, { gain: -1, at }) },
  };
}

/** Entry and message, in the transaction that ends the request. The user hears the reason, not who agreed. */
async function adjust(
  { log }: { log: Pick<Log, 'info'> },
  tx: Tx,
  row: Approval,
  { gain, at }: { gain: 1 | -1; at: number },
): Promise<'done'> {
  const amountTiyin = gain * row.amountTiyin;
  const key = `admin:${row.id}`;
  await post(tx, {
    key,
    kind: row.kind,
    actor: actorOf(row),
    reason: bookedReason(row),
    at,
    lines: [
      { account: ADJUSTMENTS, amountTiyin: -amountTiyin },
      { account: userAvailable(row.userId), amountTiyin },
    ],
  });
  const params = { amountTiyin, reason: row.reason };
  await enqueue(tx, { key, chatId: row.userId, kind: 'adjustment', params, at });
  const { id: request, kind, userId, ownerId: by, secondId: second } = row;
  const facts = { event: 'adjustment', kind, request, userId, amountTiyin, by, second };
  tx.afterCommit(() => log.info(facts, 'a balance was changed by hand'));
  return 'done';
}
