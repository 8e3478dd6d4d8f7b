/** A bill for electricity in Tashkent, as its payer goes through the dialog, and what becomes of one that is unclear. */
import type { MessageView } from '../sandbox/telegram/types.ts';
import type { Person, Stage } from './stage.ts';

/** As far as the question for the account's number. */
export async function toAccount(person: Person): Promise<void> {
  await person.send('/pay', 'Pay bills');
  await person.send('электро', /Found for/);
  await person.tap(/Electricity/, /Choose/);
  await person.tap(/Tashkent city/, /Choose/);
  await person.tap(/Almazar/, /Enter/);
}

/** Beyond the sum. `asked` is what is seen then: the balance covers it, or it is asked where the money is to come from. */
export async function toPayment(
  person: Person,
  asked: string | RegExp,
  { number = '1000000', sum = '50 000' } = {},
): Promise<MessageView> {
  await toAccount(person);
  await person.send(number, /right account/);
  await person.tap('Another sum', /How much/);
  return await person.send(sum, asked);
}

/** Paylov is asked about it as often as it is at all; what is unclear then is an owner's. */
export async function runResolver(stage: Stage): Promise<void> {
  for (const seconds of [3, 6, 11, 21, 41, 81, 161, 321, 601]) {
    stage.clock.skip(seconds * 1000);
    await stage.app.bills?.tick();
  }
}
