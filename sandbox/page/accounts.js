/** Accounts of the books in words. */
import { personName } from './people.js';

/** `user:1003:available` is `Laylo · available`; others stay as they are written. */
export function accountName(id) {
  const [kind, user, ...rest] = id.split(':');
  return kind === 'user' ? [personName(user), ...rest].join(' · ') : id.replaceAll(':', ' · ');
}
