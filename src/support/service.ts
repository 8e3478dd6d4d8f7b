/** Puts tickets together for the rest of the program. */
import { randomCode } from '../core/deps.ts';
import { ID_ALPHABET, ID_LENGTH } from '../core/ids.ts';
import type { Tx } from '../db/database.ts';
import { answer, close, refuse } from './answer.ts';
import { supportFigures } from './figures.ts';
import { remind } from './remind.ts';
import { latestMessages, messageById, openTickets, ticketById, ticketsOf } from './rows.ts';
import type { Support, SupportDeps } from './support.ts';
import { take } from './write.ts';

export function createSupport(deps: SupportDeps): Support {
  const { db, clock, answerWithinMs, notifyOutbox } = deps;
  const write = async <T>(work: (tx: Tx) => Promise<T>): Promise<T> => {
    const done = await db.tx(work);
    notifyOutbox();
    return done;
  };
  return {
    answerWithinMs,
    write: async (to, by) => {
      const id = randomCode(deps.random, { length: ID_LENGTH, alphabet: ID_ALPHABET });
      return await write(async (tx) => await take(deps, tx, { to, ...by, id }));
    },
    answer: async (ticketId, by) =>
      await write(async (tx) => await answer(deps, tx, { ticketId, ...by })),
    refuse: async (ticketId, by) =>
      await write(async (tx) => await refuse(deps, tx, { ticketId, ...by })),
    close: async (ticketId, by) =>
      await write(async (tx) => await close(deps, tx, { ticketId, ...by })),
    get: async (id) => await ticketById(db.read, id),
    async ofUser(id, userId) {
      const ticket = await ticketById(db.read, id);
      return ticket?.userId === userId ? ticket : null;
    },
    listOf: async (userId, limit) => await ticketsOf(db.read, userId, limit),
    open: async (page) => await openTickets(db.read, page),
    message: async (id) => await messageById(db.read, id),
    messages: async (id, limit) => await latestMessages(db.read, id, limit),
    figures: async () => await supportFigures(db.read, { now: clock.now(), answerWithinMs }),
    remind: async () => await write(async (tx) => await remind(deps, tx)),
  };
}
