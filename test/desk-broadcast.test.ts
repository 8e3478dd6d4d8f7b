/** Messages to everybody, in the whole program: who may send them, who gets them, and what a restart repeats. */
import { afterEach, describe, expect, it } from 'vitest';
import { SLOTS } from '../src/broadcast/delivery.ts';
import { currentBroadcast } from '../src/broadcast/store.ts';
import { broadcasts, staffLog, users } from '../src/db/tables.ts';
import { realClock } from '../src/core/deps.ts';
import { enqueue } from '../src/outbox/messages.ts';
import type { MessageView } from '../sandbox/telegram/types.ts';
import { getUser, setLanguage } from '../src/users/users.ts';
import {
  begin,
  buttons,
  findings,
  messagesOf,
  OWNER,
  Person,
  type Stage,
  startStage,
  USER,
} from './stage.ts';

const SECOND = 902;
const OPERATOR = 911;
const VIEWER = 912;
const FIRST = 10_001;
const NEWS = 'Payments with a new bank are open';
const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

let stage: Stage;

afterEach(async () => {
  const broken = await findings(stage);
  await stage.close();
  expect(broken).toEqual([]);
});

/** Two owners who have begun, and `crowd` people with ids from `FIRST` who are known. */
async function enter(crowd = 0): Promise<{ owner: Person; second: Person }> {
  stage = await startStage({
    settings: {
      ADMIN_IDS: `${OWNER},${SECOND}`,
      ADMIN_OPERATOR_IDS: String(OPERATOR),
      ADMIN_VIEWER_IDS: String(VIEWER),
    },
  });
  for (const id of [SECOND, OPERATOR, VIEWER]) {
    stage.telegram.user({ id, firstName: `Staff ${id}`, languageCode: 'en' });
  }
  const people = { owner: await begin(stage, OWNER), second: await begin(stage, SECOND) };
  await gather(crowd);
  return people;
}

function crowdOf(count: number): number[] {
  return Array.from({ length: count }, (_, index) => FIRST + index);
}

/** People who pressed Start once. */
async function gather(count: number): Promise<void> {
  for (const id of crowdOf(count)) {
    stage.telegram.user({ id, firstName: `User ${id}`, languageCode: 'uz' });
    stage.telegram.sendText(id, '/start');
  }
  await until('everybody to be known', () =>
    crowdOf(count).every((id) => stage.telegram.lastMessage(id)?.from === 'bot'),
  );
}

async function prepare(owner: Person, text = NEWS): Promise<void> {
  await owner.send('/broadcast', 'A message to everybody');
  await owner.send(text, 'This is how people will see it');
}

async function sendToAll(owner: Person, text = NEWS): Promise<void> {
  await prepare(owner, text);
  await owner.tap('Send…', /Send it to \d+ people/);
  await owner.tap('Yes, send it', 'On its way to everybody');
}

/** How often a person has it. */
function times(userId: number, text = NEWS): number {
  return stage.telegram
    .messages(userId)
    .filter((each) => each.from === 'bot' && (each.text === text || each.caption === text)).length;
}

async function until(what: string, done: () => boolean | Promise<boolean>): Promise<void> {
  const endsAt = realClock.now() + 20_000;
  while (!(await done())) {
    if (realClock.now() > endsAt) throw new Error(`not seen: ${what}`);
    await realClock.sleep(20);
  }
}

const served = (count: number): number => crowdOf(count).filter((id) => times(id) > 0).length;

async function noted(): Promise<string[]> {
  return (await stage.app.db.read.select().from(staffLog)).map(({ action }) => action);
}

