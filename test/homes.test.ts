/** Two people and a home: one keeps the accounts, the other sees and pays them. */
import { afterEach, describe, expect, it } from 'vitest';
import { dayAfter, dayOf, HOUR_MS, startOf } from '../src/core/calendar.ts';
import { som } from '../src/core/money.ts';
import { homeMembers } from '../src/db/tables.ts';
import { userBalance } from '../src/ledger/ledger.ts';
import { toPayment } from './electricity.ts';
import {
  begin,
  buttons,
  findings,
  OWNER,
  type Person,
  type Stage,
  startStage,
  USER,
} from './stage.ts';

const SON = 502;
const STRANGER = 503;

let stage: Stage;
afterEach(async () => {
  const broken = await findings(stage);
  await stage.close();
  expect(broken).toEqual([]);
});

async function balance(userId: number): Promise<number> {
  return (await userBalance(stage.app.db.read, userId)).availableTiyin;
}

/** Who keeps the home, with an account that was paid once and saved; and who is to join. */
async function family(): Promise<{ mother: Person; son: Person }> {
  stage = await startStage();
  stage.telegram.user({ id: SON, firstName: 'Dilshod', languageCode: 'en' });
  const owner = await begin(stage, OWNER);
  const mother = await begin(stage);
  const son = await begin(stage, SON);
  for (const id of [USER, SON]) {
    await owner.send(`/credit ${id} 200000 for tests`, 'Do you confirm');
    await owner.tap('Confirm', 'Done');
  }
  await mother.sees('for tests');
  await son.sees('for tests');
  await payElectricity(mother);
  await mother.tap('⭐ Save', /name/);
  await mother.send('Flat', 'Saved.');
  return { mother, son };
}

async function payElectricity(person: Person): Promise<void> {
  await toPayment(person, /check and confirm/);
  await person.tap(/Pay 50 000/, 'The bill is paid');
  await person.sees('Paid');
}

/** The account in a home of this name, and the payload of an invitation into it. */
async function invite(mother: Person): Promise<string> {
  await mother.send('/pay', 'Pay bills');
  await mother.tap(/Saved: 1/, 'Saved accounts');
  await mother.tap('⚙️', 'Flat');
  await mother.tap('Into a home', 'What shall the home be called');
  await mother.send('Our <b>flat</b>', 'You keep this home');
  return await anotherInvitation(mother);
}

async function anotherInvitation(mother: Person): Promise<string> {
  await mother.tap('Invite someone', 'works once');
  const { text } = await mother.sees('works once');
  const [, payload] = /\?start=([\w-]+)/.exec(text ?? '') ?? [];
  if (payload === undefined) throw new Error(`there is no link in: ${text}`);
  return payload;
}

async function join(son: Person, payload: string): Promise<void> {
  await son.send(`/start ${payload}`, 'invites you into the home');
  await son.tap('Join', 'Its accounts stand among');
}

