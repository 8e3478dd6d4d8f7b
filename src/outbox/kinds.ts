/** Which messages and alarms there are, by kind. */

/** By kind, what the text needs; everything else is looked up when it is sent. Each room declares its own in `news.ts`. */
export interface OutboxParams {
  /** To an owner. `times` counts what was not told since the last time. */
  owner_alarm: { alarm: AlarmParams; times: number };
}

export type OutboxKind = keyof OutboxParams;

/** What an owner must hear about, by kind, with what its text needs. Each room declares its own in `news.ts`. */
export interface Alarms {
  /** The file itself: gone from its place, so that nothing is written any more, or no longer whole. */
  database_trouble: { trouble: 'gone' | 'damaged' | 'unwritable'; detail: string };
  /** Held back in a storm: how many, and the keys of some. */
  many_alarms: { count: number; subjects: string[] };
  /** The owners' group became a supergroup: its id in the settings is the old one. */
  chat_moved: { fromChatId: number; toChatId: number };
  /** The owners' group takes no messages; `waiting` of them are kept for it. */
  chat_silent: { chatId: number; reason: string; waiting: number };
  /** The machine's clock was set: what it says, and what the program counted. Milliseconds since 1970. */
  clock_jumped: { wallAt: number; countedAt: number };
  program_error: { where: string };
}

export type AlarmKind = keyof Alarms;

export type AlarmParams = { [K in AlarmKind]: { kind: K } & Alarms[K] }[AlarmKind];