describe('a message to everybody', () => {
  it('arrives as it was written, at everybody who can be reached, and is reported', async () => {
    const { owner } = await enter(6);
    stage.telegram.block(FIRST + 1);
    await until('the block to be noted', async () => {
      return (await getUser(stage.app.db.read, FIRST + 1))?.unreachableAt !== null;
    });
    // Telegram says so only when something is sent.
    stage.telegram.fail({
      method: 'sendMessage',
      chatId: FIRST + 2,
      times: 9,
      with: { status: 403, description: 'Forbidden: bot was blocked by the user' },
    });
    stage.telegram.fail({
      method: 'sendMessage',
      chatId: FIRST + 3,
      times: 9,
      with: { status: 403, description: 'Forbidden: user is deactivated' },
    });
    await sendToAll(owner);
    const report = await owner.sees('has been sent');
    expect(report.text).toContain('blocked the bot: 1 · failed: 1');
    expect([0, 4, 5].map((index) => times(FIRST + index))).toEqual([1, 1, 1]);
    expect(stage.telegram.lastMessage(FIRST)).toMatchObject({ text: NEWS, inlineKeyboard: [] });
    expect(await messagesOf(stage, 'broadcast_over', OWNER)).toBe(1);
    expect(await noted()).toEqual(['broadcast']);
    const rows = await stage.app.db.read.select().from(users);
    const out = rows.filter((row) => row.unreachableAt !== null).map((row) => row.id);
    expect(out).toEqual([FIRST + 1, FIRST + 2, FIRST + 3]);
  });

  it('may be a photo; several at once, and anything else, are refused politely', async () => {
    const { owner } = await enter(3);
    await owner.send('/broadcast', 'A message to everybody');
    stage.telegram.sendContact(OWNER, '+998901234567');
    await owner.sees('Only a text or a photo');
    stage.telegram.sendPhoto(OWNER, PICTURE, { caption: NEWS });
    await owner.sees('This is how people will see it');
    await owner.tap('Send…', 'Send it to 5 people');
    await owner.tap('Yes, send it', 'On its way to everybody');
    await owner.sees('has been sent');
    for (const id of crowdOf(3)) {
      expect(stage.telegram.lastMessage(id)).toMatchObject({ caption: NEWS });
      expect(stage.telegram.lastMessage(id)?.file?.kind).toBe('photo');
    }
  });

  it('goes to those of one language, or seen lately, alone', async () => {
    const { owner } = await enter(4);
    await setLanguage(stage.app.db, { userId: FIRST, language: 'ru' });
    await prepare(owner);
    await owner.tap('Русский', 'Recipients: 1');
    await owner.tap('last 7 days', 'Recipients: 1');
    await owner.tap('Send…', 'Send it to 1 people');
    await owner.tap('Yes, send it', 'On its way to everybody');
    await owner.sees('has been sent');
    expect(crowdOf(4).map((id) => times(id))).toEqual([1, 0, 0, 0]);
    stage.clock.skip(8 * 24 * 3_600_000);
    await prepare(owner, 'Second');
    await owner.tap('last 7 days', 'Recipients: 1');
    await owner.tap('last 30 days', 'Recipients: 6');
  });

  it('is not for who came after it began', async () => {
    const { owner } = await enter(25);
    await sendToAll(owner);
    const late = 999_999;
    stage.telegram.user({ id: late, firstName: 'Late', languageCode: 'en' });
    stage.clock.skip(1000);
    await begin(stage, late);
    await owner.sees('has been sent');
    expect(served(25)).toBe(25);
    expect(times(late)).toBe(0);
  });
});

describe('a restart in the middle', () => {
  it('repeats nothing when the program was asked to stop', async () => {
    const { owner } = await enter(30);
    await sendToAll(owner);
    await until('ten people', () => served(30) >= 10);
    await stage.restart();
    expect(served(30)).toBeLessThan(30);
    await owner.sees('has been sent');
    expect(crowdOf(30).map((id) => times(id))).toEqual(Array<number>(30).fill(1));
    expect(await messagesOf(stage, 'broadcast_over', OWNER)).toBe(1);
  });

  it('repeats at most what was under way when Telegram did not answer in time', async () => {
    const { owner } = await enter(30);
    await sendToAll(owner);
    await until('five people', () => served(30) >= 5);
    // They arrive, and nobody hears of it.
    stage.telegram.fail({ method: 'sendMessage', times: 3, with: 'drop-after' });
    await until('ten people', () => served(30) >= 10);
    await stage.restart();
    await owner.sees('has been sent');
    const counts = crowdOf(30).map((id) => times(id));
    expect(Math.min(...counts)).toBe(1);
    expect(counts.reduce((sum, each) => sum + each, 0)).toBeLessThanOrEqual(30 + SLOTS);
  });
});

