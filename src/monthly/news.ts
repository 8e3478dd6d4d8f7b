/** What is told of bills that are paid without a tap. */

declare module '../outbox/kinds.ts' {
  interface OutboxParams {
    /** A bill that waited for money does not go on by itself; looked up when it is sent. */
    waiting_asks: { waitingId: string };
    /** What is owed on a person's watched accounts; looked up when it is sent. */
    watch_due: Record<string, never>;
  }
}
