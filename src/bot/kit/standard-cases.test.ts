/**
 * What may happen to a bot at any time, at every wait of every story: the program restarts, an update is delivered again or
 * fails halfway, people tap twice or do something else. Each story goes on to the same end, and nothing happens twice.
 */
import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { TapHandle } from '../../../sandbox/telegram/person-actions.ts';
import type { MessageView } from '../../../sandbox/telegram/types.ts';
import { rowOf, writeRow } from './rows.fixture.ts';
import {
  effectsIn,
  isTap,
  type Move,
  seenOn,
  STORIES,
  type ToldStory,
  type World,
} from './told-stories.fixture.ts';

type Play = (world: World, story: ToldStory, move: Move) => Promise<MessageView>;

/** The move, and the screen that it leads to. */
const plainly: Play = async ({ stage }, { userId }, move) =>
  'tap' in move ? (await stage.tap(move.tap, userId)).screen : await stage.say(move.say, userId);

async function isAnswered({ answer }: TapHandle): Promise<boolean> {
  const later = setImmediate({ isAnswered: false });
  return (await Promise.race([answer, later])).isAnswered;
}

/** The same button twice before either tap is handled. */
const twice: Play = async (world, story, move) => {
  if (!isTap(move)) return await plainly(world, story, move);
  const { stage } = world;
  const { userId } = story;
  const { message, data } = stage.find(move.tap, userId);
  const taps = [1, 2].map(() => stage.telegram.tap(userId, message.messageId, { data }));
  await stage.pump();
  for (const tap of taps) expect(await isAnswered(tap)).toBe(true);
  return stage.telegram.message(userId, message.messageId)!;
};

/** A card's number is forgotten with the process: it is asked for once more. */
async function reminded(
  world: World,
  story: ToldStory,
  move: Move,
  shown: MessageView,
): Promise<MessageView> {
  const isForgotten = 'say' in move && move.afterwards && shown.text.includes('not kept');
  return isForgotten ? await world.stage.say(move.afterwards!, story.userId) : shown;
}

/** Handled again, what led to a screen leads to it again, and answers nothing else. */
const again: Play = async (world, story, move) => {
  const shown = await reminded(world, story, move, await plainly(world, story, move));
  await world.stage.again();
  // What ended a story answers nothing any more.
  return move === story.moves.at(-1) ? shown : shownBy(world, story, move);
};

const againAfterRestart: Play = async (world, story, move) => {
  restart(world);
  const shown = await again(world, story, move);
  restart(world);
  await world.stage.again();
  return move === story.moves.at(-1) ? shown : shownBy(world, story, move);
};

/** Where the screen of the last move stands. */
function shownBy({ stage }: World, { userId }: ToldStory, move: Move): MessageView {
  const tapped = stage.updates.at(-1)?.callback_query?.message?.message_id;
  if (!isTap(move) || tapped === undefined) return stage.last(userId);
  return stage.telegram.message(userId, tapped)!;
}

const REFUSED = { status: 500, description: 'Internal Server Error' };
/** Telegram did it, and nobody heard so. */
const LOST = 'drop-after';
const METHODS = [
  'deleteMessage',
  'sendChatAction',
  'answerCallbackQuery',
  'editMessageText',
  'sendMessage',
];

/** Each method that the move needs fails once; the update is handled again until it comes through. */
function failing(effect: typeof REFUSED | typeof LOST, after: (world: World) => void): Play {
  return async (world, story, move) => {
    const { telegram } = world.stage;
    for (const method of METHODS) telegram.fail({ method, times: 1, with: effect });
    let shown = await plainly(world, story, move).catch(() => null);
    for (let tries = 0; shown === null && tries < METHODS.length; tries += 1) {
      after(world);
      const isThrough = await world.stage.again().then(
        () => true,
        () => false,
      );
      if (isThrough) shown = shownBy(world, story, move);
    }
    telegram.clearFaults();
    if (shown === null) throw new Error('the update never came through');
    return await reminded(world, story, move, shown);
  };
}

