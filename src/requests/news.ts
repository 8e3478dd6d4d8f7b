/** What requests tell people, put into the outbox inside the transaction that makes it true. */
import type { Tx } from '../db/database.ts';
import { enqueue } from '../outbox/messages.ts';
import type { PaymentRequest } from './request.ts';

declare module '../outbox/kinds.ts' {
  interface OutboxParams {
    /** To who asked: somebody paid. */
    request_paid: { requestId: string };
  }
}

/** Tells who asked. Somebody who pays their own request has the receipt already. */
export async function tellPaid(tx: Tx, request: PaymentRequest, at: number): Promise<void> {
  const { id: requestId, userId: chatId, payerId } = request;
  if (payerId === chatId) return;
  const key = `request:${requestId}:paid`;
  await enqueue(tx, { key, chatId, kind: 'request_paid', params: { requestId }, at });
}
