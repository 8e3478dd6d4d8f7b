/** People, owners and strangers who tap and type anything at any time: no update fails, and the books stay right. */
import * as fc from 'fast-check';
import type { Update } from 'grammy/types';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createBot } from '../../src/bot/bot.ts';
import {
  BILL_ACTIONS,
  CARD_ACTIONS,
  ORDER_ACTIONS,
  PAY_ACTIONS,
  PAY_METHODS,
  PROVIDER_IDS,
  WAYS,
  SAVED_ACTIONS,
} from '../../src/bot/kit/callbacks.ts';
import { FIRST_TERMS } from '../../src/bot/bot.fixture.ts';
import { DESK_COMMANDS } from '../../src/bot/kit/commands.ts';
import { termsReader } from '../../src/settings/terms.ts';
import { createTelegramFetch } from '../../src/core/telegram-fetch.ts';
import {
  begin,
  findings,
  openOrder,
  OWNER,
  type Stage,
  startStage,
  TOKEN,
  USER,
} from '../stage.ts';
import { FUZZ_TIMEOUT_MS, fuzzRuns, oddJson } from './runs.ts';

let stage: Stage;
let deskTaps: string[] = [];
let ids: string[] = [];
let updateId = 5_000_000;

beforeAll(async () => {
  stage = await startStage({
    telegramWebhook: true,
    settings: { ADMIN_DUAL_CONTROL_ABOVE: '1000000' },
  });
  const user = await begin(stage);
  await begin(stage, OWNER);
  await openOrder(stage, user, { provider: 'payfer' });
  ids = (await stage.app.topups.live(USER)).map(({ id }) => id);
  await stage.app.inbox.idle();
  deskTaps = allDeskTaps();
});

afterAll(async () => {
  expect(await findings(stage)).toEqual([]);
  await stage.close();
});

function allDeskTaps(): string[] {
  const { app, clock, telegram } = stage;
  const { desk } = createBot({
    token: TOKEN,
    apiRoot: telegram.url,
    fetch: createTelegramFetch({ fetch, clock }),
    adminIds: [OWNER],
    defaultLanguage: 'en',
    terms: termsReader(FIRST_TERMS),
    firstTerms: FIRST_TERMS,
    db: app.db,
    topups: app.topups,
    bills: app.bills,
    ownerBills: app.bills,
    clock,
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
  });
  return desk.flatMap(({ area, taps }) =>
    Object.keys(taps ?? {}).map((action) => `desk:${area}:${action}`),
  );
}

/** What the log says of updates that failed and of bugs. */
function troubles(): string[] {
  return stage.log.filter((line) => {
    const { level, msg } = JSON.parse(line) as { level: number | string; msg?: string };
    const isError = level === 'error' || level === 'fatal' || Number(level) >= 50;
    return isError || msg?.startsWith('inbox: an update') === true;
  });
}

/** Handles updates until nothing is left; what went wrong. */
async function handle(updates: readonly Update[]): Promise<string[]> {
  stage.log.length = 0;
  // A person taps no faster than this: floods have tests of their own.
  stage.clock.skip(30_000);
  await stage.app.inbox.accept(updates);
  await stage.app.inbox.idle();
  return troubles();
}

const someId = (): fc.Arbitrary<string> =>
  fc.oneof(
    fc.nat(5).map((index) => ids[index % ids.length] ?? 'AAAAAAAA'),
    fc.constantFrom(
      'AAAAAAAA',
      '__proto__',
      'constructor',
      'toString',
      '-',
      '0',
      '1',
      '501',
      '901',
    ),
    fc.stringMatching(/^[\w-]{1,12}$/),
    fc.nat().map(String),
  );

const whole = (): fc.Arbitrary<string> =>
  fc
    .oneof(fc.nat(50), fc.constantFrom(9_007_199_254_740_991, 100_000_000_000, 5_000_000))
    .map(String);

const one = (values: readonly string[]): fc.Arbitrary<string> => fc.constantFrom(...values);

