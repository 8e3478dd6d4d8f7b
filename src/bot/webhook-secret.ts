/** The secret that Telegram names in a header of each update it brings. */
import { createHmac } from 'node:crypto';

/**
 * Made from the bot's token, which nobody but the operator and Telegram has. WEBHOOK_SECRET would not do: it is part of
 * Payfer's webhook address, and who reads it there must not be able to speak as an owner.
 */
export function telegramSecret(token: string): string {
  return createHmac('sha256', token).update('updates by webhook').digest('base64url');
}