describe('a home', () => {
  it('is joined by its invitation, and a bill is paid by the member from their own balance', async () => {
    const { mother, son } = await family();
    const payload = await invite(mother);
    await son.send(`/start ${payload}`, 'Our <b>flat</b>');
    await son.tap('Join', 'keeps this home');
    await mother.sees(/Dilshod has joined/);
    await mother.send('/homes', 'Homes');
    await mother.tap(/Our/, 'You keep this home');
    await mother.tap('Tell of payments', 'hear of every bill');
    await son.send('/pay', 'Pay bills');
    await son.tap(/👥 Our <b>flat<\/b> · Flat/, /right account/);
    await son.tap('Another sum', /How much/);
    await son.send('30 000', /check and confirm/);
    // What the others have paid in this home: one more question before the money goes.
    await son.tap(/^✅ Pay/, 'Somebody of your home has paid');
    expect(await balance(SON)).toBe(som(200_000));
    await son.tap(/once more|again/i, 'The bill is paid');
    expect(await balance(SON)).toBe(som(170_000));
    expect(await balance(USER)).toBe(som(150_000));
    // Nobody is woken by it: it waits for the day.
    const now = stage.clock.now();
    stage.clock.skip(startOf(dayAfter(dayOf(now))) + 12 * HOUR_MS - now);
    const news = await mother.sees(/paid by Dilshod/);
    expect(news.text).toContain('Electricity');
    expect(mother.texts().filter((text) => /paid by Dilshod/.test(text))).toHaveLength(1);
    expect(son.texts().filter((text) => /paid by/.test(text))).toEqual([]);
  });

  it('shows a member the account and what was paid, and nothing to change it with', async () => {
    const { mother, son } = await family();
    await join(son, await invite(mother));
    const shown = await son.tap('⚙️', 'Paid this month');
    expect(shown.text).toContain('kept by Ali <b>');
    expect(buttons(shown).join()).not.toMatch(/Rename|Remove|every month|home/i);
    expect(await son.tapForAnswer('Pay')).toBe('');
    // Whoever makes up a button meets the same.
    for (const data of ['saved:rename:1', 'saved:remove:1', 'watch:show:1:-', 'home_choose:1']) {
      expect(await answerTo(SON, data)).toContain('out of date');
    }
    await mother.send('/pay', 'Pay bills');
    await mother.tap(/⭐ Flat/, 'check and confirm');
  });

  it('is closed to who was removed, with every button and link they still have', async () => {
    const { mother, son } = await family();
    await join(son, await invite(mother));
    const spare = await invitedAgain(mother);
    await mother.send('/homes', 'Homes');
    await mother.tap(/Our/, 'You keep this home');
    await mother.tap('People: 1', 'Press a name');
    await mother.tap(/Dilshod/, /Remove Dilshod/);
    await mother.tap('Yes, remove it', 'Nobody has joined yet');
    await son.sees("You don't belong to");
    expect(await answerTo(SON, 'saved:pay:1')).toContain('out of date');
    await son.tap('Leave this home', 'not there for you');
    await son.send(`/start ${spare}`, 'does not work here');
    await son.send('/pay', 'Pay bills');
    expect(buttons(await son.sees('Pay bills')).join()).not.toContain('👥');
  });

  it('is left by its member, and ended by its owner', async () => {
    const { mother, son } = await family();
    await join(son, await invite(mother));
    await son.tap('Leave this home', "You won't see");
    await son.tap('Yes, leave', 'You have left');
    await mother.sees(/Dilshod has left/);
    await join(son, await invitedAgain(mother));
    await mother.send('/homes', 'Homes');
    await mother.tap(/Our/, 'You keep this home');
    await mother.tap('End it', 'Everybody else stops');
    await mother.tap('Yes, end it', 'is no more');
    await son.sees('was ended');
    await mother.send('/pay', 'Pay bills');
    await mother.tap(/⭐ Flat/, 'check and confirm');
    expect(await stage.app.db.read.select().from(homeMembers)).toEqual([]);
  });
});

/** From the list of homes. */
async function invitedAgain(mother: Person): Promise<string> {
  await mother.send('/homes', 'Homes');
  await mother.tap(/Our/, 'You keep this home');
  return await anotherInvitation(mother);
}

describe('an invitation', () => {
  it('is refused kindly when it is used, one’s own, made up or too old', async () => {
    const { mother, son } = await family();
    const payload = await invite(mother);
    await mother.send(`/start ${payload}`, 'into your own home');
    const forged = payload.slice(0, -1) + (payload.endsWith('A') ? 'Q' : 'A');
    await son.send(`/start ${forged}`, 'does not work here');
    await son.send('/start h1-foreign', 'does not work here');
    const old = await invitedAgain(mother);
    await join(son, payload);
    await son.send(`/start ${payload}`, 'already');
    stage.telegram.user({ id: STRANGER, firstName: 'X', languageCode: 'en' });
    const stranger = await begin(stage, STRANGER);
    await stranger.send(`/start ${payload}`, 'joined by this link already');
    stage.clock.skip(8 * 86_400_000);
    const told = await stranger.send(`/start ${old}`, 'too old');
    expect(buttons(told).join()).not.toContain('Join');
  });

  it('is used once by whoever taps twice', async () => {
    const { mother, son } = await family();
    const payload = await invite(mother);
    await son.send(`/start ${payload}`, 'invites you');
    const screen = son.messageWith('Join');
    const [label = ''] = buttons(screen);
    stage.telegram.tap(SON, screen.messageId, { text: label });
    stage.telegram.tap(SON, screen.messageId, { text: label });
    await son.sees('keeps this home');
    await stage.app.inbox.idle();
    expect(mother.texts().filter((text) => /has joined/.test(text))).toHaveLength(1);
  });
});

/** What somebody is told who sends this data, as if it stood on a button. */
async function answerTo(userId: number, data: string): Promise<string> {
  const last = stage.telegram.messages(userId).findLast(({ from }) => from === 'bot');
  const handle = stage.telegram.tap(userId, last?.messageId ?? 0, { forged: data });
  return (await handle.answer).text ?? '';
}
