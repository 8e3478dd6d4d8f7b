/** What people and the staff write to each other: words, a picture, a document. */
import { cleanTyped } from '../../core/typed-text.ts';
import type { Written } from '../../support/support.ts';
import type { BotContext } from './context.ts';

/**
 * What somebody wrote. Null for anything else, such as a voice, a sticker or a program, which stays where it is:
 * nothing is downloaded.
 */
export function writtenOf({ message, typed }: BotContext): Written | null {
  if (!message) return null;
  const place = { chatId: message.chat.id, messageId: message.message_id };
  if (message.text !== undefined) return { ...place, kind: 'text', text: typed };
  const text = cleanTyped(message.caption ?? '');
  if (message.photo) return { ...place, kind: 'photo', text };
  const type = message.document?.mime_type ?? '';
  const isCheque = type === 'application/pdf' || /^image\/(?:jpeg|png|webp|heic)$/.test(type);
  return isCheque ? { ...place, kind: 'document', text } : null;
}
