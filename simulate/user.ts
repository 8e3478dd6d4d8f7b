/** A user's day: they come now and then, do something, and change their mind. */
import { linkCard, payBill } from './paying-bills.ts';
import { buttonsOf, type Phone } from './phone.ts';
import { topUp } from './topping-up.ts';

const MINUTE_MS = 60_000;

const ERRANDS = { topup: 9, bill: 11, link: 2, look: 1, wander: 3, leave: 1 } as const;

/** Until the end of time, or of the simulation. */
export async function liveAsUser(phone: Phone): Promise<void> {
  await phone.pause(1000, 9 * MINUTE_MS);
  await greet(phone);
  while (!phone.stage.isClosing) {
    await runErrand(phone, phone.chance.weighted(ERRANDS));
    const isBusy = phone.chance.is(0.9);
    await phone.pause(2000, isBusy ? 2 * MINUTE_MS : 300 * MINUTE_MS);
  }
}

export async function greet(phone: Phone): Promise<void> {
  const shown = await phone.after(() => phone.type('/start'), /Choose a language|Hello/);
  if (shown?.text.includes('Choose a language')) {
    await phone.after(() => phone.tap(/English/), /Hello/);
  }
}

async function runErrand(phone: Phone, errand: keyof typeof ERRANDS): Promise<void> {
  switch (errand) {
    case 'topup':
      await topUp(phone);
      return;
    case 'bill':
      await payBill(phone);
      return;
    case 'link':
      await linkCard(phone);
      return;
    case 'look':
      await phone.after(() => phone.type(phone.chance.pick(['/balance', '/history'])), /./);
      return;
    case 'wander':
      await wander(phone);
      return;
    case 'leave':
      phone.block();
      await phone.pause(MINUTE_MS, 180 * MINUTE_MS);
      phone.unblock();
  }
}

const OTHER_LANGUAGE = /🇺🇿|🇷🇺/u;

/** Presses whatever is there, on new messages and old ones, and types what nobody asked for. */
async function wander(phone: Phone): Promise<void> {
  for (let steps = phone.chance.between(1, 6); steps > 0; steps -= 1) {
    const messages = phone.messages().filter((each) => buttonsOf(each).length > 0);
    if (phone.chance.is(0.15) || messages.length === 0) {
      phone.type(phone.chance.pick(['/cancel', '50 000', '/pay', 'salom', '/start', '0']));
    } else {
      const message = phone.chance.pick(messages.slice(-8));
      const label = phone.chance.pick(buttonsOf(message));
      // The only language the people here read is English.
      if (!OTHER_LANGUAGE.test(label)) phone.press(message, label);
    }
    await phone.pause(100, 20_000);
  }
}
