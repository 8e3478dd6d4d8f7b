/**
 * Somebody who taps whatever button they have ever seen and types whatever comes to mind, while the program restarts, Telegram
 * fails, updates come again and hours go by. `FUZZ_SEED=… npx vitest run src/bot/kit/fuzz` repeats one walk.
 */
import { setImmediate } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { Chance } from '../../../simulate/chance.ts';
import type { MessageView } from '../../../sandbox/telegram/types.ts';
import { auditBooks } from '../../books/audit.ts';
import type { ConfirmOutcome } from '../../bills/outcomes.ts';
import { patience } from '../../testing/patience.ts';
import { ALI, type BotStage } from '../bot.fixture.ts';
import type { StageBills } from '../stage-bills.fixture.ts';
import { sampleService, selectField, textField } from '../samples.fixture.ts';
import { setLanguage } from '../../users/users.ts';
import { CARD, startPayStage } from '../pay.fixture.ts';
import { bytesOf, rowOf } from './rows.fixture.ts';

const STEPS = 350;
const { FUZZ_SEED } = process.env;
const SEEDS = FUZZ_SEED === undefined ? ['a', 'b', 'c', 'd', 'e'] : [FUZZ_SEED];
const LIMIT = 16 * 1024;
/** Of one step: two updates at once, one of them handled twice, and a greeting under a screen. */
const MAX_MESSAGES = 7;

const COMMANDS = '/pay /topup /cards /cancel /start /balance /history /nobody'.split(' ');
/** Answers to what may be asked. */
const FITTING = '50 000|0012345|Home|8600 4954 7331 6478|09/28'.split('|');
const ODD =
  `5|-7|0|99999999999999|12,5|elektro|mahalla 7|13/99|🙈🙉🙊|<b>&amp;|\u202e\u200b|';|…`.split('|');
/** Buttons that lead on, rather than back or away. */
const ONWARDS =
  /^(?:provider|sum|method|card_link|pay_step:\w+:\d+:(?:category|service|option|keep|skip|next|sum|balance|card|link|confirm|again))\b/;

/** How the world answers for a while. */
const WEATHER: ((bills: StageBills) => void)[] = [
  () => undefined,
  (bills) => {
    bills.told = { kind: 'problem', code: 'field_not_valid' };
  },
  (bills) => {
    bills.form = { kind: 'problem', code: 'timeout' };
    bills.forget();
  },
  (bills) => {
    bills.feeTiyin += 100_000;
  },
  refuses({ kind: 'unavailable', reason: 'busy' }),
  refuses({ kind: 'unavailable', reason: 'paused' }),
  refuses({ kind: 'insufficient', availableTiyin: 0, totalTiyin: 1, missingTiyin: 1 }),
  refuses({ kind: 'unknown_card' }),
  (bills) => {
    bills.paylov.onPay = () => ({ kind: 'refused', code: 'invalid_otp' });
  },
  (bills) => {
    bills.paylov.onPay = () => ({ kind: 'unknown', cause: 'timeout' });
  },
  (bills) => {
    const wrong = { kind: 'problem', code: 'invalid_otp' } as const;
    bills.paylov.confirmLinking = () => Promise.resolve(wrong);
  },
];

function refuses(outcome: ConfirmOutcome) {
  return (bills: StageBills): void => {
    bills.instead.confirm = () => outcome;
  };
}

interface Button {
  messageId: number;
  data: string;
}

function buttonsOf({ messageId, inlineKeyboard }: MessageView): Button[] {
  return inlineKeyboard.flat().flatMap((button) => {
    return 'callback_data' in button ? [{ messageId, data: button.callback_data }] : [];
  });
}

class Walk {
  readonly #chance: Chance;
  readonly #bills: StageBills;
  #stage: BotStage;
  /** The data of every button that was ever shown. */
  readonly #seen = new Set<string>();

  constructor(seed: string, stage: BotStage, bills: StageBills) {
    this.#chance = new Chance(seed);
    this.#stage = stage;
    this.#bills = bills;
  }

  get stage(): BotStage {
    return this.#stage;
  }

  /** Does something; resolves with what it was, for whoever has to find out why it went wrong. */
  async step(): Promise<string> {
    const chance = this.#chance;
    const entry = chance.weighted({
      onwards: 80,
      tap: 5,
      old: 4,
      words: 3,
      command: 2,
      again: 4,
      restart: 3,
      time: 1,
      weather: 3,
    });
    if (entry === 'onwards') return await this.#goOn();
    if (entry === 'tap') return await this.#tap();
    if (entry === 'old') return await this.#tapOld();
    if (entry === 'words') return await this.#say(this.#words());
    if (entry === 'command') return await this.#say(chance.pick(COMMANDS));
    if (entry === 'again') await this.#stage.again();
    if (entry === 'restart') this.#stage = this.#stage.restarted();
    if (entry === 'time') await this.#stage.clock.advance(chance.pick([1, 16, 61]) * 60_000);
    if (entry === 'weather') {
      this.#bills.answerWell();
      chance.pick(WEATHER)(this.#bills);
    }
    return entry;
  }

  #words(): string {
    const word = this.#chance.pick([...FITTING, ...ODD]);
    return this.#chance.is(0.1) ? word.repeat(200).slice(0, 4000) : word;
  }

