/** Makes the settings of a program with real money, by questions: nothing is written before the last one. */
import { parseEnv } from 'node:util';
import type { Deps } from '../core/deps.ts';
import { formatProblems, readConfig } from '../settings/config.ts';
import type { Environment } from '../settings/reader.ts';
import { readEnvFile } from '../settings/env-file.ts';
import { type Choice, choose, confirm, askSetting, say, waiting } from './ask.ts';
import { checkSystem, isOn, setUpSystem, switchOff } from './ask-system.ts';
import { Draft } from './draft.ts';
import { withValues } from './env-text.ts';
import { botOf, setUpBot, setUpOwner } from './people.ts';
import { checkAddress } from './public-address.ts';
import { type System, SYSTEM_IDS, type SystemId, SYSTEMS } from './systems.ts';
import { writePrivately } from './write-file.ts';

interface SetupOptions {
  /** The path of the settings file. */
  path: string;
  /** The text that a new file begins with: every setting and its explanation. */
  template: string;
  /** The environment without what the file says. */
  environment: Environment;
  deps: Deps;
}

interface Setup {
  draft: Draft;
  deps: Deps;
}

/** Rejects with a `Cancelled` when the owner leaves: nothing was written then. */
export async function runSetup(options: SetupOptions): Promise<'written' | 'unchanged'> {
  const { path, template, environment, deps } = options;
  const before = readEnvFile(path);
  const draft = new Draft(parseEnv(before ?? template), environment);
  const setup: Setup = { draft, deps };
  say.hello('Tolov: the settings for real payments');
  say.hint('Nothing is written before the end. Ctrl+C leaves everything as it is.');
  if (!draft.has('BOT_TOKEN')) await askEverything(setup);
  while (!isWhole(draft) || !(await isDone(setup))) await changeOneThing(setup);
  return save({ draft, path, text: before ?? template });
}

async function askEverything({ draft, deps }: Setup): Promise<void> {
  const bot = await setUpBot(draft, deps);
  await setUpOwner(draft, bot, deps);
  say.hint('Now the payment systems, one after another: one is enough.');
  for (const id of SYSTEM_IDS) {
    const { title, about } = SYSTEMS[id];
    if (await confirm(`Do you have keys of ${title} (${about})?`, isOn(draft, id))) {
      await setUpSystem(id, draft, deps);
    }
  }
  const question =
    'Is there an https address at which payment systems reach this server? Without one, payments are found by asking.';
  if (await confirm(question, false)) await setUpAddress({ draft, deps });
}

/** True when the program would start with these settings; else says why not. */
function isWhole(draft: Draft): boolean {
  const outcome = readConfig(draft.environment(), { isTerminal: false });
  if (outcome.kind === 'invalid') {
    say.bad(formatProblems(outcome.problems, outcome.warnings));
    return false;
  }
  for (const warning of outcome.warnings) say.careful(warning);
  return true;
}

async function isDone({ draft }: Setup): Promise<boolean> {
  const names = Object.keys(draft.changes());
  const message = names.length === 0 ? 'What shall be changed?' : 'Write the settings?';
  const next = await choose(message, [
    ...(names.length > 0 ? [{ value: 'save' as const, label: 'Write them to .env' }] : []),
    { value: 'change', label: 'Change something' },
    ...(names.length === 0 ? [{ value: 'save' as const, label: 'Nothing: leave' }] : []),
  ]);
  return next === 'save';
}

type Thing = 'bot' | 'owner' | SystemId | 'address';

async function changeOneThing(setup: Setup): Promise<void> {
  const { draft, deps } = setup;
  const systems = SYSTEM_IDS.map((id): Choice<Thing> => {
    const { title, about } = SYSTEMS[id];
    return { value: id, label: `${title}: ${isOn(draft, id) ? 'on' : 'off'}`, hint: about };
  });
  const thing = await choose<Thing>('Which?', [
    { value: 'bot', label: "The bot's token" },
    { value: 'owner', label: `Owners: ${draft.get('ADMIN_IDS') || 'nobody'}` },
    ...systems,
    { value: 'address', label: `Public address: ${draft.get('PUBLIC_URL') || 'none'}` },
  ]);
  if (thing === 'bot') await setUpBot(draft, deps);
  else if (thing === 'owner') await changeOwners(setup);
  else if (thing === 'address') await setUpAddress(setup);
  else await changeSystem(thing, setup);
}