function restart(world: World): void {
  world.stage = world.stage.restarted();
}

/** What is said to a number that nobody asked for: it is a sum or, where a bill or a card waits for it, a code. */
async function saidToNumber({ bills }: World, isLinking = false): Promise<string> {
  if (isLinking) return 'You were linking a card';
  const isAwaited = (await bills.rows()).some(({ state }) => state === 'awaiting_code');
  return isAwaited ? 'still waiting for the code' : 'Would you like to top up';
}

/** Something else in between: nothing typed then is an answer, and the story's own buttons bring it back. */
const elsewhere: Play = async (world, story, move) => {
  const { stage } = world;
  const isBegun = stage.updates.some(({ message }) => message?.text === textOf(story.moves[0]));
  if (!isBegun || !story.comesBack) return await plainly(world, story, move);
  const isLinking = stage.last(story.userId).text.includes('SMS for the card');
  await stage.say('/balance', story.userId);
  expect((await stage.say('7777', story.userId)).text).toContain(
    await saidToNumber(world, isLinking),
  );
  if ('say' in move && !move.say.startsWith('/')) await stage.forge('pay_continue', story.userId);
  return await plainly(world, story, move);
};

/** The story is left for good: what is typed then is no answer. Then all is as if it had not been left. */
const leaving: Play = async (world, story, move) => {
  const { stage } = world;
  const row = await rowOf(stage, story.userId);
  const before = await effectsIn(world);
  const typed = async () => (await stage.say('7777', story.userId)).text;
  if (row) {
    await stage.say('/cancel', story.userId);
    expect(await typed()).toContain(await saidToNumber(world));
    await writeRow(stage, row);
    await stage.clock.advance(61 * 60_000);
    expect(await typed()).toContain(await saidToNumber(world));
    await writeRow(stage, row);
  }
  expect(await effectsIn(world)).toEqual(before);
  return await reminded(world, story, move, await plainly(world, story, move));
};

/** Each button of the screen, as it is before the next answer, on a message of its own. */
const withOldButtons: Play = async (world, story, move) => {
  if (!story.comesBack) return await plainly(world, story, move);
  const { stage } = world;
  const old = stage.last(story.userId).inlineKeyboard.flat();
  const shown = await plainly(world, story, move);
  for (const button of old) {
    if (!('callback_data' in button) || !button.callback_data.startsWith('pay_step')) continue;
    const copy = await stage.bot.bot.api.sendMessage(story.userId, 'an earlier screen', {
      reply_markup: { inline_keyboard: [[button]] },
    });
    const { toast, screen } = await stage.tap(button.callback_data, story.userId);
    expect(screen.messageId).toBe(copy.message_id);
    expect(screen.text).toBe('an earlier screen');
    expect(toast).toContain('out of date');
    stage.telegram.deleteMessage(story.userId, screen.messageId);
  }
  return shown;
};

function textOf(move: Move | undefined): string {
  return move && 'say' in move ? move.say : '';
}

async function told(story: ToldStory, play: Play) {
  const world = await story.start();
  let shown: MessageView | undefined;
  for (const move of story.moves) shown = await play(world, story, move);
  return { effects: await effectsIn(world), screen: seenOn(shown!) };
}

describe.each(STORIES)('$title', (story) => {
  let undisturbed: Awaited<ReturnType<typeof told>> | undefined;

  it.each<[string, Play]>([
    ['every button is tapped twice at once', twice],
    ['each update is delivered again', again],
    ['the program restarts before and after each update', againAfterRestart],
    ['everything that Telegram is asked for fails once', failing(REFUSED, () => undefined)],
    ['Telegram does it, and the program dies before it hears so', failing(LOST, restart)],
    ['/cancel and an hour leave it for a while', leaving],
    ['something else comes in between', elsewhere],
    ['buttons of every earlier screen are tapped', withOldButtons],
  ])('comes to the same end when %s', async (_, play) => {
    undisturbed ??= await told(story, plainly);
    expect(await told(story, play)).toEqual(undisturbed);
  });
});
