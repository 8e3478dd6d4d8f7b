/** People who ask the staff something, from the button under a payment to the answer, over the simulated Telegram. */
import { afterEach, describe, expect, it } from 'vitest';
import { tickets } from '../src/db/tables.ts';
import { recordSuspense } from '../src/topups/suspense.ts';
import { PNG } from '../sandbox/telegram/fake-telegram.fixture.ts';
import type { MessageView } from '../sandbox/telegram/types.ts';
import { waitFor } from '../sandbox/telegram/wait-for.ts';
import { patience } from '../src/testing/patience.ts';
import {
  balanceOf,
  begin,
  buttons,
  findings,
  openOrder,
  OWNER,
  type Person,
  type Stage,
  startStage,
  USER,
} from './stage.ts';

const OTHER_OWNER = 902;
const STRANGER = 777;
const GROUP = -1_001_234_567_890;
const PDF = { bytes: Buffer.from('%PDF-1.4'), name: 'chek.pdf', mimeType: 'application/pdf' };

let stage: Stage;
afterEach(async () => await stage.close());

/** A payment that was cancelled, with its screen in the chat. */
async function cancelledOrder(person: Person): Promise<void> {
  await openOrder(stage, person, { provider: 'payfer' });
  await person.tap('Cancel', 'Really cancel');
  await person.tap('Yes, cancel it', 'cancelled');
}

/** The bot's newest message in the group that says so. */
async function inGroup(expected: string) {
  const { telegram } = stage;
  const says = ({ from, text, caption }: MessageView): boolean =>
    from === 'bot' && `${text}${caption}`.includes(expected);
  const found = () => telegram.messages(GROUP).findLast(says);
  const timeoutMs = patience(20_000);
  return await waitFor(telegram, found, { timeoutMs, what: `${expected} in the group` });
}

async function states(): Promise<string[]> {
  return (await stage.app.db.read.select().from(tickets)).map(({ state }) => state);
}

async function restNow(): Promise<void> {
  await stage.app.inbox.idle();
  await stage.app.outbox.flush();
}

/** The same sum was found at the payment system, and is nobody's. */
async function foundMoney(amountTiyin: number): Promise<void> {
  await stage.app.db.tx((tx) =>
    recordSuspense(tx, {
      key: 'manual:1:1',
      provider: 'payfer',
      amountTiyin,
      kind: 'unclaimed',
      actor: `user:${OWNER}`,
      at: stage.clock.now(),
    }),
  );
}

/** Of the order that is open. */
async function sendCheque(person: Person): Promise<void> {
  stage.telegram.sendPhoto(USER, PNG);
  await person.sees('Is this the cheque');
  await person.tap(/Payfer ·/, 'How much did you pay?');
  await person.tap(/^50 /, 'When did you pay?');
  await person.tap('Yesterday', 'passed on to our staff');
}

