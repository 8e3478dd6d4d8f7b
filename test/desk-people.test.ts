/** People and dual control, in the whole program: two owners, an operator, a viewer, and a stranger. */
import { afterEach, describe, expect, it } from 'vitest';
import { DESK_COMMANDS } from '../src/bot/kit/commands.ts';
import { adminActions, entries } from '../src/db/tables.ts';
import {
  balanceOf,
  begin,
  buttons,
  findings,
  messagesOf,
  OWNER,
  type Person,
  type Stage,
  startStage,
  USER,
} from './stage.ts';
import { HOUR_MS } from '../src/core/calendar.ts';

const SECOND = 902;
const OPERATOR = 911;
const VIEWER = 912;
const LARGE = '200 000';
const LARGE_TIYIN = 20_000_000;

interface Cast {
  user: Person;
  owner: Person;
  second: Person;
  operator: Person;
  viewer: Person;
}

let stage: Stage;

afterEach(async () => {
  const broken = await findings(stage);
  await stage.close();
  expect(broken).toEqual([]);
});

async function enter(): Promise<Cast> {
  stage = await startStage({
    settings: {
      ADMIN_IDS: `${OWNER},${SECOND}`,
      ADMIN_OPERATOR_IDS: String(OPERATOR),
      ADMIN_VIEWER_IDS: String(VIEWER),
      ADMIN_DUAL_CONTROL_ABOVE: '100000',
    },
  });
  for (const id of [SECOND, OPERATOR, VIEWER]) {
    stage.telegram.user({ id, firstName: `Staff ${id}`, languageCode: 'en' });
  }
  return {
    user: await begin(stage),
    owner: await begin(stage, OWNER),
    second: await begin(stage, SECOND),
    operator: await begin(stage, OPERATOR),
    viewer: await begin(stage, VIEWER),
  };
}

async function askLarge({ owner, second }: Cast, userId = USER): Promise<void> {
  await owner.send(`/credit ${userId} ${LARGE} a gift`, 'Do you confirm?');
  await owner.tap('Confirm', 'Waits for another owner');
  await second.sees('Your agreement is needed');
}

describe('dual control', () => {
  it('goes from one owner to the other over a restart, and is done once', async () => {
    const cast = await enter();
    const { user, owner, second } = cast;
    await askLarge(cast);
    await stage.restart();
    expect(await balanceOf(stage)).toBe(0);
    await second.tap('I agree', 'Agreed: Staff 902');
    await user.sees('was added to your balance');
    await user.sees('Reason: a gift');
    await owner.sees('Agreed: Staff 902');
    expect(await balanceOf(stage)).toBe(LARGE_TIYIN);
    await stage.restart();
    await owner.send('/admin', 'Waiting for a second person: 0');
    await owner.tap('Waiting for a second person', 'Nothing waits');
    expect(await messagesOf(stage, 'adjustment')).toBe(1);
  });

  it('is done once by two taps at once, and a refusal that comes too late changes nothing', async () => {
    const cast = await enter();
    const { second } = cast;
    await askLarge(cast);
    const message = second.messageWith('I agree');
    const [agree, refuse] = ['I agree', 'Refuse'].map((label) =>
      buttons(message).find((text) => text.includes(label)),
    );
    const taps = [agree, agree, refuse].map((text) =>
      stage.telegram.tap(SECOND, message.messageId, { text: text ?? '' }),
    );
    const toasts = await Promise.all(taps.map(async ({ answer }) => (await answer).text ?? ''));
    expect(toasts.filter((text) => text.includes('decided before'))).toHaveLength(2);
    expect(await balanceOf(stage)).toBe(LARGE_TIYIN);
    expect(await stage.app.db.read.select().from(entries)).toHaveLength(1);
  });

  it('of two owners who ask for the same, each is decided by the other', async () => {
    const { owner, second, user } = await enter();
    await owner.send(`/credit ${USER} ${LARGE} from one`, 'Do you confirm?');
    await second.send(`/credit ${USER} ${LARGE} from the other`, 'Do you confirm?');
    await Promise.all([
      owner.tap('Confirm', 'Waits for another owner'),
      second.tap('Confirm', 'Waits for another owner'),
    ]);
    await Promise.all([owner.sees('Reason: from the other'), second.sees('Reason: from one')]);
    const CHANGED = 'The balance has changed meanwhile';
    const screens = await Promise.all([
      owner.tap('I agree', /Agreed: Owner|balance has changed meanwhile/),
      second.tap('I agree', /Agreed: Staff 902|balance has changed meanwhile/),
    ]);
    // One was first; the other sees what there is by now, and agrees to that.
    expect(screens.filter(({ text }) => text?.includes(CHANGED))).toHaveLength(1);
    expect(await balanceOf(stage)).toBe(LARGE_TIYIN);
    if (screens[0].text?.includes(CHANGED)) await owner.tap('I agree', 'Agreed: Owner');
    else await second.tap('I agree', 'Agreed: Staff 902');
    await user.sees('Reason: from one');
    await user.sees('Reason: from the other');
    expect(await balanceOf(stage)).toBe(2 * LARGE_TIYIN);
  });

  it('forgets what nobody agreed to within a day', async () => {
    const cast = await enter();
    await askLarge(cast);
    stage.clock.skip(24 * HOUR_MS);
    await stage.app.jobs.get('desk')?.run();
    await cast.owner.sees('Nobody answered in time');
    expect(await cast.second.tapForAnswer('I agree')).toContain('decided before');
    expect(await balanceOf(stage)).toBe(0);
  });
});

