/**
 * How far a payment is, as a draft below its message: a preview that Telegram takes away after 30 s, and with the bot's next
 * message. So nothing depends on it: the message above says what has to be known, nobody waits for a draft, and one that
 * does not get through is not tried again, nor told of.
 */
import { withTimeLimit } from '../../core/deps.ts';
import { grammySignal } from '../../core/telegram-fetch.ts';
import type { BotContext, Parts } from './context.ts';

/** Later than this the stage is another one. */
const LIMIT_MS = 5000;

export interface Stages {
  /** Comes back at once and never throws. A stage that a later one has overtaken is left out. */
  show(words: string): void;
  /** Nothing is shown from now on: a message says how it ended. */
  end(): void;
}

/** One draft for one update of a private chat: its stages take each other's place. */
export function beginStages(
  ctx: BotContext,
  { novelties, clock }: Pick<Parts, 'novelties' | 'clock'>,
): Stages {
  const { chatId } = ctx;
  // It must not be 0, which no update is.
  const draftId = ctx.update.update_id;
  const over = new AbortController();
  let latest = '';
  let before = Promise.resolve();
  const send = async (words: string): Promise<void> => {
    const isWanted = words === latest && !over.signal.aborted && novelties.knows('draft');
    if (!isWanted || chatId === undefined) return;
    const call = async (signal: AbortSignal): Promise<unknown> =>
      await ctx.api.sendMessageDraft(chatId, draftId, words, {}, grammySignal(signal));
    await withTimeLimit(clock, LIMIT_MS, call, over.signal).catch(() => over.abort());
  };
  return {
    show(words) {
      latest = words;
      before = before.then(async () => await send(words));
    },
    end: () => over.abort(),
  };
}
