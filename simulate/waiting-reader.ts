/**
 * Reads a PostgreSQL while everything else in this process stands still, as a file is read: a thread asks, and this one
 * waits for it.
 */
import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads';
import type { Answer, Question } from './waiting-reader-thread.ts';

const PATIENCE_MS = 60_000;

export class WaitingReader {
  readonly #worker: Worker;
  readonly #port: MessageChannel['port1'];
  readonly #done = new Int32Array(new SharedArrayBuffer(4));

  constructor(url: string) {
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    this.#worker = new Worker(new URL('./waiting-reader-thread.ts', import.meta.url), {
      workerData: { url, port: port2, done: this.#done },
      transferList: [port2],
    });
    this.#worker.unref();
    port1.unref();
  }

  rows<Row>(text: string, values: readonly unknown[] = []): Row[] {
    Atomics.store(this.#done, 0, 0);
    const question: Question = { text, values };
    this.#port.postMessage(question, []);
    // The answer before may wake this one: it was seen before its thread came to say so.
    while (Atomics.load(this.#done, 0) === 0) {
      if (Atomics.wait(this.#done, 0, 0, PATIENCE_MS) === 'timed-out')
        throw new Error(`PostgreSQL does not answer: ${text}`);
    }
    const answer = (receiveMessageOnPort(this.#port) as { message: Answer }).message;
    if (answer.kind === 'error') throw new Error(`${answer.message}: ${text}`);
    return answer.rows as Row[];
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }
}