it("money on one's own account alarms and waits for the other owner, however small", async () => {
  const { owner, second } = await enter();
  await owner.send(`/credit ${OWNER} 1000 lunch`, 'This is your own account');
  await owner.tap('Confirm', 'Waits for another owner');
  for (const person of [owner, second]) await person.sees("Money on one's own balance");
  await second.sees('Your agreement is needed');
  expect(await balanceOf(stage, OWNER)).toBe(0);
  await second.tap('Refuse', 'Refused: Staff 902');
  await owner.sees('Refused: Staff 902');
  expect(await balanceOf(stage, OWNER)).toBe(0);
});

describe('roles', () => {
  it("strangers and lower roles get the answer of an unknown command for what isn't theirs", async () => {
    const { user, viewer, operator } = await enter();
    const unknown = await user.send('/nonsense', 'There is no such command');
    const rank = { viewer: 1, operator: 2, owner: 3 };
    const people = [
      { person: user, rank: 0 },
      { person: viewer, rank: 1 },
      { person: operator, rank: 2 },
    ];
    let refused = 0;
    for (const [command, role] of DESK_COMMANDS) {
      for (const each of people.filter((one) => one.rank < rank[role])) {
        const said = await each.person.send(`/${command} ${USER} 1000 x`, unknown.text ?? '');
        expect(buttons(said)).toEqual(buttons(unknown));
        refused += 1;
      }
    }
    expect(refused).toBeGreaterThan(DESK_COMMANDS.length);
    expect(await balanceOf(stage)).toBe(0);
    expect(await stage.app.db.read.select().from(adminActions)).toEqual([]);
  });

  it('a viewer sees a person, an operator writes and blocks, an owner moves money', async () => {
    const { user, viewer, operator, owner } = await enter();
    const seen = await viewer.send('/user али', `${USER}`);
    expect(buttons(seen)).toEqual(['📋 What the staff did', '🗂 Desk']);

    await operator.send(`/user ${USER}`, `${USER}`);
    await operator.tap('✉️ Message', 'What should be written');
    await operator.send('We have found your payment', 'like this');
    await operator.tap('✉️ Send', 'on its way');
    await user.sees('A message from our staff');
    await operator.tap('👤 User', `${USER}`);
    await operator.tap('🚫 Block', 'Why should');
    await operator.send('too many complaints', 'Blocked:');
    await user.send('/balance', 'access has been closed');

    await owner.send(`/user ${USER}`, 'Blocked:');
    await owner.tap('🔓 Unblock', 'Why should');
    await owner.send('talked to them', 'No payments');
    await owner.tap('➕ Credit', 'How much');
    await owner.send('30 000', 'what is the reason');
    await owner.send('sorry', 'Do you confirm?');
    await owner.tap('Confirm', 'Done');
    await user.sees('Reason: sorry');
    expect(await balanceOf(stage)).toBe(3_000_000);

    await viewer.send(`/user ${USER}`, `${USER}`);
    const { text } = await viewer.tap('What the staff did', 'too many complaints');
    for (const entry of ['✉️ Message — We have found', '🔓 Unblocked — talked', 'sorry']) {
      expect(text).toContain(entry);
    }
  });
});
