/** What the program asked of payment systems, as their servers saw it. */
import type { RequestView } from '../api-books.ts';
import type { SimulatedPaylov } from '../paylov/types.ts';
import type { SimulatedWorld } from '../providers/types.ts';
import type { LoggedRequest, RequestLog } from '../simulated-server.ts';

const MAX_REQUESTS = 100;

interface Requests {
  /** Newest last; the same list until there is news. */
  all(): RequestView[];
  close(): void;
}

export function collectRequests(world: {
  providers: SimulatedWorld;
  paylov: SimulatedPaylov;
}): Requests {
  const byName = new Map<string, RequestView>();
  let count = 0;
  let list: RequestView[] | null = null;

  const note = (to: RequestView['to'], request: LoggedRequest): void => {
    const name = `${to}/${request.number}`;
    const known = byName.get(name);
    // Payers open the checkout page too: it is no request of the program's.
    if (!known && (request.durationMs !== null || request.call === 'checkout')) return;
    if (!known) count += 1;
    list = null;
    byName.set(name, viewOf(known?.id ?? count, to, request));
    const [oldest] = byName.keys();
    if (byName.size > MAX_REQUESTS && oldest !== undefined) byName.delete(oldest);
  };
  const follow = (to: RequestView['to'], { onRequest }: { onRequest: RequestLog['on'] }) =>
    onRequest((request) => note(to, request));
  const forget = [
    ...world.providers.providers.map((provider) => follow(provider.id, provider)),
    follow('paylov', world.paylov),
  ];
  return {
    all: () => (list ??= [...byName.values()]),
    close: () => forget.forEach((end) => end()),
  };
}

function viewOf(id: number, to: RequestView['to'], request: LoggedRequest): RequestView {
  const { call, at, status, durationMs } = request;
  return { id, to, call, at, status: durationMs === null ? null : status, durationMs };
}