/** Every kind of button with arguments of the right and the wrong kind. */
function tapData(): fc.Arbitrary<string> {
  const join = (...parts: fc.Arbitrary<string>[]): fc.Arbitrary<string> =>
    fc.tuple(...parts).map((each) => each.join(':'));
  const kind = (name: string): fc.Arbitrary<string> => fc.constant(name);
  const deskArg = fc.oneof(someId(), whole(), fc.stringMatching(/^[\w.-]{1,20}$/));
  return fc.oneof(
    one(['menu', 'balance', 'languages', 'providers', 'pay', 'pay_continue', 'cards', 'card_link']),
    one(['language:en', 'language:uz', 'language:xx']),
    join(kind('provider'), one(WAYS)),
    join(kind('sum'), one(WAYS), whole()),
    join(kind('method'), one(PROVIDER_IDS), whole(), one(PAY_METHODS)),
    join(one(['history', 'bills', 'saved_list', 'topup_for', 'ways']), whole()),
    join(kind('entry'), someId(), whole()),
    join(kind('pay_phone'), someId(), one(['998901234567', '12'])),
    join(kind('order'), one(ORDER_ACTIONS), someId()),
    join(kind('pay_step'), someId(), whole(), one(PAY_ACTIONS), someId()),
    join(kind('bill'), one(BILL_ACTIONS), someId()),
    join(kind('saved'), one(SAVED_ACTIONS), whole()),
    join(kind('card'), one(CARD_ACTIONS), someId()),
    join(
      fc.nat(200).map((index) => deskTaps[index % deskTaps.length] ?? 'desk:home:show'),
      deskArg,
    ),
    fc.string({ maxLength: 64 }),
    fc.string({ unit: 'binary', maxLength: 16 }),
  );
}

function words(): fc.Arbitrary<string> {
  const commands = [...DESK_COMMANDS.map(([command]) => command), 'start', 'topup', 'pay', 'cards'];
  const argument = fc.oneof(
    fc.constantFrom(
      '',
      '501',
      '501 5000 a reason',
      '901 999999999 x',
      '@nobody',
      '__proto__',
      '<b>',
    ),
    fc.string({ maxLength: 30 }),
  );
  return fc.oneof(
    fc.constantFrom(
      '50 000',
      '1',
      '0',
      '-5',
      '1e9',
      '50000.555',
      '999999999999999999',
      'NaN',
      '１２３',
    ),
    fc.constantFrom(
      '٣٤',
      '50,000.00',
      '5 минг',
      '8600 4954 7331 6478',
      '998901234567',
      '12/29',
      '00000',
    ),
    fc.constantFrom(
      '<b>',
      '&amp;',
      '</a',
      '\u202e',
      '\0',
      '\ud800',
      '👩‍👩‍👧‍👦',
      'a'.repeat(4096),
      ' ',
      '\n',
    ),
    fc
      .tuple(fc.constantFrom(...commands), argument)
      .map(([name, text]) => `/${name} ${text}`.trim()),
    fc.constantFrom('/cancel', '/help', '/balance', '/history', '/language', '/nothing', '/', '//'),
    fc.string({ unit: 'binary', maxLength: 60 }),
  );
}

interface Move {
  who: number;
  what: 'button' | 'data' | 'text' | 'other';
  pick: number;
  data: string;
  text: string;
  json: string;
}

const move = (): fc.Arbitrary<Move> =>
  fc.record({
    who: fc.constantFrom(USER, USER, OWNER),
    what: fc.constantFrom('button', 'button', 'button', 'data', 'text', 'text', 'other'),
    pick: fc.nat(1000),
    data: tapData(),
    text: words(),
    json: oddJson().filter((text) => text.length < 2000),
  });

function person(id: number) {
  return { id, is_bot: false, first_name: 'A', language_code: 'en' };
}

function chatOf(id: number) {
  return { id, type: 'private' as const, first_name: 'A' };
}

function textUpdate(who: number, text: string, more: object = {}): Update {
  updateId += 1;
  const command = /^\/\w+/.exec(text)?.[0];
  const entities = command
    ? [{ type: 'bot_command' as const, offset: 0, length: command.length }]
    : [];
  const message = {
    message_id: updateId,
    date: 0,
    from: person(who),
    chat: chatOf(who),
    text,
    entities,
  };
  return { update_id: updateId, message: { ...message, ...more } };
}

