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

/** Asks again on a new connection: the old one may have broken in a crash without being noticed. */
async function answerTo(question: Question): Promise<Answer> {
  try {
    return await answerOnce(question);
  } catch {
    client = null;
    return await answerOnce(question).catch((error: unknown) => {
      return { kind: 'error', message: String(error) };
    });
  }
}

async function answerOnce({ text, values }: Question): Promise<Answer> {
  const { rows } = await (await connected()).query<object>(text, [...values]);
  return { kind: 'rows', rows };
}

async function say(question: Question): Promise<void> {
  port.postMessage(await answerTo(question), []);
  Atomics.store(done, 0, 1);
  Atomics.notify(done, 0);
}

port.on('message', (question: Question) => void say(question));
