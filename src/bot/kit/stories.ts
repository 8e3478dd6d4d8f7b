/**
 * The stories of a chat, in one row: the one that is told, as the dialogs' plugin keeps it, and the one that was left. Both
 * are forgotten after an hour.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import type { ConversationContextStorage, ConversationData } from '@grammyjs/conversations';
import type { MiddlewareFn } from 'grammy';
import type { Database } from '../../db/database.ts';
import type { Clock } from '../../core/deps.ts';
import type { BotContext } from './context.ts';
import { forget, keep, keptUnder } from './kept.ts';
import type { Left, Stories, StoryName, Told } from './told.ts';

/** Somebody who comes back after this long begins anew. */
const LIFE_MS = 60 * 60_000;

const FOLDERS = ['../kit/', '../topup/', '../pay/', '../cards/'];

/** Changes with the sources of the stories: what a story wrote is read by that same story alone. */
const STORIES_VERSION = versionOf(FOLDERS.map((folder) => new URL(folder, import.meta.url)));

export function versionOf(folders: readonly URL[]): string {
  const hash = createHash('sha256');
  for (const folder of folders) {
    const names = readdirSync(folder).filter((name) => /^[\w-]+\.ts$/.test(name));
    for (const name of names.toSorted())
      hash.update(name).update(readFileSync(new URL(name, folder)));
  }
  return hash.digest('base64url').slice(0, 12);
}

interface Row {
  version: string;
  data: ConversationData;
  left: Left | null;
}

interface Store {
  db: Database;
  clock: Clock;
}

/**
 * Gives the handlers below the stories of their chat, and writes down what became of them. After a failed update nothing
 * is written: it runs again on the stories as they were.
 */
export function keepStories(store: Store): MiddlewareFn<BotContext> {
  return async (ctx, next) => {
    if (ctx.chatId === undefined) throw new Error('stories are told in chats alone');
    const row = await readRow(store, ctx.chatId);
    const isOurs = row?.version === STORIES_VERSION;
    const stories: Stories = {
      data: isOurs ? row.data : {},
      left: row?.left ?? null,
      isOld: row !== null && !isOurs,
      carried: null,
      cutShort: row && !isOurs ? toldIn(row.data) : null,
    };
    ctx.stories = stories;
    const before = JSON.stringify(keptOf(stories));
    await next();
    const kept = keptOf(stories);
    if (JSON.stringify(kept) !== before || (row && !isOurs))
      await writeRow(store, ctx.chatId, kept);
  };
}

/** The story that was left in a chat; null where there is none, or it is forgotten. */
export async function leftStory(store: Store, chatId: number): Promise<Left | null> {
  const row = await readRow(store, chatId);
  return row?.version === STORIES_VERSION ? (toldIn(row.data) ?? row.left) : null;
}

/** The part of the row that the dialogs' plugin reads and writes. */
export const STORAGE: ConversationContextStorage<BotContext, ConversationData> = {
  type: 'context',
  adapter: {
    read: (ctx) => ({ version: [0, 0], state: ctx.stories.data }),
    write(ctx, { state }) {
      ctx.stories.data = state;
    },
    delete(ctx) {
      ctx.stories.data = {};
    },
  },
};

/** What the story that is being told knows. */
export function toldIn(data: ConversationData): Left | null {
  for (const [name, states] of Object.entries(data)) {
    const logged = states[0]?.replay.receive.map(({ returnValue }) => toldOf(returnValue));
    const told = logged?.find((each) => each !== null);
    if (told) return { name: name as StoryName, told };
  }
  return null;
}

/** The state of a story, in the form in which `soFar` leaves it in the log. */
function toldOf(logged: unknown): Told | null {
  const { ret } = (logged ?? {}) as { ret?: [{ told?: Told }?] };
  return ret?.[0]?.told ?? null;
}

/**
 * What is kept of the log. Stories read an update while it is handled and never again, so of old updates a mark is
 * enough.
 */
function keptOf({ data, left }: Stories): Row {
  const slim = Object.entries(data).map(([name, states]) => [
    name,
    states.map((state) => ({
      ...state,
      replay: {
        ...state.replay,
        receive: state.replay.receive.map((each) => ({
          ...each,
          returnValue: slimmed(each.returnValue),
        })),
      },
    })),
  ]);
  return { version: STORIES_VERSION, data: Object.fromEntries(slim), left };
}

function slimmed(logged: unknown): unknown {
  const isUpdate = typeof logged === 'object' && logged !== null && 'update_id' in logged;
  return isUpdate ? { update_id: logged.update_id } : logged;
}

const keyOf = (chatId: number): string => `chat:${chatId}`;

async function readRow({ db, clock }: Store, chatId: number): Promise<Row | null> {
  const row = await keptUnder(db.read, keyOf(chatId));
  return row && clock.now() - row.updatedAt <= LIFE_MS ? (row.state as Row) : null;
}

async function writeRow({ db, clock }: Store, chatId: number, state: Row): Promise<void> {
  const key = keyOf(chatId);
  const updatedAt = clock.now();
  const isEmpty = Object.keys(state.data).length === 0 && state.left === null;
  await db.tx((tx) => (isEmpty ? forget(tx, key) : keep(tx, { key, state, updatedAt })));
}