  /** What leads on from the newest screen: one of its buttons, or else words. */
  async #goOn(): Promise<string> {
    const newest = this.#stage.telegram.messages(ALI.id).findLast(({ inlineKeyboard }) => {
      return inlineKeyboard.length > 0;
    });
    const leading = newest ? buttonsOf(newest).filter(({ data }) => ONWARDS.test(data)) : [];
    if (leading.length > 0) return await this.#tap(leading);
    return await this.#say(this.#chance.is(0.2) ? '/pay' : this.#chance.pick(FITTING));
  }

  async #say(text: string): Promise<string> {
    this.#stage.telegram.sendText(ALI.id, text);
    await this.#handle();
    return `say ${text}`;
  }

  /** By default one of the newest buttons; sometimes twice at once. */
  async #tap(wanted?: Button[]): Promise<string> {
    const { telegram } = this.#stage;
    const buttons = wanted ?? telegram.messages(ALI.id).slice(-4).flatMap(buttonsOf);
    if (buttons.length === 0) return await this.#say('/pay');
    for (const { data } of buttons) this.#seen.add(data);
    const { messageId, data } = this.#chance.pick(buttons);
    const times = this.#chance.is(0.1) ? 2 : 1;
    const taps = Array.from({ length: times }, () => telegram.tap(ALI.id, messageId, { data }));
    await this.#handle();
    for (const { answer } of taps) {
      const { isAnswered } = await Promise.race([answer, setImmediate({ isAnswered: false })]);
      if (!isAnswered) throw new Error(`the tap of ${data} got no answer`);
    }
    return `tap ${data} ${times}`;
  }

  async #tapOld(): Promise<string> {
    const data = this.#chance.pick([...this.#seen, 'pay_continue', 'nonsense']);
    await this.#stage.bot.bot.api.sendMessage(ALI.id, 'old', {
      reply_markup: { inline_keyboard: [[{ text: 'old', callback_data: data }]] },
    });
    await this.#stage.tap(data);
    return `old ${data}`;
  }

  /** Handles what there is; where Telegram fails at that, once more. */
  async #handle(): Promise<void> {
    const { telegram } = this.#stage;
    const fails = this.#chance.is(0.1);
    if (!fails) return await this.#stage.pump();
    const method = this.#chance.pick(['sendMessage', 'editMessageText', 'answerCallbackQuery']);
    const refused = { status: 500, description: 'Internal Server Error' };
    const effect = this.#chance.is(0.5) ? 'drop-after' : refused;
    telegram.fail({ method, times: 1, with: effect });
    try {
      await this.#stage.pump();
    } catch {
      telegram.clearFaults();
      if (this.#chance.is(0.5)) this.#stage = this.#stage.restarted();
      await this.#stage.again();
      await this.#stage.pump();
    }
    telegram.clearFaults();
  }
}

/** Services of every kind: with and without questions, with more choices than a page has, and one that is paused. */
function addServices(bills: StageBills): void {
  const names = Array.from({ length: 30 }, (_, n) => `Mahalla ${n}`);
  const category = { id: '5', name: 'Internet' };
  const net = { category, hasInfo: false, canCancel: true };
  bills
    .add(sampleService({ id: 'waste', name: 'Chiqindi' }), [selectField('mfy', names)])
    .add(sampleService({ id: 'net', name: 'Uzonline', ...net }), [textField('login')])
    .add(sampleService({ id: 'gift', name: 'Gift', ...net }), [])
    .add(sampleService({ id: 'off', name: 'Off', available: false }), []);
}

async function walk(seed: string): Promise<{ stage: BotStage; bills: StageBills }> {
  const { stage, bills } = await startPayStage();
  addServices(bills);
  await bills.link(ALI.id, CARD);
  const person = new Walk(seed, stage, bills);
  const deeds: string[] = [];
  for (let step = 1; step <= STEPS; step += 1) {
    try {
      deeds.push(await stepSoundly(person));
    } catch (error) {
      const led = deeds.slice(-8).join(', ');
      throw new Error(`FUZZ_SEED=${seed}, step ${step}, after: ${led}`, { cause: error });
    }
  }
  return { stage: person.stage, bills };
}

async function stepSoundly(person: Walk): Promise<string> {
  const before = person.stage.last().messageId;
  const entry = await person.step();
  expect(person.stage.last().messageId - before).toBeLessThanOrEqual(MAX_MESSAGES);
  expect(bytesOf(await rowOf(person.stage, ALI.id))).toBeLessThan(LIMIT);
  return entry;
}

/** Both stories begin, whatever was asked for under one id was one thing, and the books add up. */
async function expectSound(stage: BotStage, bills: StageBills): Promise<void> {
  bills.answerWell();
  await setLanguage(stage.db, { userId: ALI.id, language: 'en' });
  expect((await stage.say('/pay')).text).toContain('Pay bills\n');
  expect((await stage.say('/topup')).text).toContain('Choose how to pay');
  const meant = new Map<string, string>();
  for (const { confirmationId, repeatAllowed: _, ...request } of bills.confirmed) {
    const wanted = JSON.stringify(request);
    expect(meant.get(confirmationId) ?? wanted).toBe(wanted);
    meant.set(confirmationId, wanted);
  }
  confirmed += meant.size;
  const live = await stage.topups.live(ALI.id);
  expect(new Set(live.map(({ provider }) => provider)).size).toBe(live.length);
  // The money it all began with was nobody's decision.
  const { findings } = await auditBooks(stage.db);
  expect(findings.filter((each) => !each.startsWith('entry start '))).toEqual([]);
}

/** Of all walks together. */
let confirmed = 0;

describe('walks at random', () => {
  afterAll(() => expect(confirmed).toBeGreaterThan(SEEDS.length - 1));

  it.each(SEEDS)('from seed %s', { timeout: patience(240_000) }, async (seed) => {
    const { stage, bills } = await walk(seed);
    await expectSound(stage, bills);
    expect(stage.updates.length).toBeGreaterThan(STEPS / 2);
  });
});
