/** How often somebody was told something, and how often the program could not know that it had told them. */
import type { Said } from './chats.ts';
import type { Violation } from './checks.ts';
import { Life } from './lifecycle.ts';
import type { Exchange } from './network.ts';
import type { Stage } from './stage.ts';

export interface Announcement {
  chatId: number;
  /** What it is about. */
  id: string;
  says: RegExp;
}

/** A kill so soon after Telegram's answer may fall before the note that it was sent. */
const NOTED_WITHIN_MS = 2000;

/** Exactly once, and once more for each time that a kill fell between sending a message and noting it. */
export function announcedOnce(stage: Stage, announcement: Announcement): Violation[] {
  const { chatId, id } = announcement;
  if (toldOf(stage, announcement).length > 0) return announcedTooOften(stage, announcement);
  return [{ what: `${chatId} was never told of ${id}`, about: [id, `person ${chatId}`] }];
}

export function toldOf({ chats }: Stage, { chatId, says }: Announcement): Said[] {
  return chats.said.filter((each) => each.chatId === chatId && says.test(each.text));
}

export function announcedTooOften(stage: Stage, announcement: Announcement): Violation[] {
  const { chatId, id } = announcement;
  const told = toldOf(stage, announcement);
  const about = [id, `person ${chatId}`];
  const sendings = sendingsOf(stage);
  const unnoted = told.filter(({ messageId }) => {
    const sending = sendings.get(messageId);
    return sending === undefined || mayBeUnnoted(sending);
  });
  if (told.length <= unnoted.length + 1) return [];
  return [{ what: `${chatId} was told ${told.length} times of ${id}`, about }];
}

function mayBeUnnoted({ call: { sender }, isAnswered, at }: Exchange): boolean {
  if (!isAnswered) return true;
  const diedAt = sender instanceof Life ? sender.diedAt : null;
  return diedAt !== null && diedAt < at + NOTED_WITHIN_MS;
}

const known = new WeakMap<Stage, Map<number, Exchange>>();

/** By the message's id, the call that sent it. */
function sendingsOf(stage: Stage): Map<number, Exchange> {
  const found = known.get(stage);
  if (found) return found;
  const sendings = new Map<number, Exchange>();
  for (const exchange of stage.scene.exchanges) {
    if (!exchange.call.url.pathname.endsWith('/sendMessage')) continue;
    const body = JSON.parse(exchange.given?.body ?? '{}') as { result?: { message_id?: number } };
    const id = body.result?.message_id;
    if (id !== undefined) sendings.set(id, exchange);
  }
  known.set(stage, sendings);
  return sendings;
}