function tapUpdate(who: number, data: string, messageId: number): Update {
  updateId += 1;
  const message = { message_id: messageId, date: 1, chat: chatOf(who), text: 'a' };
  const query = { id: String(updateId), from: person(who), chat_instance: '1', data, message };
  return { update_id: updateId, callback_query: query };
}

/** Messages without words, and what Telegram may add one day. */
function otherUpdate({ who, pick, text, json }: Move): Update {
  const value = JSON.parse(json) as unknown;
  const contact = { phone_number: text, first_name: text, user_id: pick % 2 === 0 ? who : 1 };
  const kinds: object[] = [
    { contact },
    { photo: [{ file_id: 'a', file_unique_id: 'b', width: 1, height: 1 }], caption: text },
    { sticker: value },
    { location: { latitude: 1, longitude: 2 } },
    { new_kind_of_message: value },
    { forward_origin: value, text },
    { reply_to_message: value, text },
    { web_app_data: { data: text, button_text: text } },
    { successful_payment: value },
  ];
  return textUpdate(who, '', {
    text: undefined,
    entities: undefined,
    ...kinds[pick % kinds.length],
  });
}

/** A real button of the newest screens, or whatever the case says. */
function updateOf(each: Move): Update {
  const { who, what, pick, data, text } = each;
  if (what === 'text') return textUpdate(who, text);
  if (what === 'other') return otherUpdate(each);
  const screens = stage.telegram.messages(who).slice(-3);
  const taps = screens.flatMap(({ messageId, inlineKeyboard }) =>
    inlineKeyboard
      .flat()
      .flatMap((button) =>
        'callback_data' in button ? [{ messageId, data: button.callback_data }] : [],
      ),
  );
  const tap = taps[pick % Math.max(1, taps.length)];
  if (what === 'button' && tap) return tapUpdate(who, tap.data, tap.messageId);
  return tapUpdate(who, data, screens.at(-1)?.messageId ?? 1);
}

describe('the bot', { timeout: FUZZ_TIMEOUT_MS }, () => {
  it('would be seen to fail: an update that Telegram refuses is one', async () => {
    stage.telegram.fail({
      method: 'sendMessage',
      times: 1,
      with: { status: 500, description: 'Internal Server Error' },
    });
    expect(await handle([textUpdate(USER, '/balance')])).toHaveLength(1);
    stage.clock.skip(60_000);
    expect(await handle([textUpdate(USER, '/help')])).toEqual([]);
  });

  it('handles whatever is tapped, typed and sent, by users and owners, in any order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(move(), { minLength: 1, maxLength: 12 }), async (moves) => {
        for (const each of moves) expect(await handle([updateOf(each)])).toEqual([]);
      }),
      fuzzRuns(15),
    );
  });

  it('handles every button of the desk with any argument, for owners and for strangers', async () => {
    const argument = fc.oneof(someId(), fc.stringMatching(/^[\w.-]{1,30}$/));
    for (const tap of deskTaps) {
      const args = fc.sample(argument, fuzzRuns<string>(1));
      for (const arg of ['-', ...args]) {
        const data = `${tap}:${arg}`;
        if (Buffer.byteLength(data) > 64) continue;
        const updates = [tapUpdate(OWNER, data, 1), tapUpdate(USER, data, 1)];
        expect({ data, failed: await handle(updates) }).toEqual({ data, failed: [] });
      }
    }
  });

  it('keeps a chat going behind updates of any shape', async () => {
    await fc.assert(
      fc.asyncProperty(
        oddJson(),
        one(['message', 'callback_query', 'my_chat_member']),
        async (json, kind) => {
          updateId += 1;
          const text = `{"update_id":${updateId},"${kind}":${json}}`;
          const update = JSON.parse(text) as Update;
          if (json.length > 5000) return;
          await stage.app.inbox.accept([update]);
          await stage.app.inbox.idle();
        },
      ),
      fuzzRuns(30),
    );
    const last = stage.telegram.messages(USER).at(-1)?.messageId ?? 0;
    await handle([textUpdate(USER, '/balance')]);
    expect(stage.telegram.messages(USER).at(-1)?.messageId).toBeGreaterThan(last);
  });
});
