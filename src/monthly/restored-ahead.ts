/** A copy that was restored while the clock was ahead: by the note of it, for long all that was agreed to is from before. */
import { AHEAD_MS } from '../core/clock/ahead.ts';
import { restoredAt } from '../db/restored.ts';
import type { TopupDeps } from '../topups/deps.ts';

/**
 * At start: says that the note lies ahead, and changes nothing. Which of the two clocks was wrong nobody knows here, and a note
 * that is too early would let a bill be paid again that was paid before the restore; one that is too late only asks.
 */
export async function warnOfRestoredAhead(deps: TopupDeps): Promise<void> {
  const at = deps.clock.now();
  const notedAt = await restoredAt(deps.db.read);
  if (notedAt === null || notedAt <= at + AHEAD_MS) return;
  const alarm = { kind: 'restored_ahead', notedAt, now: at } as const;
  const facts = { event: alarm.kind, notedAt: new Date(notedAt).toISOString() };
  deps.log.warn(
    facts,
    'by its note a copy is yet to be restored: the clock was wrong then, or is now',
  );
  await deps.write((tx) => deps.alarm(tx, alarm, at));
}
