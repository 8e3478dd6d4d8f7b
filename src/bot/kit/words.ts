/**
 * A question that is answered by a message: a reason, a sum, a name, a photo. It is the shortest story there is; whoever
 * asked finds it as `ctx.answering` on the message that answers. Any command, menu entry or button closes it.
 */
import type { BotContext } from './context.ts';
import { tell } from './coming-and-going.ts';
import { soFar, type Telling } from './talk.ts';
import type { Words } from './told.ts';

interface Asked extends Words {
  /** The question whose answer led to this one, in case the same message is handled again. */
  after: Words | null;
}

/** Makes the next message of this chat the answer. Send the question's text yourself. */
export async function askForWords(ctx: BotContext, words: Words): Promise<void> {
  const { update_id: updateId } = ctx.update;
  const known: Asked = { ...words, after: ctx.answering };
  const told = { id: 'words', seq: 0, screenId: null, notice: null };
  await tell(ctx, 'words', { ...told, updateId, question: 'asked', known });
}

export async function wordsStory(telling: Telling): Promise<void> {
  const talk = await soFar<Asked>(telling);
  await talk.hear(({ ctx, known, updateId }) => {
    if (!ctx.message) return null;
    const { after, ...asked } = known;
    ctx.answering = ctx.update.update_id === updateId ? (after ?? asked) : asked;
    return 'handed on';
  });
}
