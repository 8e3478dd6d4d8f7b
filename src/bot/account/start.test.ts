import { eq } from 'drizzle-orm';
import type { Update } from 'grammy/types';
import { describe, expect, it } from 'vitest';
import { chatMoves, outbox, users } from '../../db/tables.ts';
import { enqueue } from '../../outbox/messages.ts';
import { ALI, labels, OWNER, startBotStage, VALI } from '../bot.fixture.ts';
import { NOW } from '../samples.fixture.ts';

const CONTENTS: Record<string, unknown> = { photo: [], contact: { phone_number: '+998901234567' } };

/** What a phone can send beside text, and what Telegram may think of next. */
const KINDS = [
  'document',
  'voice',
  'video_note',
  'audio',
  'animation',
  'photo',
  'video',
  'sticker',
  'dice',
  'poll',
  'story',
  'game',
  'checklist',
  'paid_media',
  'location',
  'venue',
  'contact',
  'kind_of_next_year',
].map((name) => ({ name, fields: { [name]: CONTENTS[name] ?? {} } }));

/** The message with something else in the place of its text. */
function withFields(update: Update, fields: object): Update {
  if (!update.message) return update;
  const { text: _text, entities: _entities, ...message } = update.message;
  return { ...update, message: { ...message, ...fields } };
}

function withText(update: Update, fields: object): Update {
  return update.message ? { ...update, message: { ...update.message, ...fields } } : update;
}

describe('/start', () => {
  it('asks for the language once, then shows balance and menu', async () => {
    const stage = await startBotStage();
    const picker = await stage.say('/start');
    expect(labels(picker)).toEqual(['🇺🇿 Oʻzbekcha', '🇺🇿 Ўзбекча', '🇷🇺 Русский', '🇬🇧 English']);

    const { screen } = await stage.tap('Русский');
    expect(screen.text).toContain('Русский');
    expect(stage.last().html).toContain('Здравствуйте, <b>Ali &lt;b&gt;</b>!');
    expect(stage.last().text).toContain('Баланс: 0\u00a0сум');
    const menu = stage.telegram.replyKeyboard(ALI.id)?.rows.flat() ?? [];
    expect(menu).toContainEqual({ text: '💰 Пополнить баланс' });

    expect((await stage.say('/start any-payload')).text).toContain('Здравствуйте');
  });

  it('sets the commands of the chat in the chosen language', async () => {
    const stage = await startBotStage();
    await stage.say('/start');
    await stage.tap('English');
    const commands = stage.telegram.commands(ALI.id).map(({ description }) => description);
    expect(commands).toContain('Top up the balance');
  });

  it('comes back with the main menu button of any screen', async () => {
    const stage = await startBotStage();
    await stage.meet();
    await stage.say('/balance');
    const { toast } = await stage.tap('Main menu');
    expect(toast).toBe('');
    expect(stage.last().text).toContain('Hello');
  });

  it('understands the menu in every language, whichever is chosen', async () => {
    const stage = await startBotStage();
    await stage.meet();
    for (const label of ["💰 Balans to'ldirish", '💰 Balans toʻldirish', '💰 Пополнить баланс']) {
      expect((await stage.say(label)).text).toContain('Choose how to pay');
    }
    expect((await stage.say('👤 Шахсий кабинет')).text).toContain('My account');
    expect((await stage.say('🌐 Til')).text).toContain('Choose a language');
    expect((await stage.say('❓ Помощь')).text).toContain('How do I top up?');
  });

  it('is harmless when it runs again', async () => {
    const stage = await startBotStage();
    await stage.say('/start');
    await stage.tap('English');
    await stage.again();
    expect(stage.last().text).toContain('Hello');
  });
});

