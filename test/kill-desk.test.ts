/**
 * The real process, killed with SIGKILL again and again while two owners ask each other for credits: what was agreed to
 * is credited once and told once, nothing else is, and the books name both.
 */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { adminActions, entries, outbox } from '../src/db/tables.ts';
import { realDeps } from '../src/core/deps.ts';
import { auditBooks } from '../src/books/audit.ts';
import { userBalance } from '../src/ledger/ledger.ts';
import type { SimulatedWorld } from '../sandbox/providers/types.ts';
import { startSimulatedProviders } from '../sandbox/providers/world.ts';
import {
  type SimulatedTelegram,
  startSimulatedTelegram,
} from '../sandbox/telegram/simulated-telegram.ts';
import { killCount, RealProgram, TIME_LIMIT_MS, until } from './process.ts';
import { buttons, TOKEN, USER } from './stage.ts';

const OWNERS = [901, 902];
const KILLS = killCount(5);
const SUM_TIYIN = 20_000_000;

let telegram: SimulatedTelegram;
let world: SimulatedWorld;
let program: RealProgram;
/** Messages and screens of the bot. */
let news: number;

beforeEach(async () => {
  const deps = realDeps();
  telegram = await startSimulatedTelegram({ ...deps, token: TOKEN });
  world = await startSimulatedProviders(deps);
  program = await RealProgram.create({
    ...world.settings,
    TELEGRAM_API_ROOT: telegram.url,
    ADMIN_IDS: OWNERS.join(','),
    ADMIN_DUAL_CONTROL_ABOVE: '100000',
  });
  news = 0;
  telegram.on((event) => {
    const isNews = event.kind === 'message' || event.kind === 'edit';
    if (isNews && event.message.from === 'bot') news += 1;
  });
  for (const id of [USER, ...OWNERS]) {
    telegram.user({ id, firstName: `Person ${id}`, languageCode: 'en' });
  }
});

afterEach(async () => {
  await program.remove();
  await telegram.close();
  await world.close();
});

/** Owners whose last tap is not answered yet. */
const waiting = new Set<number>();

/** Presses what leads on wherever it stands, twice to be sure, and asks for one more credit when nothing does. */
function play(ownerId: number, step: number): void {
  const messages = telegram.messages(ownerId);
  const last = messages.at(-1);
  // Waits for an answer, though not for ever: the program may have died.
  if ((last?.from === 'user' || waiting.has(ownerId)) && step % 500 !== 0) return;
  for (const message of messages.toReversed()) {
    const label = buttons(message).find((text) => /I agree|Confirm|English/.test(text));
    if (label === undefined) continue;
    telegram.tap(ownerId, message.messageId, { text: label });
    const { answer } = telegram.tap(ownerId, message.messageId, { text: label });
    waiting.add(ownerId);
    void answer.finally(() => waiting.delete(ownerId)).catch(() => undefined);
    return;
  }
  telegram.sendText(ownerId, messages.length === 0 ? '/start' : `/credit ${USER} 200000 gift`);
}

async function expectWhole(): Promise<number> {
  return await program.withDatabase(async (db) => {
    expect((await auditBooks(db)).findings).toEqual([]);
    const done = (await db.read.select().from(adminActions)).filter(
      ({ state }) => state === 'done',
    );
    const booked = await db.read.select().from(entries);
    const told = (await db.read.select().from(outbox)).filter(({ kind }) => kind === 'adjustment');
    expect(
      booked.map(({ key, actor, reason }) => ({ key, actor, reason })).toSorted(byKey),
    ).toEqual(
      done
        .map(({ id, ownerId, secondId }) => ({
          key: `admin:${id}`,
          actor: `user:${ownerId}`,
          reason: `gift (agreed by user:${secondId})`,
        }))
        .toSorted(byKey),
    );
    expect(
      done.filter(({ ownerId, secondId }) => secondId === null || secondId === ownerId),
    ).toEqual([]);
    expect(told.map(({ key }) => key).toSorted()).toEqual(booked.map(({ key }) => key).toSorted());
    const { availableTiyin } = await userBalance(db.read, USER);
    expect(availableTiyin).toBe(done.length * SUM_TIYIN);
    return done.length;
  });
}

function byKey(one: { key: string }, other: { key: string }): number {
  return one.key < other.key ? -1 : 1;
}

/** Both owners at once, until `enough`. */
async function playOn(enough: () => boolean): Promise<void> {
  await until((step) => {
    if (enough()) return true;
    for (const id of OWNERS) play(id, step + 1);
    return false;
  });
}

it(
  'credits what two owners agreed to once, whenever killed',
  { timeout: TIME_LIMIT_MS },
  async () => {
    await program.start();
    telegram.sendText(USER, '/start');
    await until(() => telegram.lastMessage(USER)?.from === 'bot');
    for (let round = 0; round < KILLS; round += 1) {
      if (round > 0) await program.start();
      // A different moment each time, somewhere inside the work.
      const goal = news + 10 + ((round * 7) % 11);
      await playOn(() => news >= goal);
      await program.kill();
      await expectWhole();
    }
    await program.start();
    const done = `select id from admin_actions where state = 'done'`;
    await playOn(() => program.query(done).length > 0);
    await program.kill();
    expect(await expectWhole()).toBeGreaterThan(0);
  },
);
