/** Sends the encrypted copy to owners. */
import { basename } from 'node:path';
import { type Api, InputFile } from 'grammy';
import { BackupError } from './trouble.ts';

/** Bot API, sendDocument: bots can send files of up to 50 MB. */
const MAX_BYTES = 50_000_000;

/** Uploads once and streams from the disk. Throws a BackupError when a chat did not get it. */
export async function sendBackup(
  api: Api,
  { path, bytes, chats }: { path: string; bytes: number; chats: readonly number[] },
): Promise<void> {
  const name = basename(path);
  if (bytes > MAX_BYTES) {
    throw new BackupError('too_large', [`${name} has ${Math.ceil(bytes / 1e6)} MB`]);
  }
  const missed: string[] = [];
  let fileId: string | undefined;
  for (const chatId of chats) {
    try {
      const sent = await api.sendDocument(chatId, fileId ?? new InputFile(path, name));
      fileId = sent.document.file_id;
    } catch (error) {
      // Only the message of grammY's error is kept, which is Telegram's own: the error itself holds what was sent.
      missed.push(error instanceof Error ? error.message : 'unknown error');
    }
  }
  if (missed.length > 0) throw new BackupError('not_sent', [...new Set(missed)]);
}
