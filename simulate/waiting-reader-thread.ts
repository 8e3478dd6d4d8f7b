/** The thread of `WaitingReader`. */
import { type MessagePort, workerData } from 'node:worker_threads';
import { Client, types } from 'pg';

export interface Question {
  text: string;
  values: readonly unknown[];
}

export type Answer = { kind: 'rows'; rows: unknown[] } | { kind: 'error'; message: string };

const { url, port, done } = workerData as { url: string; port: MessagePort; done: Int32Array };

types.setTypeParser(types.builtins.INT8, Number);

let client: Client | null = null;

async function connected(): Promise<Client> {
  if (client) return client;
  const fresh = new Client({ connectionString: url, application_name: 'reader' });
  // A server that crashes breaks it; the next question opens another.
  fresh.on('error', () => {
    client = null;
  });
  await fresh.connect();
  client = fresh;
  return fresh;
}

async function answerTo({ text, values }: Question): Promise<Answer> {
  try {
    const { rows } = await (await connected()).query<object>(text, [...values]);
    return { kind: 'rows', rows };
  } catch (error) {
    return { kind: 'error', message: String(error) };
  }
}

port.on('message', (question: Question) => {
  void answerTo(question).then((answer) => {
    port.postMessage(answer);
    Atomics.store(done, 0, 1);
    Atomics.notify(done, 0);
  });
});
