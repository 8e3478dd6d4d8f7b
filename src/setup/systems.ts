/** Each payment system: what it is asked for, and the harmless call that shows whether it knows our keys. */
import type { Deps } from '../core/deps.ts';
import { SecretScrubber } from '../core/secrets.ts';
import { type Environment, SettingsReader } from '../settings/reader.ts';
import { readProviders } from '../settings/providers.ts';
import { readPaylov } from '../settings/paylov.ts';
import type { SettingName } from '../settings/settings.ts';
import type { ProvidersConfig } from '../settings/types.ts';
import { createAutopaycard } from '../providers/autopaycard/autopaycard.ts';
import { tryInpay } from '../providers/inpay/inpay.ts';
import { createPayfer } from '../providers/payfer/payfer.ts';
import { createRasmiypay } from '../providers/rasmiypay/rasmiypay.ts';
import type { ProviderDeps } from '../providers/client.ts';
import { createPaylov } from '../bills/paylov/paylov.ts';
import type { HealthOutcome, Problem, Provider } from '../topups/provider.ts';

/** What a system said of us. `about`: how it calls our shop, and the like; may be empty. */
export type Checked =
  | { kind: 'knows_us'; about: string; doubts: Refusal[] }
  | ({ kind: 'refuses' } & Refusal)
  /** The settings are wrong by themselves: nobody was asked. */
  | { kind: 'not_asked'; problems: string[] };

/** `words`: its own, free of secrets, or our name for what went wrong. */
export interface Refusal {
  code: string;
  words: string;
}

export interface System {
  title: string;
  /** What people can do with it. */
  about: string;
  /** It is on when all of these are set; they are asked for in this order. */
  keys: readonly SettingName[];
  /** Asked for after them, and may be left empty. */
  optional: readonly SettingName[];
  /** Asks it whether it knows us. Nothing is ordered and nothing moves. */
  check(environment: Environment, deps: Deps): Promise<Checked>;
}

export const SYSTEMS = {
  inpay: {
    title: 'inPAY',
    about: 'a payment page: Click, Payme, cards',
    keys: ['INPAY_MERCHANT_ID', 'INPAY_MERCHANT_TOKEN'],
    optional: [],
    check: (environment, deps) => checkProvider({ id: 'inpay', environment, deps }, tryInpay),
  },
  payfer: {
    title: 'Payfer',
    about: 'transfers to your card',
    keys: ['PAYFER_SHOP_ID', 'PAYFER_SHOP_KEY', 'PAYFER_CARD_NUMBER', 'PAYFER_CARD_HOLDER'],
    optional: [],
    check: (environment, deps) =>
      checkProvider({ id: 'payfer', environment, deps }, (config, own) =>
        healthOf(createPayfer(config, own)),
      ),
  },
  rasmiypay: {
    title: 'RasmiyPay',
    about: 'transfers to your card',
    keys: [
      'RASMIYPAY_BASE_URL',
      'RASMIYPAY_SHOP_ID',
      'RASMIYPAY_SHOP_KEY',
      'RASMIYPAY_CARD_NUMBER',
      'RASMIYPAY_CARD_HOLDER',
    ],
    optional: [],
    check: (environment, deps) =>
      checkProvider({ id: 'rasmiypay', environment, deps }, (config, own) =>
        healthOf(createRasmiypay(config, own)),
      ),
  },
  autopaycard: {
    title: 'AutoPayCard',
    about: 'transfers to your Uzcard',
    keys: ['AUTOPAYCARD_API_KEY', 'AUTOPAYCARD_CARDS'],
    optional: [],
    check: (environment, deps) =>
      checkProvider({ id: 'autopaycard', environment, deps }, (config, own) =>
        healthOf(createAutopaycard(config, own)),
      ),
  },
  paylov: {
    title: 'Paylov',
    about: 'bills: electricity, gas, phones and others',
    keys: ['PAYLOV_CONSUMER_KEY', 'PAYLOV_CONSUMER_SECRET', 'PAYLOV_USERNAME', 'PAYLOV_PASSWORD'],
    optional: ['PAYLOV_CARD_ID'],
    check: checkPaylov,
  },
} as const satisfies Record<string, System>;

export type SystemId = keyof typeof SYSTEMS;

export const SYSTEM_IDS = Object.keys(SYSTEMS) as SystemId[];

type ProviderName = keyof ProvidersConfig;
type ConfigOf<K extends ProviderName> = NonNullable<ProvidersConfig[K]>;

async function checkProvider<K extends ProviderName>(
  { id, environment, deps }: { id: K; environment: Environment; deps: Deps },
  ask: (config: ConfigOf<K>, deps: ProviderDeps) => Promise<HealthOutcome>,
): Promise<Checked> {
  const settings = new SettingsReader(environment);
  const config = readProviders({ settings, isLive: true })[id];
  const ours = settings.problems.filter(({ name }) => name.startsWith(`${id.toUpperCase()}_`));
  if (config === null || ours.length > 0)
    return { kind: 'not_asked', problems: ours.map(sentence) };
  const outcome = await ask(config, ownDeps(deps));
  if (outcome.kind === 'problem') return { kind: 'refuses', ...refusalOf(outcome) };
  const facts = outcome.facts.map(({ value }) => value);
  const doubts = outcome.problems.map(refusalOf);
  return { kind: 'knows_us', about: facts.join(' · '), doubts };
}

async function healthOf(provider: Provider): Promise<HealthOutcome> {
  return (await provider.health?.()) ?? { kind: 'health', facts: [], problems: [] };
}

async function checkPaylov(environment: Environment, deps: Deps): Promise<Checked> {
  const settings = new SettingsReader(environment);
  const config = readPaylov(settings);
  const { problems } = settings;
  if (config === null || problems.length > 0) {
    return { kind: 'not_asked', problems: problems.map(sentence) };
  }
  const outcome = await createPaylov(config.client, ownDeps(deps)).services();
  if (outcome.kind === 'problem') {
    return { kind: 'refuses', code: outcome.code, words: outcome.detail ?? outcome.code };
  }
  return { kind: 'knows_us', about: `${outcome.services.length} services`, doubts: [] };
}

/**
 * A client that tells nobody when an answer strays from the document: that is told once the program runs, and would
 * only be in the way here.
 */
function ownDeps(deps: Deps): ProviderDeps {
  return { ...deps, secrets: new SecretScrubber(), warn: () => undefined };
}

function refusalOf({ code, detail }: Problem): Refusal {
  return { code, words: detail ?? code };
}

function sentence({
  name,
  wrong,
  expected,
}: {
  name: string;
  wrong: string;
  expected: string;
}): string {
  return `${name}: ${wrong}. Expected: ${expected}.`;
}
