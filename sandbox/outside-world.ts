/** What happens outside of the chat: payments, broken payment systems, lost webhooks. The page shows and steers it. */
import type { Fault, SimulatedProvider } from './providers/types.ts';
import { payments } from './payments.ts';
import { billView, viewOf } from './world-view.ts';
import {
  type FaultTarget,
  type FaultChoice,
  type OutsideWorld,
  type Here,
  settingsOf,
  userIdOf,
} from './here.ts';

const MAX_DELIVERIES = 1000;
const MAX_TEXTS = 5;

type Options = Pick<
  Here,
  'world' | 'paylov' | 'shopWebhookPath' | 'cards' | 'clock' | 'hurry' | 'deadlineOf'
>;

export function createOutsideWorld(options: Options): OutsideWorld {
  const { changed, onChange } = createChanges();
  const here: Here = {
    ...options,
    settings: new Map(),
    deliveries: new Map(),
    late: new Map(),
    texts: [],
    baseUrl: null,
    webhooksOff: false,
    closing: new AbortController(),
    changed,
  };
  const forget = [
    ...here.world.providers.map((provider) => follow(here, provider)),
    followPaylov(here),
  ];
  return {
    view: () => viewOf(here),
    ...payments(here),
    ...bills(here),
    ...faults(here),
    publicUrl: () => (here.webhooksOff ? null : here.baseUrl),
    connected: (baseUrl) => {
      here.baseUrl = baseUrl;
      applyWebhooks(here);
    },
    onChange,
    close: () => {
      here.closing.abort();
      forget.forEach((end) => end());
    },
  };
}

function bills(
  here: Here,
): Pick<OutsideWorld, 'findBill' | 'resolve' | 'setFloat' | 'setCardBalance'> {
  const { paylov, changed } = here;
  return {
    findBill: (id) => paylov.transactions().find((each) => each.id === id),
    resolve: ({ id }, state) => {
      const bill = paylov.resolve(id, state);
      changed();
      return billView(here, bill);
    },
    setFloat: (amountTiyin) => {
      paylov.setFloat(amountTiyin);
      changed();
    },
    setCardBalance: (cardId, amountTiyin) => {
      if (!paylov.cards().some((card) => card.cardId === cardId)) return false;
      paylov.setCardBalance(cardId, amountTiyin);
      changed();
      return true;
    },
  };
}

function faults(here: Here): Pick<OutsideWorld, 'setFault' | 'setWebhooks' | 'setWebhooksOff'> {
  const { world, paylov } = here;
  return {
    setFault: (target, choice) => {
      const system = target === 'paylov' ? paylov : world.provider(target);
      if (choice.code !== undefined && !system.errors.includes(choice.code)) return false;
      system.fault(faultOf(target, choice));
      settingsOf(here, target).fault = choice;
      here.changed();
      return true;
    },
    setWebhooks: (id, mode) => {
      settingsOf(here, id).webhooks = mode;
      applyWebhooks(here);
    },
    setWebhooksOff: (isOff) => {
      here.webhooksOff = isOff;
      applyWebhooks(here);
    },
  };
}

/**
 * The fault that was chosen on the page. “Paid, but no answer” applies at Paylov to `pay` only: were every call to lose its answer,
 * no bill would ever reach the payment.
 */
function faultOf(target: FaultTarget, { kind, code, method }: FaultChoice): Fault {
  const only = method ?? (target === 'paylov' && kind === 'drop_after' ? 'pay' : undefined);
  return {
    kind,
    ...(code === undefined ? {} : { code }),
    ...(only === undefined ? {} : { method: only }),
  };
}

/** Calls the listeners once for all changes of one moment: reading the orders may find that several have expired. */
function createChanges(): { changed: () => void; onChange: OutsideWorld['onChange'] } {
  const listeners = new Set<() => void>();
  let isPending = false;
  return {
    changed: () => {
      if (isPending) return;
      isPending = true;
      queueMicrotask(() => {
        isPending = false;
        for (const listener of listeners) listener();
      });
    },
    onChange: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}

function follow(here: Here, provider: SimulatedProvider): () => void {
  return provider.on((event) => {
    if (event.kind === 'webhook') {
      here.deliveries.set(`${provider.id}/${event.orderId}`, event.status ?? 'none');
      const [oldest] = here.deliveries.keys();
      if (here.deliveries.size > MAX_DELIVERIES && oldest !== undefined) {
        here.deliveries.delete(oldest);
      }
    }
    here.changed();
  });
}

function applyWebhooks(here: Here): void {
  const { world, baseUrl, webhooksOff } = here;
  for (const provider of world.providers) {
    provider.webhooks(webhooksOff ? 'lost' : settingsOf(here, provider.id).webhooks);
  }
  const isReachable = baseUrl !== null && !webhooksOff;
  world.provider('payfer').webhookUrl = isReachable ? baseUrl + here.shopWebhookPath : null;
  here.changed();
}

/** Bills change; codes come by SMS: a phone lies beside everybody in the sandbox. */
function followPaylov(here: Here): () => void {
  return here.paylov.on((event) => {
    if (event.kind === 'sms') {
      const { text } = event;
      here.texts.unshift({ userId: userIdOf(event.userId), text, at: here.clock.now() });
      here.texts.length = Math.min(here.texts.length, MAX_TEXTS);
    }
    here.changed();
  });
}