async function changeOwners({ draft, deps }: Setup): Promise<void> {
  const outcome = await botOf(draft, deps);
  await setUpOwner(draft, outcome.kind === 'bot' ? outcome.bot : null, deps);
}

async function changeSystem(id: SystemId, { draft, deps }: Setup): Promise<void> {
  const system: System = SYSTEMS[id];
  if (!isOn(draft, id)) {
    await setUpSystem(id, draft, deps);
    return;
  }
  const what = await choose(`${system.title} is on.`, [
    { value: 'check', label: 'Ask it whether it knows us' },
    { value: 'keys', label: 'Change its keys or cards' },
    { value: 'off', label: 'Switch it off' },
  ]);
  if (what === 'check') await checkSystem(system, { draft, values: {}, deps });
  if (what === 'keys') await setUpSystem(id, draft, deps);
  if (what === 'off') switchOff(id, draft);
}

const SECRET_BYTES = 24;
const DEFAULT_PORT = 8080;

async function setUpAddress({ draft, deps }: Setup): Promise<void> {
  for (;;) {
    const url = await askSetting('PUBLIC_URL', {
      message: 'Public address of this server (empty: none)',
      current: draft.get('PUBLIC_URL'),
      placeholder: 'https://pay.example.com',
      isOptional: true,
    });
    draft.set({ PUBLIC_URL: url });
    if (url === '') return;
    if (!draft.has('WEBHOOK_SECRET')) {
      const bytes = deps.random.bytes(SECRET_BYTES);
      draft.set({ WEBHOOK_SECRET: Buffer.from(bytes).toString('base64url') });
    }
    if (await isReached(url, { draft, deps })) return;
    if (!(await confirm('Correct the address?'))) return;
  }
}

async function isReached(url: string, { draft, deps }: Setup): Promise<boolean> {
  const at = {
    url: url.replace(/\/+$/, ''),
    host: draft.get('HOST') || '0.0.0.0',
    port: Number(draft.get('PORT') || DEFAULT_PORT),
  };
  const outcome = await waiting(`Looking for this machine at ${url}`, () => checkAddress(at, deps));
  if (outcome.kind === 'not_reached') {
    say.bad(outcome.reason);
    return false;
  }
  say.good(outcome.by === 'setup' ? 'It leads here.' : 'The running program answers there.');
  say.hint(
    `That is how it looks from this machine. Open ${at.url}/health on your phone once the program runs, without Wi-Fi.`,
  );
  return true;
}

function save({
  draft,
  path,
  text,
}: {
  draft: Draft;
  path: string;
  text: string;
}): 'written' | 'unchanged' {
  const changes = draft.changes();
  const overruled = draft.overruled();
  if (overruled.length > 0) {
    say.careful(
      `The environment sets ${overruled.join(', ')} to something else, and wins over the file.`,
    );
  }
  if (Object.keys(changes).length === 0) {
    say.bye('Nothing was changed.');
    return 'unchanged';
  }
  writePrivately(path, withValues(text, changes));
  const payfer = payferWebhook(draft);
  if (payfer !== null) say.note(payfer, "Enter this into Payfer's panel as the webhook's address");
  say.bye(
    `Written to ${path}, for you alone to read. “npm start” starts the program; one that runs must be started again.`,
  );
  return 'written';
}

/** Payfer alone is told in its panel where it reports. */
function payferWebhook(draft: Draft): string | null {
  if (!isOn(draft, 'payfer') || !draft.has('PUBLIC_URL', 'WEBHOOK_SECRET')) return null;
  const base = draft.get('PUBLIC_URL').replace(/\/+$/, '');
  return `${base}/webhooks/payfer/${draft.get('WEBHOOK_SECRET')}`;
}
