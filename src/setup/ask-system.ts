/** Asks for what a payment system wants, asks the system itself, and asks again until it knows us. */
import type { Deps } from '../core/deps.ts';
import { SETTINGS, type Setting, type SettingName } from '../settings/settings.ts';
import { passesLuhn } from '../settings/kinds.ts';
import { loadTexts } from '../bot/locales/texts.ts';
import { PROBLEMS } from '../topups/provider.ts';
import { askSetting, askText, choose, confirm, say, waiting, wrongWith } from './ask.ts';
import type { Draft, Values } from './draft.ts';
import { shown } from './shown.ts';
import { type Checked, type Refusal, type System, type SystemId, SYSTEMS } from './systems.ts';

export function isOn(draft: Draft, id: SystemId): boolean {
  return draft.has(...SYSTEMS[id].keys) || (id === 'paylov' && draft.has('PAYLOV_ACCESS_TOKEN'));
}

/** Asks until the system knows us, or the owner wants to go on without. */
export async function setUpSystem(id: SystemId, draft: Draft, deps: Deps): Promise<void> {
  const system: System = SYSTEMS[id];
  let values: Values = {};
  for (;;) {
    values = await askFor(system, (name) => values[name] ?? draft.get(name));
    const outcome = await checkSystem(system, { draft, values, deps });
    if (outcome.kind === 'knows_us') {
      draft.set(values);
      return;
    }
    const next = await choose(`${system.title} is not usable like this. What now?`, [
      { value: 'again', label: 'Correct it' },
      { value: 'keep', label: 'Keep it all the same', hint: 'when it is their fault' },
      { value: 'leave', label: `Go on without ${system.title}` },
    ]);
    if (next === 'keep') draft.set(values);
    if (next !== 'again') return;
  }
}

/** Says what came of it. */
export async function checkSystem(
  system: System,
  { draft, values, deps }: { draft: Draft; values: Values; deps: Deps },
): Promise<Checked> {
  const outcome = await waiting(`Asking ${system.title}`, () =>
    system.check(draft.environment(values), deps),
  );
  if (outcome.kind === 'knows_us') {
    say.good([`${system.title} knows you`, shown(outcome.about)].filter(Boolean).join(': '));
    for (const doubt of outcome.doubts) say.careful(complaint(system, doubt));
  }
  if (outcome.kind === 'refuses') say.bad(complaint(system, outcome));
  if (outcome.kind === 'not_asked') say.bad(outcome.problems.join('\n'));
  return outcome;
}

/** In its own words first; then what an owner does about it, as an alarm would say. */
function complaint({ title }: System, { code, words }: Refusal): string {
  const own = `${title} says: “${shown(words)}”`;
  return Object.hasOwn(PROBLEMS, code) && title !== SYSTEMS.paylov.title
    ? `${own}\n${loadTexts()('en')(`alarm-problem-${code}`)}`
    : own;
}

/** Switched off: its credentials are taken out, its cards and addresses stay for another time. */
export function switchOff(id: SystemId, draft: Draft): void {
  const names: readonly SettingName[] =
    id === 'paylov'
      ? [...SYSTEMS.paylov.keys, 'PAYLOV_CARD_ID', 'PAYLOV_ACCESS_TOKEN']
      : SYSTEMS[id].keys;
  draft.set(Object.fromEntries(names.map((name) => [name, ''])));
}

async function askFor(
  { title, keys, optional }: System,
  current: (name: SettingName) => string,
): Promise<Values> {
  const values: Values = {};
  for (const name of [...keys, ...optional]) {
    const isOptional = optional.includes(name);
    values[name] =
      name === 'AUTOPAYCARD_CARDS'
        ? await askCards(current(name))
        : await askCarefully(name, {
            message: `${title}: ${LABELS[name] ?? name}`,
            current: current(name),
            isOptional,
          });
  }
  return values;
}

const LABELS: Partial<Record<SettingName, string>> = {
  INPAY_MERCHANT_ID: 'merchant id',
  INPAY_MERCHANT_TOKEN: 'merchant token',
  PAYFER_SHOP_ID: 'shop id',
  PAYFER_SHOP_KEY: 'shop key',
  PAYFER_CARD_NUMBER: 'number of the card people transfer to',
  PAYFER_CARD_HOLDER: 'name on that card',
  RASMIYPAY_BASE_URL: 'address of their server, as their panel shows it',
  RASMIYPAY_SHOP_ID: 'shop id',
  RASMIYPAY_SHOP_KEY: 'shop key',
  RASMIYPAY_CARD_NUMBER: 'number of the card people transfer to',
  RASMIYPAY_CARD_HOLDER: 'name on that card',
  AUTOPAYCARD_API_KEY: 'API key from @Autopaycardbot',
  PAYLOV_CONSUMER_KEY: 'consumer key',
  PAYLOV_CONSUMER_SECRET: 'consumer secret',
  PAYLOV_USERNAME: 'user name',
  PAYLOV_PASSWORD: 'password',
  PAYLOV_CARD_ID: 'cardId of your own card, which pays for balances (Enter: none)',
};

/** A card whose check digit does not fit is asked about: people would pay to a stranger. */
async function askCarefully(
  name: SettingName,
  question: { message: string; current: string; isOptional: boolean },
): Promise<string> {
  for (;;) {
    const value = await askSetting(name, question);
    const isCard = SETTINGS[name].schema === SETTINGS.PAYFER_CARD_NUMBER.schema;
    if (!isCard || value === question.current || (await isMeant(value))) return value;
  }
}

async function isMeant(card: string): Promise<boolean> {
  if (passesLuhn(card.replaceAll(/\D/g, ''))) return true;
  return await confirm(
    'The check digit of this card does not fit: is it right all the same?',
    false,
  );
}

/** As the JSON that the setting is. */
async function askCards(current: string): Promise<string> {
  if (current !== '' && (await confirm('AutoPayCard: keep the cards that are set?')))
    return current;
  const cards: object[] = [];
  do {
    const number = await askCardNumber(cards.length + 1);
    const holder = await askText({
      message: 'Name on it',
      wrong: (value) => wrongWith(setting('PAYFER_CARD_HOLDER'), value),
    });
    const gmail = await askText({
      message: 'The gmail address it is linked with at @Autopaycardbot',
      wrong: (value) => (/^\S+@\S+\.\S+$/.test(value) ? undefined : 'Expected: name@gmail.com.'),
    });
    cards.push({ number, holder, gmail });
  } while (cards.length < MOST_CARDS && (await confirm('Another card?', false)));
  return JSON.stringify(cards);
}

const MOST_CARDS = 20;

async function askCardNumber(position: number): Promise<string> {
  for (;;) {
    const number = await askText({
      message: `AutoPayCard: number of card ${position}`,
      wrong: (value) => wrongWith(setting('PAYFER_CARD_NUMBER'), value),
    });
    if (await isMeant(number)) return number;
  }
}

function setting(name: SettingName): Setting<unknown> {
  return SETTINGS[name];
}
