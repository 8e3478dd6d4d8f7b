/** Settings for tests, and short ways to read them. */
import { formatProblems, readConfig, type ConfigOutcome } from '../settings/config.ts';
import type { Config } from '../settings/types.ts';
import type { SettingProblem } from '../settings/reader.ts';

export type Settings = Record<string, string | undefined>;

export const TOKEN = '123456789:AAexampleexampleexampleexampleexamp';
export const MERCHANT_TOKEN = '6a7bexamplemerchanttoken';
export const SHOP_KEY = 'Z631-example-shop-key';
export const CARD = '8600 4954 7331 6478';

/** The least that goes live. */
export const LIVE = {
  BOT_TOKEN: TOKEN,
  INPAY_MERCHANT_ID: '1353',
  INPAY_MERCHANT_TOKEN: MERCHANT_TOKEN,
};

const SHOP = { SHOP_ID: 'shop_1', SHOP_KEY, CARD_NUMBER: CARD, CARD_HOLDER: 'A. USER' };

/** The credentials of a shop under their names in the environment. */
export function shopSettings(prefix: 'PAYFER' | 'RASMIYPAY', changes: Settings = {}): Settings {
  return Object.fromEntries(
    Object.entries({ ...SHOP, ...changes }).map(([name, value]) => [`${prefix}_${name}`, value]),
  );
}

export function readSettings(env: Settings): ConfigOutcome {
  return readConfig(env, { isTerminal: false });
}

/** Throws the problems when there are any. */
export function configOf(env: Settings): Config {
  const outcome = readSettings(env);
  if (outcome.kind === 'invalid') throw new Error(formatProblems(outcome.problems));
  return outcome.config;
}

export function problemsOf(env: Settings): readonly SettingProblem[] {
  const outcome = readSettings(env);
  return outcome.kind === 'invalid' ? outcome.problems : [];
}
