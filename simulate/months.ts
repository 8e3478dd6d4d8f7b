/** People whose bills are paid every month: they have an account watched, agree to a limit, and change their mind. */
import { type Phone, plain } from './phone.ts';
import type { Stage } from './stage.ts';
import { topUp } from './topping-up.ts';
import { greet } from './user.ts';
import { DAY_MS, dayAfter, dayOf, HOUR_MS, startOf } from '../src/core/calendar.ts';

const MINUTE_MS = 60_000;

/** So few accounts that several people look after one. */
const NUMBERS = ['1000003', '1000010', '1000017'];

/** How often somebody looks for the button that makes an account pay itself. */
const TRIES = 6;

/** The days that the buttons offer; most people take the next one. */
const DAYS = [1, 5, 10, 15, 20, 25, 28];

/** What somebody does between two bills. */
const CHANGES = {
  nothing: 6,
  topup: 4,
  skip: 2,
  by_hand: 2,
  agree: 4,
  off: 1,
  said_paid: 1,
} as const;

/** Until the end of time, or of the simulation. */
export async function liveByMonths(phone: Phone): Promise<void> {
  const { stage, chance } = phone;
  await phone.pause(1000, 9 * MINUTE_MS);
  await greet(phone);
  // They have no money until the owner credits them.
  await phone.pause(HOUR_MS, 2 * HOUR_MS);
  const number = chance.pick(NUMBERS);
  while (!stage.isClosing && !(await payElectricity(phone, number))) {
    await phone.pause(HOUR_MS, 5 * HOUR_MS);
  }
  // Nobody may have said yet which sign is a debt.
  for (let tries = 0; tries < TRIES && !stage.isClosing && !(await agree(phone)); tries += 1) {
    await phone.pause(HOUR_MS, 4 * HOUR_MS);
  }
  while (!stage.isClosing) {
    await phone.pause(HOUR_MS, 5 * DAY_MS);
    if (!stage.isClosing) await change(phone, number);
  }
}

async function change(phone: Phone, number: string): Promise<void> {
  switch (phone.chance.weighted(CHANGES)) {
    case 'nothing':
      return;
    case 'topup':
      await topUp(phone);
      return;
    case 'skip':
      await phone.after(() => phone.tap(/Not this month/), /is not paid this month/);
      return;
    case 'by_hand':
      await payElectricity(phone, number);
      return;
    case 'agree':
      await agree(phone);
      return;
    case 'off':
      await phone.after(() => phone.tap(/Turn everything off/), /Turn everything off\?/);
      await phone.after(() => phone.tap(/Yes, turn it off/), /Everything is turned off/);
      return;
    case 'said_paid':
      if (await phone.after(() => phone.tap(/⚙/), /every month/)) phone.tap(/Already paid/);
  }
}

/** Pays a small bill from the balance. True when it was paid. */
async function payElectricity(phone: Phone, number: string): Promise<boolean> {
  const steps: (readonly [act: () => boolean, said: RegExp])[] = [
    [() => phone.type('/pay'), /Pay bills/],
    [() => phone.type('электро'), /Found for/],
    [() => phone.tap(/Electricity/), /Choose/],
    [() => phone.tap(/Tashkent city/), /Choose/],
    [() => phone.tap(/Almazar/), /Enter/],
    [() => phone.type(number), /right account/],
    [() => phone.tap(/Another sum/), /How much/],
    [() => phone.type('1000'), /check and confirm/],
    [() => phone.tap(/^✅ Pay/), /is paid|not paid|clear answer|try again|once more|balance/],
  ];
  for (const [act, said] of steps) {
    const shown = await phone.after(act, said);
    if (!shown) return false;
    if (plain(shown).includes('is paid')) return true;
    await phone.pause(300, 3000);
  }
  return false;
}

/** From the news of a payment: a day, where none is chosen yet, and a limit. True: it was agreed to. */
async function agree(phone: Phone): Promise<boolean> {
  const { chance, stage } = phone;
  const watched = await phone.after(
    () => phone.tap(/Remind me every month|⚙/),
    /On which day|every month: /,
  );
  if (!watched) return false;
  const today = Number(dayOf(stage.time.now).slice(8));
  const day = chance.is(0.7) ? (DAYS.find((each) => each > today) ?? 1) : chance.pick(DAYS);
  if (plain(watched).includes('On which day')) {
    if (!(await phone.after(() => phone.tap(new RegExp(`day ${day}$`)), /every month: /)))
      return false;
  }
  if (!(await phone.after(() => phone.tap(/Pay by itself/), /Up to which sum/))) return false;
  const soms = chance.pick([50_000, 100_000, 200_000, 500_000]);
  // From this tap on, the agreement may be in force.
  stage.truth.caps.set(phone.id, Math.max(soms * 100, stage.truth.caps.get(phone.id) ?? 0));
  const label = new RegExp(`up to ${soms / 1000} 000`);
  return (await phone.after(() => phone.tap(label), /pays itself from the balance/)) !== null;
}

const SIGNS = { known: /Below zero is a debt$/, unknown: /I am not sure/ } as const;

/** The owner says which sign of the electricity's balance is a debt, and is not sure of it now and then. */
export async function liveWithSigns(phone: Phone): Promise<void> {
  const { stage, chance } = phone;
  await phone.pause(30 * MINUTE_MS, 40 * MINUTE_MS);
  while (!stage.isClosing && !(await saySign(phone, 'known'))) await phone.pause(HOUR_MS, HOUR_MS);
  while (!stage.isClosing) {
    await phone.pause(8 * DAY_MS, 25 * DAY_MS);
    if (stage.isClosing || !chance.is(0.6)) continue;
    if (!(await saySign(phone, 'unknown'))) continue;
    await phone.pause(HOUR_MS, 3 * DAY_MS);
    while (!stage.isClosing && !(await saySign(phone, 'known'))) {
      await phone.pause(HOUR_MS, HOUR_MS);
    }
  }
}

async function saySign(phone: Phone, sign: keyof typeof SIGNS): Promise<boolean> {
  const { truth, time } = phone.stage;
  if (!(await phone.after(() => phone.type('/admin'), /./))) return false;
  if (!(await phone.after(() => phone.tap(/Debts of services/), /Which sign is a debt/)))
    return false;
  const service = /Electricity/;
  if (!(await phone.after(() => phone.tap(service), /choose what its balance says/))) return false;
  // A sign counts from the tap on at the earliest, and no more from the answer on that takes it away.
  if (sign === 'known') truth.signs.push({ at: time.now, isKnown: true });
  const said = sign === 'known' ? /Below zero is a debt\./ : /Nobody has said yet/;
  const shown = await phone.after(() => phone.tap(SIGNS[sign]), said);
  if (shown && sign === 'unknown') truth.signs.push({ at: time.now, isKnown: false });
  return shown !== null;
}

/** Some nights Paylov is out of order, until the morning or into the day. */
export async function liveWithNights(stage: Stage): Promise<void> {
  const { paylov, clock } = stage.world;
  const chance = stage.chance.fork('nights');
  while (!stage.isClosing) {
    const { now } = stage.time;
    await clock.sleep(startOf(dayAfter(dayOf(now))) - now);
    if (stage.isClosing || !chance.is(0.3)) continue;
    paylov.fault({ kind: 'html' });
    stage.tell('paylov', 'is out of order by night');
    await clock.sleep(chance.between(2, 16) * HOUR_MS);
    paylov.fault({ kind: 'none' });
  }
}
