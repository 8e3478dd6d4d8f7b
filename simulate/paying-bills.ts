/** Somebody pays a bill: from the balance, or with a card of their own and a code. */
import type { MessageView } from '../sandbox/telegram/types.ts';
import { type Phone, plain } from './phone.ts';

/** From the menu to what the bill came to; gives up wherever the bot does not answer. */
export async function payBill(phone: Phone): Promise<void> {
  const { chance } = phone;
  if (!(await phone.after(() => phone.type('/pay'), /Pay bills/))) return;
  await phone.pause(300, 3000);
  if (!(await phone.after(() => phone.type('мобил'), /Found for/))) return;
  await phone.pause(300, 3000);
  if (!(await phone.after(() => phone.tap(/Mobile phone/), /Enter/))) return;
  await phone.pause(300, 5000);
  const number = `9${chance.between(0, 9)}${chance.between(1_000_000, 1_000_005)}`;
  if (!(await phone.after(() => phone.type(number), /How much/))) return;
  const sum = String(chance.pick([5, 10, 10, 20, 50]) * 1000);
  const shown = await phone.after(() => phone.type(sum), /like to pay with|check and confirm/);
  if (shown) await choosePurse(phone, shown);
}

/** With a balance that covers it, the confirmation is there already; some would rather pay with a card. */
async function choosePurse(phone: Phone, asked: MessageView): Promise<void> {
  const wantsCard = phone.chance.is(0.4);
  const isConfirmed = plain(asked).includes('check and confirm');
  if (isConfirmed && wantsCard) {
    if (!(await phone.after(() => phone.tap(/^💳 Another method/), /like to pay with/))) return;
  }
  const own = phone.button(/•|\*\*\*\*|\d{4}$/);
  const withCard = wantsCard && own !== null && !/Balance/.test(own.text);
  if (wantsCard || !isConfirmed) {
    const label = withCard ? /•|\*\*\*\*|\d{4}$/ : /Balance/;
    const shown = await phone.after(() => phone.tap(label), /check and confirm|not enough/);
    if (!shown || plain(shown).includes('not enough')) return;
  }
  await phone.pause(500, 8000);
  if (phone.chance.is(0.1)) {
    phone.tap(/^❌ Cancel/);
    return;
  }
  await confirm(phone, { withCard });
}

async function confirm(phone: Phone, { withCard }: { withCard: boolean }): Promise<void> {
  const button = phone.button(/^✅ Pay /);
  if (!button) return;
  const outcome =
    /is paid|code|not paid|clear answer|balance|try again|paused|once more|unfinished/;
  const press = (): boolean => {
    const pressed = phone.press(button.message, button.text);
    // The same button of the same screen, before the bot could change it.
    for (let more = phone.chance.pick([0, 0, 0, 1, 2]); more > 0; more -= 1) {
      phone.press(button.message, button.text);
    }
    return pressed;
  };
  const shown = await phone.after(press, outcome);
  if (shown && plain(shown).includes('once more') && phone.chance.is(0.5)) {
    await phone.after(() => phone.tap(/Yes, pay once more/), outcome);
  }
  if (withCard && shown) await enterCode(phone);
}

/** Sometimes wrong, sometimes too late, sometimes never. */
async function enterCode(phone: Phone): Promise<void> {
  const { chance, stage } = phone;
  for (let tries = chance.between(0, 4); tries > 0; tries -= 1) {
    await phone.pause(2000, chance.is(0.1) ? 400_000 : 30_000);
    if (chance.is(0.15)) phone.tap(/New code/);
    const code = stage.world.paylov.lastCode(`tg_${phone.id}`) ?? '000000';
    const typed = chance.is(0.75) ? code : '111111';
    const shown = await phone.after(
      () => phone.type(typed),
      /is paid|wrong|expired|clear answer|not paid|another code/,
    );
    if (shown && plain(shown).includes('is paid')) return;
  }
  if (chance.is(0.3)) {
    await phone.after(() => phone.tap(/Cancel the payment/), /Really cancel/);
    phone.tap(/Yes, cancel it/);
  }
}

/** Links a card; its number, expiry and code are typed as Paylov wants them. */
export async function linkCard(phone: Phone): Promise<void> {
  const { chance, stage } = phone;
  if (!(await phone.after(() => phone.type('/cards'), /cards/i))) return;
  if (!(await phone.after(() => phone.tap(/Link a card/), /16 digits/))) return;
  const number = `86001111${String(phone.id).padStart(4, '0')}${chance.between(1111, 9999)}`;
  stage.truth.cardNumbers.add(number);
  if (!(await phone.after(() => phone.type(number), /expiry/))) return;
  if (!(await phone.after(() => phone.type('12/29'), /code/))) return;
  await phone.pause(2000, 20_000);
  const code = stage.world.paylov.lastCode(`tg_${phone.id}`);
  if (code !== undefined) await phone.after(() => phone.type(code), /linked/);
}
