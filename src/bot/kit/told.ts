/** What is kept of the stories of a chat. */
import type { ConversationData } from '@grammyjs/conversations';

/** What a story keeps between two updates: plain JSON. */
export interface Told<K = unknown> {
  /** Stands on every button of the story: buttons with another one are old. */
  id: string;
  /** Grows with every answer, and is on every button: a second tap can't answer the next question. */
  seq: number;
  /** The update that led here. Handled again after a crash, it must not answer the next question. */
  updateId: number;
  /** The message the story stands in. */
  screenId: number | null;
  /** Whether the question at hand has to be shown, waits, or is answered by the update that brings a left story back. */
  question: 'new' | 'asked' | 'answered';
  /** Why the question is asked again; as HTML. */
  notice: string | null;
  known: K;
}

export type StoryName = 'topup' | 'pay' | 'card' | 'words';

/** A story that was left for something else: its own buttons, and "continue", bring it back. */
export interface Left {
  name: StoryName;
  told: Told;
  /** Something else, perhaps an order, stands in the story's message by now, so the story must not remove it. */
  isCovered?: true;
}

/** What every handler may know of the chat's stories. */
export interface Stories {
  /** What the dialogs' plugin keeps. */
  data: ConversationData;
  left: Left | null;
  /** Whether other sources wrote what is kept. */
  isOld: boolean;
  /** What a story is to begin with, or to go on with. */
  carried: Told | null;
  /** The story that was being told when the program changed. */
  cutShort: Left | null;
}

export interface Words {
  /** The part of the program that asks, and which of its questions this is. */
  area: string;
  name: string;
  arg: string;
  /** The question's message, which is removed once the question is answered. */
  screenId?: number;
}