describe('a question to the owners', () => {
  it('goes with its payment to each, is answered by a reply, and goes on by replies', async () => {
    stage = await startStage({ settings: { ADMIN_IDS: `${OWNER},${OTHER_OWNER}` } });
    stage.telegram.user({ id: OTHER_OWNER, firstName: 'Other', languageCode: 'en' });
    const [owner, other] = [await begin(stage, OWNER), await begin(stage, OTHER_OWNER)];
    const person = await begin(stage);
    await cancelledOrder(person);
    await person.tap('Help', 'What happened?');
    await person.send('I paid it <b>twice</b>', 'Passed on to our staff');

    const question = await owner.sees('I paid it <b>twice</b>');
    expect(question.text).toContain('Top-up №');
    await other.sees('I paid it <b>twice</b>');
    stage.telegram.sendText(OWNER, 'It comes today', { replyTo: question.messageId });
    await person.sees('It comes today');
    await owner.sees('On its way to Ali');
    await other.sees('Owner answered');

    const answer = await person.sees('An answer from our staff');
    stage.telegram.sendText(USER, 'Thank you', { replyTo: answer.messageId });
    await owner.sees('Thank you');
    await person.tap('Solved', 'closed');
    expect(await states()).toEqual(['closed']);
  });

  it('may be a picture or a PDF, which are copied and never downloaded; other files are refused', async () => {
    stage = await startStage();
    const owner = await begin(stage, OWNER);
    const person = await begin(stage);
    await person.send('/help', 'Help');
    await person.tap('Help', 'What happened?');
    stage.telegram.sendDocument(USER, PDF, { caption: 'my cheque' });
    await person.sees('Passed on to our staff');
    stage.telegram.sendDocument(USER, {
      ...PDF,
      name: 'a.exe',
      mimeType: 'application/x-msdownload',
    });
    await person.sees('other files can');
    await restNow();
    const copy = stage.telegram.messages(OWNER).findLast((each) => each.file !== null);
    expect(copy?.file?.name).toBe('chek.pdf');
    expect(copy?.caption).toContain('my cheque');
    expect(stage.telegram.calls('getFile')).toEqual([]);
    stage.telegram.sendText(OWNER, 'Seen', { replyTo: copy?.messageId });
    await person.sees('Seen');
    await owner.send('/tickets', 'People wait for an answer: 0');
  });

  it('stays where /cancel is typed to what may be added, and is not called cancelled', async () => {
    stage = await startStage();
    const person = await begin(stage);
    await person.send('/help', 'Help');
    await person.tap('Help', 'What happened?');
    await person.send('Where is it?', 'Passed on to our staff');
    await person.send('/cancel', 'stays with our staff');
    expect(await states()).toEqual(['open']);
    await person.tap('Solved', 'closed');
    await person.send('/cancel', 'nothing to cancel');
  });

  it('waits for somebody who blocked the bot, and for a restart', async () => {
    stage = await startStage();
    const owner = await begin(stage, OWNER);
    const person = await begin(stage);
    await person.send('/help', 'Help');
    await person.tap('Help', 'What happened?');
    await person.send('Hello?', 'Passed on');
    const question = await owner.sees('Hello?');
    stage.telegram.block(USER);
    await restNow();
    stage.telegram.sendText(OWNER, 'Here we are', { replyTo: question.messageId });
    await owner.sees('has blocked the bot');
    await restNow();
    await stage.restart();
    stage.telegram.unblock(USER);
    const answer = await person.sees('Here we are');
    expect(buttons(answer)).toContain('✍️ Write more');
  });

  it('stays when its payment is gone, or its picture', async () => {
    stage = await startStage();
    const owner = await begin(stage, OWNER);
    const person = await begin(stage);
    await cancelledOrder(person);
    await person.tap('Help', 'What happened?');
    await person.send('first', 'Passed on');
    await restNow();
    await stage.raw.run("update tickets set about = 'topup:GONE'");
    const gone = { status: 400, description: 'Bad Request: message to copy not found' };
    stage.telegram.fail({ method: 'copyMessage', times: 1, with: gone });
    stage.telegram.sendPhoto(USER, PNG, { caption: 'second' });
    const last = await owner.sees('second');
    expect(last.text).toContain('№ GONE');
    expect(last.text).toContain('was removed');
    // What staff do with it stands below it all the same, and nobody is alarmed.
    expect(buttons(last)).toContain('💬 Open');
    expect(stage.log.filter((line) => line.includes('sending its words'))).toEqual([]);
  });

  it('of a stranger about somebody else’s payment is none', async () => {
    stage = await startStage();
    stage.telegram.user({ id: STRANGER, firstName: 'Stranger', languageCode: 'en' });
    const person = await begin(stage);
    const order = await openOrder(stage, person, { provider: 'payfer' });
    const stranger = await begin(stage, STRANGER);
    const menu = await stranger.sees('Hello');
    const { answer } = stage.telegram.tap(STRANGER, menu.messageId, {
      forged: `help:topup:${order.id}`,
    });
    expect((await answer).text).toContain('out of date');
  });
});

