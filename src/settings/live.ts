/** Tells settings that are for real money from those that the sandbox can have as well. */
import type { Environment } from './reader.ts';
import type { SettingName } from './settings.ts';

const CREDENTIALS = [
  'INPAY_MERCHANT_ID',
  'INPAY_MERCHANT_TOKEN',
  'PAYFER_SHOP_ID',
  'PAYFER_SHOP_KEY',
  'PAYFER_CARD_NUMBER',
  'PAYFER_CARD_HOLDER',
  'RASMIYPAY_SHOP_ID',
  'RASMIYPAY_SHOP_KEY',
  'RASMIYPAY_CARD_NUMBER',
  'RASMIYPAY_CARD_HOLDER',
  'AUTOPAYCARD_API_KEY',
  'AUTOPAYCARD_CARDS',
  'PAYLOV_CONSUMER_KEY',
  'PAYLOV_CONSUMER_SECRET',
  'PAYLOV_USERNAME',
  'PAYLOV_PASSWORD',
  'PAYLOV_ACCESS_TOKEN',
  'PAYLOV_CARD_ID',
] as const satisfies SettingName[];

/** The address under which payment systems and Telegram reach a program with real money. */
const ADDRESS = ['PUBLIC_URL', 'WEBHOOK_SECRET'] as const satisfies SettingName[];

/** Names of the settings that only make sense with BOT_TOKEN. */
export function liveSettings(env: Environment): SettingName[] {
  const isSet = (name: SettingName): boolean => (env[name]?.trim() ?? '') !== '';
  return [
    ...CREDENTIALS.filter(isSet),
    ...(ADDRESS.every(isSet) ? ADDRESS : []),
    ...(/^\s*postgres(?:ql)?:/i.test(env['DATABASE_URL'] ?? '') ? (['DATABASE_URL'] as const) : []),
  ];
}

/**
 * The environment for a sandbox that was asked for beside settings for real money: without them, and without the database
 * they are for. `setAside` names what was left out.
 */
export function withoutLive(env: Environment): { env: Environment; setAside: string[] } {
  const isLive = (env['BOT_TOKEN']?.trim() ?? '') !== '' || liveSettings(env).length > 0;
  if (!isLive) return { env, setAside: [] };
  const left = ['BOT_TOKEN', 'TELEGRAM_WEBHOOK', 'WEBHOOK_SECRET', 'DATABASE_URL', ...CREDENTIALS];
  const setAside = left.filter((name) => (env[name]?.trim() ?? '') !== '');
  return {
    env: Object.fromEntries(Object.entries(env).filter(([name]) => !left.includes(name))),
    setAside,
  };
}
