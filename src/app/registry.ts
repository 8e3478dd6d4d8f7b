/** Which providers there are, in the order they are offered: those whose credentials are set. */
import type { ProvidersConfig } from '../settings/types.ts';
import type { Database } from '../db/database.ts';
import type { Deps } from '../core/deps.ts';
import type { Log } from '../core/log.ts';
import { createAutopaycard } from '../providers/autopaycard/autopaycard.ts';
import { createInpay } from '../providers/inpay/inpay.ts';
import { createPayfer } from '../providers/payfer/payfer.ts';
import { createRasmiypay } from '../providers/rasmiypay/rasmiypay.ts';
import type { ProviderDeps } from '../providers/client.ts';
import type { SecretScrubber } from '../core/secrets.ts';
import { createBudget } from '../topups/budget.ts';
import type { Provider } from '../topups/provider.ts';
import type { ProviderId } from '../core/payment-systems.ts';
import { HOUR_MS } from '../core/calendar.ts';

export function createProviders(
  config: ProvidersConfig,
  { deps, db, log, secrets }: { deps: Deps; db: Database; log: Log; secrets: SecretScrubber },
): ReadonlyMap<ProviderId, Provider> {
  const own: ProviderDeps = {
    ...deps,
    secrets,
    warn: (event, data) => log.warn({ event, ...data }, 'a provider strays from its document'),
  };
  const { inpay, payfer, rasmiypay, autopaycard } = config;
  const providers: Provider[] = [];
  if (inpay) {
    const budget = { requests: inpay.requestsPerHour, perMs: HOUR_MS };
    const spend = createBudget({ db, clock: deps.clock }, { provider: 'inpay', budget });
    providers.push(createInpay(inpay, { ...own, spend }));
  }
  if (payfer) providers.push(createPayfer(payfer, own));
  if (rasmiypay) providers.push(createRasmiypay(rasmiypay, own));
  if (autopaycard) providers.push(createAutopaycard(autopaycard, own));
  return new Map(providers.map((provider) => [provider.id, provider]));
}
