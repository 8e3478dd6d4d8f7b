/** What Telegram is asked before there is a bot: whose token it is, and who the owner is. */
import { Api, GrammyError } from 'grammy';
import type { Message, User } from 'grammy/types';
import type { Deps } from '../core/deps.ts';
import { createTelegramFetch } from '../core/telegram-fetch.ts';

interface TelegramPlace {
  token: string;
  apiRoot: string;
}

/** `words`: Telegram's own, or that there were none. */
type TelegramProblem = { kind: 'problem'; words: string; isRefusal: boolean };

type BotOutcome = { kind: 'bot'; username: string; updatesGoTo: string | null } | TelegramProblem;

export function telegramAt({ token, apiRoot }: TelegramPlace, deps: Deps): Api {
  return new Api(token, { apiRoot, fetch: createTelegramFetch(deps) });
}

/** Whose token it is, and whether another program gets the bot's messages. */
export async function askAboutBot(api: Api): Promise<BotOutcome> {
  try {
    const { username } = await api.getMe();
    const { url } = await api.getWebhookInfo();
    const updatesGoTo = url === undefined || url === '' ? null : new URL(url).host;
    return { kind: 'bot', username, updatesGoTo };
  } catch (error) {
    return problemOf(error);
  }
}

function problemOf(error: unknown): TelegramProblem {
  if (error instanceof GrammyError) {
    return { kind: 'problem', words: error.description, isRefusal: true };
  }
  return { kind: 'problem', words: 'no answer', isRefusal: false };
}

type OwnerOutcome =
  { kind: 'owner'; user: User; chatId: number } | { kind: 'nobody' } | TelegramProblem;

const LOOK_EVERY_MS = 1500;
const MOST_UPDATES = 100;

/**
 * Waits until somebody sends `code`, by itself or behind /start. What is read stays with Telegram, so that the program
 * answers it at its start; `onOther` hears of those who press Start without the code.
 */
export async function waitForOwner(
  api: Api,
  options: { code: string; deps: Deps; patienceMs: number; onOther: (name: string) => void },
): Promise<OwnerOutcome> {
  const { code, deps, patienceMs, onOther } = options;
  const endsAt = deps.clock.elapsed() + patienceMs;
  const seen = new Set<number>();
  let offset: number | undefined;
  try {
    while (deps.clock.elapsed() < endsAt) {
      const updates = await api.getUpdates({
        limit: MOST_UPDATES,
        timeout: 0,
        ...(offset === undefined ? {} : { offset }),
      });
      for (const { update_id: id, message } of updates) {
        if (seen.has(id) || !message?.from || message.chat.type !== 'private') continue;
        seen.add(id);
        if (carries(message, code)) {
          return { kind: 'owner', user: message.from, chatId: message.chat.id };
        }
        if (message.text?.startsWith('/start') === true) onOther(message.from.first_name);
      }
      // What waits for the program is left to it, unless it stands in the way of everything newer.
      if (updates.length === MOST_UPDATES) offset = (updates.at(-1)?.update_id ?? 0) + 1;
      await deps.clock.sleep(LOOK_EVERY_MS);
    }
    return { kind: 'nobody' };
  } catch (error) {
    return problemOf(error);
  }
}

function carries({ text }: Message, code: string): boolean {
  return text !== undefined && text.replace(/^\/start(?:@\w+)?/, '').trim() === code;
}
