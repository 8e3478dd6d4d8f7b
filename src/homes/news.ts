/** What homes tell people, put into the outbox inside the transaction that makes it true. */
import type { Tx } from '../db/database.ts';
import { enqueue } from '../outbox/messages.ts';
import { type Home, peopleOf } from './home.ts';

declare module '../outbox/kinds.ts' {
  interface OutboxParams {
    /** To a home's owner: somebody came by an invitation, or left. */
    home_joined: { homeId: string; memberId: number };
    home_left: { homeId: string; memberId: number };
    /**
     * To somebody who does not belong to the home any more. It carries the home's name, because the home itself may be
     * gone.
     */
    home_over: { name: string; why: 'removed' | 'ended' };
    /** To the others of a home that wants it: one of them has paid a bill of an account in it. */
    home_paid: { homeId: string; billId: string };
  }
}

export async function tellOwner(
  tx: Tx,
  kind: 'home_joined' | 'home_left',
  { home, memberId, at }: { home: Home; memberId: number; at: number },
): Promise<void> {
  const params = { homeId: home.id, memberId };
  const key = `home:${home.id}:${kind}:${memberId}:${at}`;
  await enqueue(tx, { key, chatId: home.userId, kind, params, at });
}

export async function tellOver(
  tx: Tx,
  { home, why, at }: { home: Home; why: 'removed' | 'ended'; at: number },
  chatIds: readonly number[],
): Promise<void> {
  for (const chatId of chatIds) {
    const key = `home:${home.id}:${why}:${chatId}:${at}`;
    await enqueue(tx, { key, chatId, kind: 'home_over', params: { name: home.name, why }, at });
  }
}

/** Who belongs to several of these homes hears of it once. */
export async function tellHomesPaid(
  tx: Tx,
  all: readonly Home[],
  { billId, payerId, at }: { billId: string; payerId: number; at: number },
): Promise<void> {
  for (const home of all.filter(({ isTold }) => isTold)) {
    for (const chatId of await peopleOf(tx, [home])) {
      if (chatId === payerId) continue;
      const key = `bill:${billId}:home:${chatId}`;
      await enqueue(tx, {
        key,
        chatId,
        kind: 'home_paid',
        params: { homeId: home.id, billId },
        at,
      });
    }
  }
}
