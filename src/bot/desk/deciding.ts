/** What the desk's parts share when they ask for a decision about money, or for words that go with it. */
import type { BotContext, Parts } from '../context.ts';
import { answer, send, show } from '../reply.ts';
import type { Screen } from '../views/screen.ts';
import { decisionId, type DecisionRequest } from './decisions.ts';
import { askedScreen } from './decisions-desk.ts';
import { askForWords } from '../kit/words.ts';
import type { Words } from '../kit/told.ts';

const MAX_REASON = 300;

/** Writes the question down and shows it; the decision itself is confirmed there, by one person or by two. */
export async function askDecision(
  ctx: BotContext,
  parts: Parts,
  request: Omit<DecisionRequest, 'id' | 'askerId'>,
): Promise<void> {
  const asked = await parts.decisions.ask({
    ...request,
    id: decisionId(ctx),
    askerId: ctx.person.id,
  });
  const screen = await askedScreen(ctx, parts, asked);
  if (screen) await show(ctx, screen);
  else await answer(ctx, ctx.t('toast-owner-decided'));
}

/** Asks for words; groups have no open questions, because everybody writes there. */
export async function askWords(
  ctx: BotContext,
  { screen, ...question }: Words & { screen: Screen },
): Promise<void> {
  if (ctx.chat?.type !== 'private') {
    await answer(ctx, ctx.t('people-toast-private'), { alert: true });
    return;
  }
  await askForWords(ctx, question);
  await show(ctx, screen);
}

/** The reason in a message; null, and a hint, when there is none. */
export async function reasonOf(ctx: BotContext): Promise<string | null> {
  const text = ctx.typed.trim();
  if (text !== '' && text.length <= MAX_REASON) return text;
  await send(ctx, { text: ctx.t('payments-bad-reason') });
  return null;
}

export function cut(arg: string): [string, string] {
  const at = arg.lastIndexOf('.');
  return at < 0 ? [arg, ''] : [arg.slice(0, at), arg.slice(at + 1)];
}

/** The number after the last dot of a button's argument; 0 when there is none. */
export function offsetOf(arg: string): { id: string; offset: number } {
  const [id, offset] = cut(arg);
  return { id, offset: /^\d{1,9}$/.test(offset) ? Number(offset) : 0 };
}
