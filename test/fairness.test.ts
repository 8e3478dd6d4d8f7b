/** One payment system that hangs, in the whole program: it holds up those who wait for it, and nobody else. */
import { afterEach, describe, expect, it } from 'vitest';
import { begin, findings, OWNER, type Person, type Stage, startStage, USER } from './stage.ts';

let stage: Stage;
afterEach(async () => {
  const broken = await findings(stage);
  await stage.close();
  expect(broken).toEqual([]);
});

const PEOPLE = 60;

/** Sixty people who are about to type a sum. */
async function readyToPay(): Promise<Person[]> {
  const people: Person[] = [];
  for (let n = 0; n < PEOPLE; n += 1) {
    const id = 10_000 + n;
    stage.telegram.user({ id, firstName: `P${n}`, languageCode: 'en' });
    const person = await begin(stage, id);
    await person.send('/topup', 'Choose how to pay');
    await person.tap('Payfer', 'how much');
    people.push(person);
  }
  return people;
}

describe('sixty people at a payment system that hangs', () => {
  it('hold up neither somebody’s balance nor the owner, who takes it off the menu', async () => {
    stage = await startStage();
    const bystander = await begin(stage, USER);
    const owner = await begin(stage, OWNER);
    const people = await readyToPay();
    stage.world.provider('payfer').fault({ kind: 'slow', delayMs: 10 * 60_000, method: 'create' });
    for (const { id } of people) stage.telegram.sendText(id, '50 000');
    await bystander.send('/balance', /Balance/);
    await owner.send('/providers', 'Payfer');
    await owner.tap('Payfer', 'Payfer');
    await owner.tap('Take off the menu', /Off the menu|off the menu/);
    // All of that while nearly all of them waited: the system takes four calls at once, and each lasts.
    expect(await stage.app.inbox.size()).toBeGreaterThan(PEOPLE / 2);
    // Whoever comes now is not kept waiting.
    await bystander.send('/topup', 'Choose how to pay');
    stage.world.provider('payfer').fault({ kind: 'none' });
    await stage.app.inbox.idle();
    for (const person of people) await person.sees(/Payment №|try again|pick another/i);
  }, 180_000);
});
