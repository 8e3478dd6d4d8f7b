/**
 * How many taps people need, counted in the whole program: every button of a message counts, what is typed does not. A walk
 * begins with the main menu's key, or with the command that it stands for.
 */
import { afterEach, describe, expect, it } from 'vitest';
import { begin, findings, OWNER, Person, type Stage, startStage, USER } from './stage.ts';

/** What nobody should ever have to exceed. */
const MOST = { topup: 3, firstBill: 6, savedBill: 2 };

let stage: Stage;
afterEach(async () => {
  const broken = await findings(stage);
  await stage.close();
  expect(broken).toEqual([]);
});

/** A person whose taps are counted. */
class Counted extends Person {
  taps = 0;

  override async tap(...move: Parameters<Person['tap']>): ReturnType<Person['tap']> {
    this.taps += 1;
    return await super.tap(...move);
  }
}

async function withMoney(): Promise<Counted> {
  stage = await startStage();
  const owner = await begin(stage, OWNER);
  const person = await begin(stage);
  await owner.send(`/credit ${USER} 200000 for tests`, 'Do you confirm');
  await owner.tap('Confirm', 'Done');
  await person.sees('for tests');
  return new Counted(stage, USER);
}

describe('from the menu to the order of a top-up', () => {
  it.each(['Click', 'Payme', 'Card transfer'])('by %s', async (way) => {
    stage = await startStage();
    await begin(stage);
    const person = new Counted(stage, USER);
    await person.send('💰 Top up balance', 'Choose how to pay');
    await person.tap(way, 'how much');
    await person.tap('50 000', /Top-up №/);
    expect(person.taps).toBeLessThanOrEqual(MOST.topup);
  });
});

describe('from the menu to the receipt of a bill', () => {
  /** Electricity asks for the most: a region, a district and a number; it says what is owed. */
  async function payElectricity(person: Person): Promise<void> {
    await person.send('🧾 Pay bills', 'Choose a category');
    await person.tap('Utilities', 'Choose a service');
    await person.tap('Electricity', /Choose/);
    await person.tap('Tashkent city', /Choose/);
    await person.tap('Almazar', /Enter/);
    await person.send('1000000', /right account/);
    await person.tap(/Debt|10 000/, 'check and confirm');
    await person.tap('✅ Pay', 'The bill is paid');
  }

  it('the first time, with all that its form asks', async () => {
    const person = await withMoney();
    await payElectricity(person);
    expect(person.taps).toBeLessThanOrEqual(MOST.firstBill);
  });

  it('of an account that was saved', async () => {
    const person = await withMoney();
    await payElectricity(person);
    await person.tap('⭐ Save', /name/);
    await person.send('Home', 'Saved');
    // Soon after it, the same once more is asked about.
    stage.clock.skip(60 * 60_000);
    person.taps = 0;
    await person.send('🧾 Pay bills', 'saved account');
    await person.tap('⭐ Home', 'check and confirm');
    await person.tap('✅ Pay', 'The bill is paid');
    expect(person.taps).toBeLessThanOrEqual(MOST.savedBill);
  });

  it('for a phone number that is typed into the menu', async () => {
    const person = await withMoney();
    await person.send('90 123 45 67', 'pay for +998 90 123-45-67');
    await person.tap('📱', 'How much');
    await person.tap('10 000', 'check and confirm');
    await person.tap('✅ Pay', 'The bill is paid');
    expect(person.taps).toBeLessThanOrEqual(MOST.topup);
  });
});
