/** Which of what was sent to us can be kept as updates. */
import type { Update } from 'grammy/types';
import { z } from 'zod';

const schema = z.looseObject({ update_id: z.int().nonnegative() });

interface Readable {
  updates: Update[];
  /** How many could not be kept. */
  leftOut: number;
  /** The id of the last update that had one, even if that update itself could not be read. */
  lastId: number | null;
}

/**
 * The updates among `sent`. What isn't one, or is nested so deep that it can't be written down, would come again and
 * again and hold up the others if it were refused: it is left out.
 */
export function readableUpdates(sent: unknown): Readable {
  const all: readonly unknown[] = Array.isArray(sent) ? sent : [sent];
  const known = all.flatMap((each) => schema.safeParse(each).data ?? []);
  const updates = known.filter(isWritable);
  return {
    updates,
    leftOut: all.length - updates.length,
    lastId: known.at(-1)?.update_id ?? null,
  };
}

/** JSON is read without recursion, but written with it: the stack ends at some thousand levels. */
function isWritable(value: unknown): boolean {
  try {
    JSON.stringify(value);
    return true;
  } catch {
    return false;
  }
}