describe('somebody who blocked the bot', () => {
  it('gets what waited when they are back', async () => {
    const woken: string[] = [];
    const stage = await startBotStage({ outboxNotify: () => woken.push('woken') });
    await stage.meet();
    await stage.db.tx((tx) =>
      enqueue(tx, {
        key: 'one',
        chatId: ALI.id,
        kind: 'adjustment',
        params: { amountTiyin: 100, reason: 'x' },
        at: NOW,
      }),
    );
    stage.telegram.block(ALI.id);
    await stage.pump();
    const person = () => stage.db.read.select().from(users).where(eq(users.id, ALI.id));
    expect((await person())[0]!.unreachableAt).toBe(NOW);
    expect((await stage.db.read.select().from(outbox))[0]!.state).toBe('parked');

    stage.telegram.unblock(ALI.id);
    await stage.pump();
    expect((await person())[0]!.unreachableAt).toBeNull();
    expect((await stage.db.read.select().from(outbox))[0]!.state).toBe('waiting');
    expect(woken).toEqual(['woken']);
  });
});

describe("the owners' group", () => {
  const group = { id: -4001, type: 'group', title: 'Alarms' } as const;
  const becomesSupergroup = (update: Update): Update =>
    withFields(update, { chat: group, migrate_to_chat_id: -1004001 });

  it('is followed when it becomes a supergroup, and the owner hears of it once', async () => {
    const stage = await startBotStage({ adminChatId: group.id });
    await stage.meet(OWNER.id);
    const params = { amountTiyin: 100, reason: 'x' };
    const message = { key: 'one', chatId: group.id, kind: 'adjustment', params, at: NOW } as const;
    await stage.db.tx((tx) => enqueue(tx, message));
    stage.telegram.sendText(OWNER.id, 'x');
    await stage.pump(becomesSupergroup);
    await stage.again();
    const rows = await stage.db.read.select().from(outbox).orderBy(outbox.id);
    expect(rows.map(({ chatId, kind }) => ({ chatId, kind }))).toEqual([
      { chatId: -1004001, kind: 'adjustment' },
      { chatId: OWNER.id, kind: 'owner_alarm' },
    ]);
  });

  it("is no other group: a stranger's moves without a trace", async () => {
    const stage = await startBotStage({ adminChatId: -5 });
    await stage.meet(OWNER.id);
    stage.telegram.sendText(OWNER.id, 'x');
    await stage.pump(becomesSupergroup);
    expect(await stage.db.read.select().from(chatMoves)).toEqual([]);
  });
});

describe('somebody an owner shut out', () => {
  it('hears so and can do nothing', async () => {
    const stage = await startBotStage();
    await stage.meet();
    await stage.say('/balance');
    const block = { blockedAt: NOW };
    await stage.db.tx((tx) => tx.update(users).set(block).where(eq(users.id, ALI.id)));
    expect((await stage.say('/topup')).text).toContain('access has been closed');
    expect((await stage.tap('Payment history')).toast).toContain('access has been closed');
  });
});

