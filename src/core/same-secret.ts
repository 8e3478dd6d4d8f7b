/** The only place where what a stranger sent is compared with a secret. */
import { hash, timingSafeEqual } from 'node:crypto';

/**
 * Compares without telling by its time how much of it was right, nor how long the right one is. Nothing is ever the same
 * as an empty secret.
 */
export function sameSecret(given: string | undefined, expected: string): boolean {
  const isSame = timingSafeEqual(digest(given ?? ''), digest(expected));
  return isSame && expected !== '';
}

/** Equal lengths for timingSafeEqual, whatever was given. */
function digest(text: string): Buffer {
  return hash('sha256', text, 'buffer');
}
