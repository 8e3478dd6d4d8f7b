import type { Message, Update } from 'grammy/types';
import { expect, test } from 'vitest';
import { broadcastById, type Broadcast } from '../../../broadcast/store.ts';
import { broadcasts, staffLog } from '../../../db/tables.ts';
import { LANGUAGES } from '../../../core/language.ts';
import { setLanguage } from '../../../users/users.ts';
import { ALI, type BotStage, labels, OWNER, startBotStage, VALI } from '../../bot.fixture.ts';

const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

async function enter(): Promise<BotStage> {
  const stage = await startBotStage();
  for (const { id } of [OWNER, ALI, VALI]) await stage.meet(id);
  return stage;
}

/** The owner's message as another client would have sent it. */
function as(change: Partial<Message>): (update: Update) => Update {
  return (update) => {
    if (!update.message) return update;
    const message = { ...update.message, ...change } as NonNullable<Update['message']>;
    return { ...update, message };
  };
}

async function drafts({ db }: BotStage): Promise<Broadcast[]> {
  const rows = await db.read.select().from(broadcasts);
  const all = await Promise.all(rows.map(({ id }) => broadcastById(db.read, id)));
  return all.filter((row) => row !== null);
}

test('the preview has the look that was typed, and nothing else', async () => {
  const stage = await enter();
  await stage.say('/broadcast', OWNER.id);
  const entities = [
    { type: 'bold', offset: 0, length: 3 },
    { type: 'text_link', offset: 4, length: 3, url: 'https://example.com/' },
  ] as const;
  stage.telegram.sendText(OWNER.id, 'Big new <b>thing');
  await stage.pump(as({ entities: [...entities] }));
  const [preview, control] = stage.telegram.messages(OWNER.id).slice(-2);
  expect(preview).toMatchObject({ text: 'Big new <b>thing', entities, inlineKeyboard: [] });
  expect(control?.html).toContain('Recipients: <b>3</b>');
  const [draft] = await drafts(stage);
  expect(draft?.content).toMatchObject({ kind: 'text', entities });
});

test('an album is refused once, and a single photo afterwards is taken', async () => {
  const stage = await enter();
  await stage.say('/broadcast', OWNER.id);
  const before = stage.count(OWNER.id);
  for (let picture = 0; picture < 3; picture += 1) {
    stage.telegram.sendPhoto(OWNER.id, PICTURE);
    await stage.pump(as({ media_group_id: '77' }));
  }
  expect(stage.count(OWNER.id)).toBe(before + 3 + 1);
  expect(stage.last(OWNER.id).from).toBe('user');
  expect(await drafts(stage)).toEqual([]);
  stage.telegram.sendPhoto(OWNER.id, PICTURE, { caption: 'One' });
  await stage.pump(as({ show_caption_above_media: true }));
  expect(stage.last(OWNER.id).html).toContain('This is how people will see it');
  expect((await drafts(stage))[0]?.content).toMatchObject({
    kind: 'photo',
    caption: 'One',
    isCaptionAbove: true,
  });
});

test('what Telegram does not take is refused before anybody gets it', async () => {
  const stage = await enter();
  await stage.say('/broadcast', OWNER.id);
  stage.telegram.fail({
    method: 'sendMessage',
    times: 1,
    with: { status: 400, description: "Bad Request: can't parse entities <x>" },
  });
  const said = await stage.say('hello', OWNER.id);
  expect(said.text).toContain("can't parse entities <x>");
  expect(await drafts(stage)).toEqual([]);
  // The question stays open.
  await stage.say('hello', OWNER.id);
  expect(await drafts(stage)).toHaveLength(1);
});

test('handled again after a crash, a message is one draft and a tap one broadcast', async () => {
  const stage = await enter();
  await stage.say('/broadcast', OWNER.id);
  await stage.say('hello', OWNER.id);
  await stage.tap('Send…', OWNER.id);
  await stage.tap('Yes, send it', OWNER.id);
  await stage.again();
  expect((await drafts(stage)).map(({ state, total }) => ({ state, total }))).toEqual([
    { state: 'running', total: 3 },
  ]);
  const log = await stage.db.read.select().from(staffLog);
  expect(log.map(({ action, note }) => `${action} ${note}`)).toEqual([
    'broadcast text (all, any days, 3): hello',
  ]);
});

test('another owner can neither see nor send a draft, but stop what runs', async () => {
  const stage = await startBotStage({ adminIds: [OWNER.id, VALI.id] });
  for (const { id } of [OWNER, VALI]) await stage.meet(id);
  await stage.say('/broadcast', OWNER.id);
  await stage.say('hello', OWNER.id);
  const [draft] = await drafts(stage);
  const id = draft?.id ?? '';
  await stage.say('/admin', VALI.id);
  for (const action of ['draft', 'ask', 'start', 'drop', 'show', 'stop', 'stopnow']) {
    expect(await stage.forge(`desk:cast:${action}:${id}`, VALI.id)).toContain('out of date');
  }
  expect((await drafts(stage))[0]?.state).toBe('draft');
  await stage.tap('Send…', OWNER.id);
  await stage.tap('Yes, send it', OWNER.id);
  await stage.say('/broadcast', VALI.id);
  await stage.tap('⏹ Stop', VALI.id);
  expect((await drafts(stage))[0]?.state).toBe('running');
  await stage.tap('Yes, stop', VALI.id);
  expect((await drafts(stage))[0]).toMatchObject({ state: 'stopped', stoppedBy: VALI.id });
  expect((await stage.tap('Yes, send it', OWNER.id).catch(() => null))?.toast ?? '').toBe('');
});

test('a choice that fits nobody is not sent', async () => {
  const stage = await enter();
  await stage.say('/broadcast', OWNER.id);
  await stage.say('hello', OWNER.id);
  const { screen } = await stage.tap('Русский', OWNER.id);
  expect(labels(screen)).toContain('✔️ 🇷🇺 Русский');
  expect((await stage.tap('Send…', OWNER.id)).toast).toContain('Nobody fits');
});

test.each(LANGUAGES)('every screen of it can be shown in %s', async (language) => {
  const stage = await enter();
  const { bot, db } = stage;
  await stage.say('/broadcast', OWNER.id);
  await stage.say('hello', OWNER.id);
  const [draft] = await drafts(stage);
  if (!draft) throw new Error('there is no draft');
  await setLanguage(db, { userId: OWNER.id, language });
  const at = stage.clock.now();
  const running = { ...draft, total: 10, sent: 3, state: 'running', startedAt: at } as const;
  const ended = { ...running, endedAt: at + 90_000, refusal: 'Bad <Request>' } as const;
  const to = { chatId: OWNER.id, language };
  expect((await bot.render('broadcast_over', { broadcastId: draft.id }, to))?.method).toBe('send');
  const texts = await Promise.all(
    [
      running,
      { ...running, state: 'stopped', stoppedBy: ALI.id } as const,
      { ...ended, state: 'stopped' } as const,
      { ...ended, state: 'done' } as const,
    ].map(async (each) => (await bot.presentBroadcast(each, { leftMs: 3_661_000 })).text),
  );
  expect(texts[0]).toContain('1:01:01');
  expect(texts[0]).toContain('<code>███░░░░░░░░░</code> 30 %');
  expect(texts[1]).toContain('Ali &lt;b&gt;');
  expect(texts[2]).toContain('Bad &lt;Request&gt;');
  expect(texts[3]).toContain('0:01:30');
});
