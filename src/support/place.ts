/** Where an answer stands that was written in no chat of Telegram, so that it is taken once like any other. */
import { createHash } from 'node:crypto';
import type { Place } from '../outbox/places.ts';

/** Telegram numbers the messages of a chat from one; none ever gets this far. */
const BEYOND_MESSAGES = 2 ** 40;

/** In the staff member's own chat. The same name is the same place. */
export function placeNamed(staffId: number, name: string): Place {
  const digits = createHash('sha256').update(`${staffId}:${name}`).digest('hex').slice(0, 12);
  return { chatId: staffId, messageId: BEYOND_MESSAGES + Number.parseInt(digits, 16) };
}
