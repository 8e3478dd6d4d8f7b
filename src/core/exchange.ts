/**
 * One HTTP request and its whole answer. The built-in `fetch` does this, too, and takes three times as much of the processor for
 * it: streams, signals and copies of headers that nobody asked for. What is called for every screen goes this way.
 */
import { request as requestHttp, type IncomingMessage } from 'node:http';
import { request as requestHttps } from 'node:https';
import { Readable } from 'node:stream';
import { readBounded } from './bounded.ts';

interface ExchangeRequest {
  url: string | URL;
  method?: string | undefined;
  headers?: Record<string, string> | undefined;
  body?: string | AsyncIterable<Uint8Array> | undefined;
  /** What it was aborted with is what the exchange rejects with. */
  signal: AbortSignal;
  maxBytes: number;
}

interface ExchangeAnswer {
  status: number;
  text: string;
  /** False: it is longer than `maxBytes`, and `text` is its beginning. */
  whole: boolean;
}

/** Sends the request exactly once and follows no redirect. Rejects when there is no whole answer. */
export type Exchange = (request: ExchangeRequest) => Promise<ExchangeAnswer>;

/** By `fetch`: for tests and simulations, which come in there. */
export function exchangeBy(fetch: typeof globalThis.fetch): Exchange {
  return async ({ url, method, headers, body, signal, maxBytes }) => {
    const response = await fetch(url, {
      ...(method === undefined ? {} : { method }),
      ...(headers === undefined ? {} : { headers }),
      ...(body === undefined ? {} : { body, duplex: 'half' }),
      redirect: 'manual',
      signal,
    });
    return { status: response.status, ...(await readBounded(response.body, maxBytes)) };
  };
}

/** By node's own client and its agents, which keep connections and know the proxy that the environment may name. */
export const exchangeDirectly: Exchange = ({ url, method, headers, body, signal, maxBytes }) =>
  new Promise((resolve, reject) => {
    const address = new URL(url);
    const open = address.protocol === 'https:' ? requestHttps : requestHttp;
    const call = open(address, {
      method: method ?? 'GET',
      ...(headers === undefined ? {} : { headers }),
    });
    const onAbort = (): void => void call.destroy(signal.reason as Error);
    const fail = (error: Error): void => {
      signal.removeEventListener('abort', onAbort);
      call.destroy();
      reject(error);
    };
    const hear = async (answer: IncomingMessage): Promise<void> => {
      const read = await readText(answer, maxBytes);
      signal.removeEventListener('abort', onAbort);
      // What is not read to its end would keep the connection.
      if (!read.whole) call.destroy();
      resolve({ status: answer.statusCode ?? 0, ...read });
    };
    call.on('error', fail);
    call.on('response', (answer) => void hear(answer).catch(fail));
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort);
    if (body === undefined || typeof body === 'string') call.end(body);
    else Readable.from(body).on('error', fail).pipe(call);
  });

function readText(
  answer: IncomingMessage,
  maxBytes: number,
): Promise<{ text: string; whole: boolean }> {
  return new Promise((resolve, reject) => {
    const decoder = new TextDecoder();
    let text = '';
    let bytes = 0;
    answer.on('data', (chunk: Uint8Array) => {
      bytes += chunk.byteLength;
      if (bytes > maxBytes) resolve({ text, whole: false });
      else text += decoder.decode(chunk, { stream: true });
    });
    answer.on('end', () => resolve({ text: text + decoder.decode(), whole: true }));
    answer.on('error', reject);
  });
}
