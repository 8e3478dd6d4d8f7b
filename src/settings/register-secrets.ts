/** Which settings must never be printed. */
import type { PaylovSettings, Config } from './types.ts';
import type { SecretScrubber } from '../core/secrets.ts';

/** What the settings hold that must never be printed. */
export function registerSecrets(
  secrets: SecretScrubber,
  { telegram, http, providers, paylov, database }: Config,
): void {
  const { inpay, payfer, rasmiypay, autopaycard } = providers;
  const values = [
    telegram.token,
    ...(database.engine === 'postgres' ? secretsOfAddress(database.url) : []),
    http.webhookSecret,
    http.metricsToken,
    inpay?.merchantToken,
    payfer?.shopKey,
    payfer?.cardNumber,
    rasmiypay?.shopKey,
    rasmiypay?.cardNumber,
    autopaycard?.apiKey,
    ...(autopaycard?.cards ?? []).flatMap((card) => [card.number, card.gmail]),
    ...(paylov ? secretsOfPaylov(paylov.client) : []),
  ];
  for (const value of values) if (value) secrets.register(value);
}

/** The password alone, too: the driver names it apart from the address. */
export function secretsOfAddress(url: string): string[] {
  return [url, decodeURIComponent(new URL(url).password)];
}

function secretsOfPaylov(client: PaylovSettings): string[] {
  if ('accessToken' in client) return [client.accessToken];
  return [client.consumerKey, client.consumerSecret, client.username, client.password];
}