describe('what nobody expects', () => {
  it('gets a hint', async () => {
    const stage = await startBotStage();
    await stage.meet();
    expect((await stage.say('hello')).text).toContain("I didn't get that");
    // A sum by itself is most likely what the balance is to be topped up by.
    expect((await stage.say('50 ming')).text).toContain('top up your balance by 50\u00a0000');
    expect((await stage.tap('Top up 50')).screen.text).toContain('Choose how to pay');
    expect((await stage.say('5')).text).toContain("I didn't get that");
    expect((await stage.say('/nonsense')).text).toContain('no such command');
    stage.telegram.sendContact(ALI.id, '+998901234567', { contactUserId: null });
    await stage.pump();
    expect(stage.last().text).toContain("can't read pictures");
  });

  it.each(KINDS)('is answered, whatever it is: $name', async ({ fields }) => {
    const stage = await startBotStage();
    await stage.meet();
    stage.telegram.sendText(ALI.id, 'x');
    await stage.pump((update) => withFields(update, fields));
    expect(stage.last().text).toContain("can't read pictures");
  });

  it('is answered in the middle of typing a sum as well', async () => {
    const stage = await startBotStage();
    await stage.meet();
    await stage.say('/topup');
    await stage.tap('Card transfer');
    for (const { fields } of KINDS) {
      const before = stage.count();
      stage.telegram.sendText(ALI.id, 'x');
      await stage.pump((update) => withFields(update, fields));
      expect(stage.count()).toBe(before + 2);
    }
  });

  it('is not a line that Telegram wrote itself', async () => {
    const stage = await startBotStage();
    await stage.meet();
    const before = stage.count();
    stage.telegram.sendText(ALI.id, 'x');
    await stage.pump((update) =>
      withFields(update, { message_auto_delete_timer_changed: { message_auto_delete_time: 5 } }),
    );
    expect(stage.count()).toBe(before + 1);
  });

  it('is a forwarded command: it is not the word of who forwards it', async () => {
    const stage = await startBotStage();
    await stage.meet();
    await stage.meet(OWNER.id);
    const sender = { type: 'hidden_user', sender_user_name: 'Somebody', date: NOW / 1000 };
    const others = [
      { forward_origin: sender },
      { via_bot: { id: 7, is_bot: true, first_name: 'B' } },
    ];
    for (const fields of others) {
      stage.telegram.sendText(OWNER.id, '/credit 101 50000 gift');
      await stage.pump((update) => withText(update, fields));
      expect(stage.last(OWNER.id).text).toContain('was forwarded');
    }
    expect((await stage.say('/credit 101 50000 gift', OWNER.id)).text).toContain('50\u00a0000');
  });

  it('answers an owner command of a stranger like any unknown command', async () => {
    const stage = await startBotStage();
    await stage.meet();
    const unknown = (await stage.say('/nonsense')).html;
    for (const command of [
      '/user 900',
      '/credit 101 5000 x',
      '/debit 1 1 1',
      '/orders',
      '/order 1',
    ]) {
      expect((await stage.say(command)).html).toBe(unknown);
    }
  });

  it('says of an old button that it is old', async () => {
    const stage = await startBotStage();
    await stage.meet();
    await stage.bot.bot.api.sendMessage(ALI.id, 'old', {
      reply_markup: { inline_keyboard: [[{ text: 'Old', callback_data: 'version0:whatever' }]] },
    });
    const { toast, screen } = await stage.tap('Old');
    expect(toast).toContain('out of date');
    expect(labels(screen)).toEqual(['Old']);
  });

  it('survives a tap whose answer comes too late', async () => {
    const stage = await startBotStage();
    await stage.meet();
    await stage.say('/balance');
    stage.telegram.fail({
      method: 'answerCallbackQuery',
      times: 1,
      with: {
        status: 400,
        description:
          'Bad Request: query is too old and response timeout expired or query ID is invalid',
      },
    });
    const { message, data } = stage.find('Payment history');
    stage.telegram.tap(ALI.id, message.messageId, { data });
    await stage.pump();
    expect(stage.telegram.message(ALI.id, message.messageId)!.text).toContain(
      'What happened to your money',
    );
  });

  it('apologises only when asked to', async () => {
    const stage = await startBotStage();
    await stage.meet();
    stage.telegram.fail({
      method: 'sendMessage',
      times: 1,
      with: { status: 500, description: 'Internal Server Error' },
    });
    await expect(stage.say('/balance')).rejects.toThrow(/Internal Server Error/);
    const before = stage.count();
    await stage.bot.apologise(stage.updates.at(-1)!);
    expect(stage.count()).toBe(before + 1);
    expect(stage.last().text).toContain('Sorry');
  });
});

describe('createBot', () => {
  it('asks Telegram for nothing', async () => {
    const stage = await startBotStage();
    expect(stage.telegram.calls()).toEqual([]);
  });
});

describe('setUp', () => {
  it('announces commands in each language and the owners their own', async () => {
    const stage = await startBotStage();
    await stage.say('/start', OWNER.id);
    await stage.bot.setUp();
    const shown = (userId: number) => stage.telegram.commands(userId).map(({ command }) => command);
    expect(shown(VALI.id)).toEqual([
      'start',
      'topup',
      'balance',
      'history',
      'language',
      'help',
      'cancel',
    ]);
    expect(shown(OWNER.id)).toContain('credit');
    expect(stage.telegram.commands(VALI.id, 'ru')[1]!.description).toBe('Пополнить баланс');
  });

  it('goes on when an owner has never written', async () => {
    const stage = await startBotStage({ adminIds: [777, OWNER.id] });
    await stage.say('/start', OWNER.id);
    await stage.bot.setUp();
    expect(stage.telegram.commands(OWNER.id).map(({ command }) => command)).toContain('orders');
  });
});
