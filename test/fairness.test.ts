/** One payment system that hangs, in the whole program: it holds up those who wait for it, and nobody else. */
import { afterEach, describe, expect, it } from 'vitest';
import { patience } from '../src/testing/patience.ts';
import { toAccount } from './electricity.ts';
import {
  begin,
  chooseSystem,
  findings,
  OWNER,
  type Person,
  type Stage,
  startStage,
  USER,
} from './stage.ts';

let stage: Stage;
afterEach(async () => {
  const broken = await findings(stage);
  await stage.close();
  expect(broken).toEqual([]);
});

const PATIENT = { timeout: patience(300_000) };
const PEOPLE = 60;
/** Longer than anybody waits. */
const HANGS = { kind: 'slow', delayMs: 10 * 60_000 } as const;

/** People who do the same, each in their own chat, until they are where `lead` brings them. */
async function crowd(size: number, lead: (person: Person) => Promise<unknown>): Promise<Person[]> {
  const people: Person[] = [];
  for (let n = 0; n < size; n += 1) {
    const id = 10_000 + n;
    stage.telegram.user({ id, firstName: `P${n}`, languageCode: 'en' });
    const person = await begin(stage, id);
    await lead(person);
    people.push(person);
  }
  return people;
}

async function toSum(person: Person): Promise<void> {
  await chooseSystem(person, 'payfer');
}

describe('sixty people at a payment system that hangs', () => {
  it(
    'hold up neither somebody’s balance nor the owner, who sees the desk and takes it off the menu',
    PATIENT,
    async () => {
      stage = await startStage();
      const bystander = await begin(stage, USER);
      const owner = await begin(stage, OWNER);
      const people = await crowd(PEOPLE, toSum);
      stage.world.provider('payfer').fault({ ...HANGS, method: 'create' });
      for (const { id } of people) stage.telegram.sendText(id, '50 000');
      await bystander.send('/balance', /Balance/);
      await owner.send('/admin', "Owner's desk");
      await owner.send('/providers', 'Payfer');
      await owner.tap('Payfer', 'Payfer');
      await owner.tap('Take off the menu', /Off the menu|off the menu/);
      // All of that while nearly all of them waited: the system takes four calls at once, and each lasts.
      expect(await stage.app.inbox.size()).toBeGreaterThan(PEOPLE / 2);
      // Whoever comes now is not kept waiting.
      await bystander.send('/topup', 'Choose how to pay');
      stage.world.provider('payfer').fault({ kind: 'none' });
      await stage.app.inbox.idle();
      for (const person of people) await person.sees(/Top-up №|try again|(?:pick|choose) another/i);
    },
  );
});

describe('fifty people whose account Paylov is asked about, while it hangs', () => {
  it(
    'hold up neither somebody’s balance nor the owner, who sees the desk and pauses paying',
    PATIENT,
    async () => {
      stage = await startStage();
      const bystander = await begin(stage, USER);
      const owner = await begin(stage, OWNER);
      const people = await crowd(50, toAccount);
      stage.paylov.fault({ ...HANGS, method: 'info' });
      for (const { id } of people) stage.telegram.sendText(id, '1000000');
      await bystander.send('/balance', /Balance/);
      await owner.send('/admin', "Owner's desk");
      await owner.send('/bills', 'Bills');
      await owner.tap('Pause paying from balances', /is paused/);
      // All of that while all of them waited: nobody is answered before the call's time limit.
      expect(await stage.app.inbox.size()).toBeGreaterThanOrEqual(people.length);
      stage.paylov.fault({ kind: 'none' });
      await stage.app.inbox.idle();
      for (const person of people)
        await person.sees(/right account|How much|try again|not answer/i);
    },
  );
});