it('a payment message does not wait for a big broadcast', async () => {
  const { owner } = await enter(40);
  await begin(stage);
  await sendToAll(owner);
  await until('five people', () => served(40) >= 5);
  const params = { amountTiyin: 100, reason: 'a gift' };
  const at = stage.clock.now();
  await stage.app.db.tx(async (tx) => {
    for (let index = 0; index < 5; index += 1) {
      const message = { key: `test:${index}`, chatId: FIRST + 20_000 + index, params, at };
      await enqueue(tx, { ...message, kind: 'adjustment' });
    }
    await enqueue(tx, { key: 'test:user', chatId: USER, kind: 'adjustment', params, at });
  });
  const before = stage.telegram.calls().length;
  stage.app.outbox.notify();
  await new Person(stage, USER).sees('Reason: a gift');
  const calls = stage.telegram.calls().slice(before);
  const mine = calls.findIndex(({ body }) => body['chat_id'] === USER);
  const ahead = calls.slice(0, mine).filter(({ body }) => body['text'] === NEWS);
  // One that was under way already.
  expect(ahead.length).toBeLessThanOrEqual(1);
  expect(served(40)).toBeLessThan(40);
  await owner.sees('has been sent');
});

describe('stopping', () => {
  it('asks once, and the rest get nothing', async () => {
    const { owner, second } = await enter(60);
    await sendToAll(owner);
    await until('five people', () => served(60) >= 5);
    await owner.tap('⏹ Stop', 'Stop it?');
    await owner.tap('No, go on', 'It goes on');
    await second.send('/broadcast', 'On its way to everybody');
    await second.tap('⏹ Stop', 'Stop it?');
    await second.tap('Yes, stop', /Stopping|was stopped/);
    const report = await owner.sees('Stopped by Staff 902');
    expect(report.text).toContain('was stopped');
    const reached = served(60);
    expect(reached).toBeLessThan(60);
    await stage.restart();
    await owner.send('/broadcast', `reached ${reached + 2} of 62`);
    expect(served(60)).toBe(reached);
    expect(await messagesOf(stage, 'broadcast_over', OWNER)).toBe(1);
    expect(await noted()).toEqual(['broadcast', 'broadcast_stop']);
  });
});

describe('double taps and two owners', () => {
  it('begins once, however often and by whomever it is tapped', async () => {
    const { owner, second } = await enter(20);
    await prepare(owner);
    await owner.tap('Send…', /Send it to \d+ people/);
    await prepare(second, 'Something else');
    await second.tap('Send…', /Send it to \d+ people/);
    const tap = (id: number, message: MessageView): Promise<{ text: string }> => {
      const text = buttons(message).find((label) => label.includes('Yes, send it')) ?? '';
      return stage.telegram.tap(id, message.messageId, { text }).answer;
    };
    const [mine, theirs] = [owner, second].map((person) => person.messageWith('Yes, send it'));
    if (!mine || !theirs) throw new Error('there are no buttons');
    const toasts = await Promise.all([
      ...[mine, mine, mine].map((message) => tap(OWNER, message)),
      tap(SECOND, theirs),
    ]);
    expect(toasts).toHaveLength(4);
    const running = await currentBroadcast(stage.app.db.read);
    const [winner, loser] = running?.staffId === OWNER ? [owner, second] : [second, owner];
    const busy = toasts.filter(({ text }) => text.includes('Another message to everybody'));
    expect(busy.length).toBeGreaterThanOrEqual(1);
    await winner.sees('has been sent');
    const texts = [NEWS, 'Something else'];
    expect(
      crowdOf(20).map((id) => texts.map((text) => times(id, text)).toSorted((a, b) => a - b)),
    ).toEqual(crowdOf(20).map(() => [0, 1]));
    // The other one was kept.
    await loser.tap('Yes, send it', 'On its way to everybody');
    await loser.sees('has been sent');
    expect(await noted()).toEqual(['broadcast', 'broadcast']);
  });
});

it('is for owners alone', async () => {
  const { owner } = await enter(2);
  const user = await begin(stage);
  const others = [user, await begin(stage, OPERATOR), await begin(stage, VIEWER)];
  for (const person of others) {
    const said = await person.send('/broadcast', 'There is no such command');
    expect(buttons(said).join()).not.toContain('everybody');
  }
  await prepare(owner);
  await user.send(NEWS, /./);
  expect(await stage.app.db.read.select().from(broadcasts)).toHaveLength(1);
  await owner.tap('Cancel', 'Nobody got anything');
  expect(await currentBroadcast(stage.app.db.read)).toBeNull();
});
