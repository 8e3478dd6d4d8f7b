/** Whether bills are paid through Paylov, and with which keys. */
import type { PaylovConfig } from './types.ts';
import { som } from '../core/money.ts';
import type { SettingsReader } from './reader.ts';

const OAUTH = [
  'PAYLOV_CONSUMER_KEY',
  'PAYLOV_CONSUMER_SECRET',
  'PAYLOV_USERNAME',
  'PAYLOV_PASSWORD',
] as const;

/** On with a fixed token or with all four credentials; some of the four are a problem. */
export function readPaylov(settings: SettingsReader): PaylovConfig | null {
  const common = {
    baseUrl: settings.read('PAYLOV_BASE_URL') ?? 'https://gw.paylov.uz',
    servicePrefix: settings.read('PAYLOV_SERVICE_PREFIX') ?? ('' as const),
  };
  const terms = {
    cardId: settings.read('PAYLOV_CARD_ID') ?? null,
    floatAlertTiyin: settings.read('PAYLOV_FLOAT_ALERT') ?? som(500_000),
    feeHundredths: settings.read('BILL_FEE_PERCENT') ?? 0,
  };
  const accessToken = settings.read('PAYLOV_ACCESS_TOKEN');
  if (accessToken !== undefined) return { ...terms, client: { ...common, accessToken } };
  const given = OAUTH.filter((name) => settings.has(name));
  if (given.length === 0) return null;
  for (const name of OAUTH) {
    if (!settings.has(name)) settings.missing(name, `although ${given.join(', ')} is set`);
  }
  const [consumerKey, consumerSecret, username, password] = OAUTH.map((name) =>
    settings.read(name),
  );
  if (!consumerKey || !consumerSecret || !username || !password) return null;
  const client = { ...common, consumerKey, consumerSecret, username, password };
  return { ...terms, client };
}
