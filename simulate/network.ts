/**
 * The network between the program and the simulated world, without sockets: a request is handed to its server's
 * handler in the same process. What may happen on the way is the weather's to say.
 */
import { EventEmitter } from 'node:events';
import type { Listen } from '../sandbox/listen.ts';
import type { SimulatedTime } from './time.ts';

type Handle = Parameters<Listen>[1];

/** Who sends requests. After a kill no answer arrives any more. */
export interface Sender {
  name: string;
  isDead: boolean;
  /** Called at each point where the sender may be made to die. */
  reach(point: string): void;
}

export interface Call {
  sender: Sender;
  /** `telegram`, `inpay`, `paylov` … or `program`. */
  host: string;
  method: string;
  url: URL;
  body: string;
}

export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** What becomes of one call. */
export interface Fate {
  /** In a word or two, for the story; empty when nothing is wrong. */
  name: string;
  beforeMs: number;
  afterMs: number;
  /** False: the server never hears of it. */
  arrives: boolean;
  /** Null: the connection breaks. Else what the sender gets of the server's answer (of none when it never arrived). */
  answer: (given: Answer | null) => Answer | null;
}

export type Weather = (call: Call) => Fate;

export interface Exchange {
  call: Call;
  fate: Fate;
  /** When it arrived. */
  at: number;
  /** What the server said; null when it never heard of it. */
  given: Answer | null;
  /** The sender lived to get just that. */
  isAnswered: boolean;
}

export class Network {
  readonly #time: SimulatedTime;
  readonly #hosts = new Map<string, Handle>();
  /** Called once the server has done its work, whether or not its answer arrives. */
  readonly #onExchange: (exchange: Exchange) => void;
  weather: Weather;

  constructor(options: {
    time: SimulatedTime;
    weather: Weather;
    onExchange: (exchange: Exchange) => void;
  }) {
    this.#time = options.time;
    this.weather = options.weather;
    this.#onExchange = options.onExchange;
  }

  /** For the simulated servers: they have names instead of ports. */
  readonly listen: Listen = async (name, handle) => {
    this.#hosts.set(name, handle);
    return addressOf(name);
  };

  close(name: string): void {
    this.#hosts.delete(name);
  }

  fetchOf(sender: Sender): typeof fetch {
    return async (input, init) => {
      const signal = init?.signal ?? (input instanceof Request ? input.signal : undefined);
      const call = await callOf(sender, input, init);
      this.#time.sign();
      sender.reach(`before ${call.host}`);
      if (sender.isDead) return await never();
      const { promise, resolve, reject } = Promise.withResolvers<Response>();
      const abort = (): void => {
        this.#time.sign();
        if (!sender.isDead) reject(abortReason(signal));
      };
      signal?.addEventListener('abort', abort, { once: true });
      if (signal?.aborted) abort();
      else this.#exchange(call, { signal, headers: headersOf(input, init), resolve, reject });
      try {
        return await promise;
      } finally {
        signal?.removeEventListener('abort', abort);
      }
    };
  }

  #exchange(
    call: Call,
    sent: {
      signal: AbortSignal | undefined;
      headers: Headers;
      resolve: (response: Response) => void;
      reject: (error: unknown) => void;
    },
  ): void {
    const { sender } = call;
    const run = async (): Promise<void> => {
      const fate = this.weather(call);
      await this.#pause(fate.beforeMs);
      const exchange: Exchange = { call, fate, at: this.#time.now, given: null, isAnswered: false };
      if (fate.arrives) exchange.given = await this.#serve(call, sent);
      this.#onExchange(exchange);
      sender.reach(`after ${call.host}`);
      await this.#pause(fate.afterMs);
      this.#time.sign();
      const answer = fate.answer(exchange.given);
      if (sender.isDead) return;
      if (answer === null) {
        sent.reject(connectionError());
        return;
      }
      exchange.isAnswered = answer === exchange.given && sent.signal?.aborted !== true;
      sent.resolve(
        new Response(bodyOf(answer), { status: answer.status, headers: answer.headers }),
      );
      sender.reach(`answer of ${call.host}`);
    };
    run().catch(sent.reject);
  }

  async #pause(ms: number): Promise<void> {
    if (ms > 0) await this.#time.sleep(ms, { owner: this, isExact: true });
  }

  async #serve(
    call: Call,
    { signal, headers }: { signal: AbortSignal | undefined; headers: Headers },
  ): Promise<Answer | null> {
    const handle = this.#hosts.get(call.host);
    if (!handle) return null;
    const connection = new Connection();
    const hangUp = (): void => connection.hangUp();
    signal?.addEventListener('abort', hangUp, { once: true });
    const { method, url, body } = call;
    const hasBody = method !== 'GET' && method !== 'HEAD';
    const request = new Request(url, { method, headers, ...(hasBody ? { body } : {}) });
    const response = await handle(request, connection.env);
    signal?.removeEventListener('abort', hangUp);
    return {
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: await response.text(),
    };
  }
}

/** What a handler may ask of a connection. */
class Connection {
  readonly #outgoing = new EventEmitter();
  readonly env = {
    incoming: { socket: { destroy: (): void => undefined } },
    outgoing: Object.assign(this.#outgoing, { writableFinished: false }),
  };

  hangUp(): void {
    this.#outgoing.emit('close');
  }
}

export function addressOf(host: string): string {
  return `https://${host}.example`;
}

export function never<T>(): Promise<T> {
  return new Promise(() => undefined);
}

async function callOf(
  sender: Sender,
  input: Parameters<typeof fetch>[0],
  init: RequestInit | undefined,
): Promise<Call> {
  const isRequest = input instanceof Request;
  const url = new URL(isRequest ? input.url : input);
  const method = init?.method ?? (isRequest ? input.method : 'GET');
  const body = isRequest ? await input.text() : await textOf(init?.body);
  return { sender, host: url.hostname.replace(/\.example$/, ''), method, url, body };
}

async function textOf(body: RequestInit['body']): Promise<string> {
  if (typeof body === 'string') return body;
  return body === undefined || body === null ? '' : await new Response(body).text();
}

function headersOf(input: Parameters<typeof fetch>[0], init: RequestInit | undefined): Headers {
  return new Headers(init?.headers ?? (input instanceof Request ? input.headers : {}));
}

function bodyOf({ status, body }: Answer): string | null {
  return status === 204 || status === 304 ? null : body;
}

function connectionError(): TypeError {
  return new TypeError('fetch failed', {
    cause: Object.assign(new Error(), { code: 'ECONNRESET' }),
  });
}

function abortReason(signal: AbortSignal | undefined): unknown {
  const reason: unknown = signal?.reason;
  return reason ?? new DOMException('aborted', 'AbortError');
}