describe('a cheque that nobody asked for', () => {
  it('goes to the staff without a payment as well, once, and so do the words after it', async () => {
    stage = await startStage();
    const owner = await begin(stage, OWNER);
    const person = await begin(stage);
    await openOrder(stage, person, { provider: 'payfer' });
    stage.telegram.sendPhoto(USER, PNG);
    const which = await person.sees('Is this the cheque');
    stage.telegram.tap(USER, which.messageId, { text: '💬 Pass it on to our staff' });
    await person.tap('Pass it on', 'Passed on to our staff');
    await stage.app.inbox.idle();
    await person.send('for my brother', 'Passed on to our staff');
    await owner.sees('for my brother');
    await restNow();
    expect(stage.telegram.messages(OWNER).filter((each) => each.file !== null)).toHaveLength(1);
    expect(await states()).toHaveLength(1);
  });

  it('goes to the staff from somebody with no payment that has not come', async () => {
    stage = await startStage();
    await begin(stage, OWNER);
    const person = await begin(stage);
    stage.telegram.sendPhoto(USER, PNG);
    await person.sees("can't read pictures and files, but our staff can");
    await person.tap('Pass it on', 'Passed on to our staff');
    await restNow();
    expect(stage.telegram.messages(OWNER).filter((each) => each.file !== null)).toHaveLength(1);
  });

  it('takes a sum that is typed where buttons offer some, and another picture is another cheque', async () => {
    stage = await startStage();
    await begin(stage, OWNER);
    const person = await begin(stage);
    await openOrder(stage, person, { provider: 'payfer' });
    stage.telegram.sendPhoto(USER, PNG);
    await person.sees('Is this the cheque');
    await person.tap(/Payfer ·/, 'How much did you pay?');
    const { messageId: after } = stage.telegram.sendPhoto(USER, PNG);
    await person.sees('Is this the cheque', { after });
    await person.tap(/Payfer ·/, 'How much did you pay?');
    await person.send('50 000,5', 'When did you pay?');
    await person.tap('Yesterday', 'passed on to our staff');
    expect(await states()).toEqual(['open']);
  });

  it('is asked about by buttons and goes to the owners beside money that may be it; nothing is credited by it', async () => {
    stage = await startStage();
    const owner = await begin(stage, OWNER);
    const person = await begin(stage);
    const order = await openOrder(stage, person, { provider: 'payfer' });
    stage.clock.skip(70 * 60_000);
    await stage.app.topups.tick();
    await foundMoney(order.amountTiyin);
    stage.telegram.sendPhoto(USER, PNG, { caption: 'here' });
    await person.sees('Is this the cheque');
    await person.tap(/Payfer/, 'How much did you pay?');
    await person.tap('Other sum', 'Write the sum');
    await person.send('what?', /For example|50 000/);
    await person.send('50 000', 'When did you pay?');
    await person.tap('Within the last hour', 'passed on to our staff');
    await restNow();
    const copy = stage.telegram.messages(OWNER).findLast((each) => each.file !== null);
    expect(copy?.caption.replaceAll('\u00a0', ' ')).toContain("50 000 so'm · Within the last hour");
    expect(copy && buttons(copy).some((text) => text.includes('📥'))).toBe(true);
    expect(await balanceOf(stage)).toBe(0);

    // The owner credits it by the way there is.
    await owner.tap('📥', 'Ali');
    await owner.tap('✅ Ali', 'Do you confirm?');
    await owner.tap('Confirm', 'Done');
    expect(await balanceOf(stage)).toBe(order.amountTiyin);
    expect(await findings(stage)).toEqual([]);
  });

  it('is credited by one tap on what came, and its confirmation', async () => {
    stage = await startStage();
    const [person, owner] = [await begin(stage), await begin(stage, OWNER)];
    const order = await openOrder(stage, person, { provider: 'payfer' });
    await foundMoney(order.amountTiyin);
    await sendCheque(person);
    await restNow();
    await owner.tap('✅ Ali', 'Do you confirm?');
    await owner.tap('Confirm', 'Done');
    expect(await balanceOf(stage)).toBe(order.amountTiyin);
    expect(await findings(stage)).toEqual([]);
  });

  it('is refused with a reason in the language of its payer, once; no money moves', async () => {
    stage = await startStage();
    const [person, owner] = [await begin(stage), await begin(stage, OWNER)];
    await openOrder(stage, person, { provider: 'payfer' });
    await sendCheque(person);
    await restNow();
    await owner.tap('Not theirs', 'What shall the payer read?');
    const asked = stage.telegram
      .messages(OWNER)
      .findLast(({ inlineKeyboard }) =>
        inlineKeyboard.flat().some(({ text }) => text === 'Such a payment has not come'),
      );
    const taps = [1, 2, 3].map(() =>
      stage.telegram.tap(OWNER, asked?.messageId ?? 0, { text: 'Such a payment has not come' }),
    );
    await restNow();
    expect(taps).toHaveLength(3);
    await person.sees('has not come to us');
    await person.sees('was closed at');
    const told = stage.telegram
      .messages(USER)
      .filter(({ text }) => text.includes('has not come to us'));
    expect(told).toHaveLength(1);
    expect(await states()).toEqual(['closed']);
    expect(await balanceOf(stage)).toBe(0);
  });

  it('of a payment that the system knows by now is none: that is credited by itself', async () => {
    stage = await startStage({ webhooks: false });
    const person = await begin(stage);
    const order = await openOrder(stage, person, { provider: 'payfer' });
    stage.world.provider('payfer').pay(order.id);
    stage.clock.skip(60_000);
    stage.telegram.sendDocument(USER, PDF);
    await person.sees('Is this the cheque');
    await person.tap(/Payfer ·/, 'How much did you pay?');
    await person.tap(/^50 /, 'When did you pay?');
    await person.tap('Yesterday', 'knows this payment');
    expect(await balanceOf(stage)).toBe(order.amountTiyin);
    expect(await states()).toEqual([]);
  });

  it('from somebody without a payment is no cheque', async () => {
    stage = await startStage();
    const person = await begin(stage);
    stage.telegram.sendPhoto(USER, PNG);
    expect((await person.sees('read pictures')).text).not.toContain('cheque');
  });
});

