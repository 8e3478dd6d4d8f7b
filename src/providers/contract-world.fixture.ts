/** What a provider's part of the contract suite consists of, and the world its cases run in. */
import type {
  CheckOutcome,
  CreateOutcome,
  CreateRequest,
  OrderRef,
  ProblemCode,
  Provider,
} from '../topups/provider.ts';
import {
  createManualClock,
  startLoopback,
  testDeps,
  type Handler,
  type Loopback,
  type ManualClock,
  type Reply,
  type SeenRequest,
} from './testing.fixture.ts';
import type { ProviderDeps } from './client.ts';

/** A request as it must stand on the wire. Headers: these and, of those we could set, no others. */
interface ExpectedRequest {
  method: string;
  path: string;
  headers?: Record<string, string>;
  body: string;
}

/** A call beside create and check. */
interface OtherCall {
  name: string;
  run: (provider: Provider) => Promise<unknown>;
  answer: Reply | Handler;
  outcome: unknown;
  requests: ExpectedRequest[];
}

export interface RefusalCase<Expected> {
  name: string;
  reply: Reply;
  expected: Expected;
}

export interface ContractCase {
  name: string;
  make(baseUrl: string, deps: ProviderDeps): Provider;
  now: number;
  /** Answers what a call needs first, such as a token; null for everything else. */
  prelude?(request: SeenRequest): Reply | null;
  request: CreateRequest;
  createAnswer: string;
  created: CreateOutcome;
  createRequests: ExpectedRequest[];
  createRefusals: RefusalCase<CreateOutcome | ProblemCode>[];
  order: OrderRef;
  /** A status answer about `order`, as if `sum` (so'm) had been paid; undefined leaves a field out. */
  checkAnswer(options: { word: string; sum?: unknown; order?: unknown }): string;
  paidWord: string;
  sum: { som: number; tiyin: number };
  checkRequests: ExpectedRequest[];
  statuses: { word: string; outcome: CheckOutcome }[];
  checkRefusals: RefusalCase<ProblemCode>[];
  others: OtherCall[];
  /** Marked values that no outcome and no warning may contain. */
  secrets: string[];
  /** Marked values that a problem and a warning may not contain, though a success may. */
  personal: string[];
}

export interface ContractWorld {
  contract: ContractCase;
  loopback: Loopback;
  clock: ManualClock;
  deps: ReturnType<typeof testDeps>;
  provider: Provider;
  /** Every request that is no prelude gets `reply`. */
  answer: (reply: Reply | Handler) => void;
}

export async function startContractWorld(contract: ContractCase): Promise<ContractWorld> {
  const loopback = await startLoopback();
  const clock = createManualClock(contract.now);
  const deps = testDeps(clock);
  const provider = contract.make(loopback.url, deps);
  return {
    contract,
    loopback,
    clock,
    deps,
    provider,
    answer: (reply) => {
      loopback.serve((request) => {
        const first = contract.prelude?.(request) ?? null;
        return first ?? (typeof reply === 'function' ? reply(request) : reply);
      });
    },
  };
}

const OUR_HEADERS = new Set(['accept', 'content-type', 'authorization', 'x-api-key', 'cookie']);

/** What stood on the wire, to compare with `withHeaders`. */
export function requestView(request: SeenRequest): object {
  const headers = Object.entries(request.headers).filter(([name]) => OUR_HEADERS.has(name));
  const { method, path, body } = request;
  return { method, path, body, headers: Object.fromEntries(headers) };
}

/** The request of the document, with the header that every call has. */
export function withHeaders(request: ExpectedRequest): object {
  return { ...request, headers: { accept: 'application/json', ...request.headers } };
}
