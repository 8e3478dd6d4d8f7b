/** Names that fit into a button's data. */
import { createHash } from 'node:crypto';

/** A short name for a long or strange id, fit for a button. */
export function shortKey(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 12);
}
