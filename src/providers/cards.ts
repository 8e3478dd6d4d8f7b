/** The cards that people transfer to: known from the settings only. */
import type { SecretScrubber } from '../core/secrets.ts';
import type { PayCard } from '../topups/provider.ts';

/** The card of the settings, its number made unprintable. Throws unless the number has 16 digits. */
export function payCard(
  settings: { number: string; holder: string },
  secrets: SecretScrubber,
): PayCard {
  const number = settings.number.replace(/[\s-]/g, '');
  if (!/^\d{16}$/.test(number)) {
    throw new Error('a card number of the settings does not have 16 digits: correct it');
  }
  for (const separator of ['', ' ', '-']) secrets.register(groupsOfFour(number).join(separator));
  return { key: number.slice(-4), number, holder: settings.holder };
}

function groupsOfFour(number: string): string[] {
  return number.match(/\d{4}/g) ?? [];
}
