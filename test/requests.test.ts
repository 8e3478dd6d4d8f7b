/** Two people: one asks for a bill or for money, the other opens the link and pays. */
import { afterEach, describe, expect, it } from 'vitest';
import { som } from '../src/core/money.ts';
import { userBalance } from '../src/ledger/ledger.ts';
import { toPayment } from './electricity.ts';
import { begin, findings, OWNER, type Person, type Stage, startStage, USER } from './stage.ts';

const PAYER = 502;
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

/** Who asks, and who has money. */
async function two(): Promise<{ asker: Person; payer: Person }> {
  stage = await startStage();
  stage.telegram.user({ id: PAYER, firstName: 'Dilnoza', languageCode: 'en' });
  const owner = await begin(stage, OWNER);
  const asker = await begin(stage);
  const payer = await begin(stage, PAYER);
  await owner.send(`/credit ${PAYER} 200000 for tests`, 'Do you confirm');
  await owner.tap('Confirm', 'Done');
  await payer.sees('for tests');
  return { asker, payer };
}

/** What stands behind `?start=` in the link of what somebody is shown. */
function payloadIn(text: string): string {
  const [, payload] = /\?start=([\w-]+)/.exec(text) ?? [];
  if (payload === undefined) throw new Error(`there is no link in: ${text}`);
  return payload;
}

/** Electricity in Tashkent, as far as the balance that is too small. */
async function askForBill(asker: Person): Promise<string> {
  await toPayment(asker, /like to pay with/);
  await asker.tap(/Balance/, /not enough/i);
  await asker.tap(/Ask someone/, /Send the link/);
  return payloadIn((await asker.sees('Send the link')).text);
}

describe('a bill that somebody asks for', () => {
  it('is paid by whoever opens the link, once, and both hear of it', async () => {
    const { asker, payer } = await two();
    const payload = await askForBill(asker);
    await payer.send(`/start ${payload}`, 'asks you to pay a bill');
    await payer.tap(/Pay 50 000/, /For: /);
    await payer.tap(/Pay 50 000/, 'The bill is paid');
    const news = await asker.sees('paid your bill');
    expect(news.text).toContain('Dilnoza');
    expect(await balance(PAYER)).toBe(som(150_000));
    expect(await balance(USER)).toBe(0);
    expect(stage.paylov.transactions()).toHaveLength(1);
    await payer.send(`/start ${payload}`, 'This request is paid');
    stage.telegram.user({ id: STRANGER, firstName: 'X', languageCode: 'en' });
    const stranger = await begin(stage, STRANGER);
    await stranger.send(`/start ${payload}`, 'This request is paid');
  });

  it('is not to be had once it was withdrawn', async () => {
    const { asker, payer } = await two();
    const payload = await askForBill(asker);
    await payer.send(`/start ${payload}`, 'asks you to pay a bill');
    await asker.tap('Withdraw', 'was withdrawn');
    await payer.tap(/Pay 50 000/, 'was withdrawn');
    expect(await balance(PAYER)).toBe(som(200_000));
  });
});

describe('money that somebody asks for', () => {
  it('goes from one balance to the other, once for two taps', async () => {
    const { asker, payer } = await two();
    await asker.send('/balance', 'Balance');
    await asker.tap(/Ask someone to top up/, 'How much');
    await asker.send('70 ming', 'Send the link');
    const payload = payloadIn((await asker.sees('Send the link')).text);
    await payer.send(`/start ${payload}`, 'asks you to top up');
    const screen = payer.messageWith(/Pay 70 000/);
    const [label = ''] = (screen.inlineKeyboard ?? []).flat().map(({ text }) => text);
    stage.telegram.tap(PAYER, screen.messageId, { text: label });
    stage.telegram.tap(PAYER, screen.messageId, { text: label });
    await payer.sees('went to');
    await stage.app.inbox.idle();
    await asker.sees('topped up your balance');
    expect(await balance(USER)).toBe(som(70_000));
    expect(await balance(PAYER)).toBe(som(130_000));
    await payer.send('/history', /By request/);
  });

  it('is not taken where there is too little, and a link that somebody made up leads nowhere', async () => {
    const { asker, payer } = await two();
    await asker.send('/balance', 'Balance');
    await asker.tap(/Ask someone to top up/, 'How much');
    await asker.send('300 000', 'Send the link');
    const payload = payloadIn((await asker.sees('Send the link')).text);
    const short = await payer.send(`/start ${payload}`, 'is missing');
    // What is missing is topped up below it, and it is paid from where it stands.
    await payer.tap('💰 Top up', 'Choose how to pay');
    expect(payer.messageWith('Look again').messageId).toBe(short.messageId);
    const forged = payload.slice(0, -1) + (payload.endsWith('A') ? 'Q' : 'A');
    await payer.send(`/start ${forged}`, 'does not work here');
    await asker.send(`/start ${payload}`, 'Send the link');
    // Whatever else a link carries begins at the beginning.
    await payer.send('/start abc', 'Hello');
    expect(await balance(PAYER)).toBe(som(200_000));
  });
});
