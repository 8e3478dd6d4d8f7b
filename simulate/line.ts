/**
 * The line between one life of the program and its PostgreSQL. Connections break before a question or after it, the
 * server crashes and starts again, and the program may die while it waits for an answer.
 */
import type { Around } from '../src/db/postgres/driver.ts';
import type { Chance } from './chance.ts';
import { never, type Sender } from './network.ts';
import type { Store } from './store.ts';
import type { SimulatedTime } from './time.ts';

interface Trouble {
  kind: 'cut' | 'crash';
  /** The server heard of the question, and nobody hears its answer. */
  isAnswerLost: boolean;
}

/** How often a question meets a fault: a commit, whose answer matters most, and any other question. */
const AT_COMMIT = 0.03;
const ELSEWHERE = 0.0005;
const KINDS = { cut: 8, crash: 1 } as const;
/** How often a question is a chance to be killed at all: most only read, and nothing can be lost there. */
const MAY_DIE = 0.1;

export type Troubles = (question: string) => Trouble | null;

export function createTroubles(options: { chance: Chance; isOver: () => boolean }): Troubles {
  const { chance, isOver } = options;
  return (question) => {
    if (isOver() || !chance.is(question === 'commit' ? AT_COMMIT : ELSEWHERE)) return null;
    return { kind: chance.weighted(KINDS), isAnswerLost: chance.is(0.6) };
  };
}

interface LineOptions {
  life: Sender;
  /** As the server knows the life. */
  session: string;
  time: SimulatedTime;
  store: Store;
  chance: Chance;
  troubles: Troubles;
  tell: (what: string) => void;
}

/** After a kill no question is sent any more, and no answer arrives. */
export function lineTo(options: LineOptions): Around {
  const { life, time, chance } = options;
  return async (question, work) => {
    const point = chance.is(MAY_DIE) ? 'the database' : null;
    if (point !== null) life.reach(`before ${point}`);
    const answer = await time.inTurn(async () => {
      if (life.isDead) return null;
      return { value: await ask(question, work, options) };
    });
    if (point !== null) life.reach(`after ${point}`);
    return answer === null || life.isDead ? await never() : answer.value;
  };
}

async function ask<T>(
  question: string,
  work: () => Promise<T>,
  { troubles, store, session, tell }: LineOptions,
): Promise<T> {
  const trouble = troubles(question);
  if (!trouble) return await work();
  tell(`${trouble.kind} ${trouble.isAnswerLost ? 'after' : 'before'} ${question.slice(0, 60)}`);
  const answer = trouble.isAnswerLost ? await work() : null;
  if (trouble.kind === 'crash') await store.crash();
  else store.cutOff(session);
  await hearOfIt();
  if (answer === null) return await work();
  throw Object.assign(new Error('The answer was lost.'), { code: 'ECONNRESET' });
}

/** What has ended at the server is known here some turns of the event loop later. */
async function hearOfIt(): Promise<void> {
  for (let turns = 0; turns < 20; turns += 1) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}
