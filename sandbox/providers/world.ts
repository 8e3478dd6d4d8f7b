/** All simulated payment systems and the bank between their cards. */
import type { ProviderId } from '../../src/core/payment-systems.ts';
import { autopaycardProtocol } from './autopaycard.ts';
import { pushBounded } from './bounded.ts';
import { inpayProtocol } from './inpay.ts';
import { payferProtocol } from './payfer.ts';
import { rasmiypayProtocol } from './rasmiypay.ts';
import { startSimulation, type Simulation } from './simulation.ts';
import type {
  SimulatedProvider,
  SimulatedWorld,
  SimulatedWorldOptions,
  Transfer,
  TransferOutcome,
} from './types.ts';

const MAX_UNMATCHED = 200;

/** Starts a server on 127.0.0.1 for each provider. `close()` ends them. */
export async function startSimulatedProviders(
  options: SimulatedWorldOptions,
): Promise<SimulatedWorld> {
  const simulations = await Promise.all([
    startSimulation('inpay', options, (tools) =>
      inpayProtocol(tools, {
        requestsPerHour: options.inpayRequestsPerHour,
        callbackHosts: options.inpayCallbackHosts,
      }),
    ),
    startSimulation('payfer', options, payferProtocol),
    startSimulation('rasmiypay', options, rasmiypayProtocol),
    startSimulation('autopaycard', options, autopaycardProtocol),
  ]);
  const unmatched: Transfer[] = [];
  const providers = simulations.map((each) => each.provider);
  return {
    providers,
    provider: (id) => providerOf(providers, id),
    settings: Object.assign({}, ...providers.map((each) => each.settings)) as Record<
      string,
      string
    >,
    unmatched: () => [...unmatched],
    transfer: (transfer) => {
      const outcome = match(simulations, transfer);
      if (outcome.kind === 'unmatched') {
        pushBounded(unmatched, transfer, MAX_UNMATCHED);
        options.log?.('sandbox.transfer_unmatched', { amountTiyin: transfer.amountTiyin });
      }
      return outcome;
    },
    idle: async () => {
      await Promise.all(simulations.map((each) => each.idle()));
    },
    close: async () => {
      await Promise.all(simulations.map((each) => each.close()));
    },
  };
}

function providerOf(providers: readonly SimulatedProvider[], id: ProviderId): SimulatedProvider {
  const found = providers.find((each) => each.id === id);
  if (!found) throw new Error(`no provider ${id} is simulated`);
  return found;
}

function match(simulations: readonly Simulation[], transfer: Transfer): TransferOutcome {
  const cardNumber = transfer.cardNumber.replace(/\s/g, '');
  const [first, ...others] = simulations.flatMap(({ book, provider }) => {
    const waiting = book.live().find((order) => {
      return order.cardNumber === cardNumber && order.amountTiyin === transfer.amountTiyin;
    });
    return waiting ? [provider.pay(waiting.id)] : [];
  });
  return first ? { kind: 'matched', orders: [first, ...others] } : { kind: 'unmatched' };
}