describe("a question to the owners' group", () => {
  it.each([
    ['there by owners and operators alone', false],
    ['in a topic of its own where the group has topics', true],
  ])('is answered %s', async (_where, isForum) => {
    stage = await startStage({
      settings: {
        ADMIN_CHAT_ID: String(GROUP),
        ADMIN_OPERATOR_IDS: String(OTHER_OWNER),
        DEFAULT_LANGUAGE: 'en',
      },
    });
    stage.telegram.group({ id: GROUP, title: 'Owners', isForum });
    stage.telegram.user({ id: OTHER_OWNER, firstName: 'Operator', languageCode: 'en' });
    stage.telegram.user({ id: STRANGER, firstName: 'Stranger', languageCode: 'en' });
    const person = await begin(stage);
    await person.send('/help', 'Help');
    await person.tap('Help', 'What happened?');
    await person.send('Is anybody there?', 'Passed on');
    const question = await inGroup('Is anybody there?');
    const topics = stage.telegram.topics(GROUP);
    const own = [...topics].filter(([, name]) => /^💬 № \w+ · Ali/.test(name));
    expect(own.map(([id]) => id)).toEqual(isForum ? [question.topicId] : []);
    stage.telegram.sendText(STRANGER, 'No', { inGroup: GROUP, replyTo: question.messageId });
    await inGroup('This was not sent');
    stage.telegram.sendText(OTHER_OWNER, 'just talking', { inGroup: GROUP });
    stage.telegram.sendText(OTHER_OWNER, 'Yes', { inGroup: GROUP, replyTo: question.messageId });
    const sent = await inGroup('On its way');
    expect(sent.topicId).toBe(question.topicId);
    await person.sees('Yes');
    expect(person.texts().join()).not.toMatch(/No\b.*just talking|just talking/);
    const close = await inGroup('Is anybody there?');
    expect(buttons(close).some((text) => text.includes('Close'))).toBe(true);
    stage.telegram.tap(OTHER_OWNER, close.messageId, { text: '✅ Close', inGroup: GROUP });
    await person.sees('was closed');
  });
});

it('its pictures are shown once more in its topic, but for those that were removed', async () => {
  stage = await startStage({
    settings: { ADMIN_CHAT_ID: String(GROUP), DEFAULT_LANGUAGE: 'en' },
  });
  stage.telegram.group({ id: GROUP, title: 'Owners', isForum: true });
  const person = await begin(stage);
  await begin(stage, OWNER);
  await person.send('/help', 'Help');
  await person.tap('Help', 'What happened?');
  const [gone] = ['the first', 'the second'].map((caption) =>
    stage.telegram.sendPhoto(USER, PNG, { caption }),
  );
  const question = await inGroup('the second');
  stage.telegram.deleteMessage(USER, gone!.messageId);
  stage.telegram.tap(OWNER, question.messageId, { text: '💬 Open', inGroup: GROUP });
  const opened = await inGroup('📎');
  const before = stage.telegram.messages(GROUP).length;
  stage.telegram.tap(OWNER, opened.messageId, { text: '📎 Show files', inGroup: GROUP });
  await restNow();
  const shown = stage.telegram.messages(GROUP).slice(before);
  expect(shown.map(({ topicId }) => topicId)).toEqual([question.topicId]);
});

it('leads to SUPPORT_CONTACT where that is set', async () => {
  stage = await startStage({ settings: { SUPPORT_CONTACT: '@tolov_help' } });
  const person = await begin(stage);
  await person.send('/help', 'Help');
  const shown = await person.tap('Help', '@tolov_help');
  expect(JSON.stringify(shown.inlineKeyboard)).toContain('https://t.me/tolov_help');
});
