/**
 * Work in a short-lived process of its own: what it loads (a canvas, a writer of spreadsheets) and what it holds is
 * given back to the machine when it ends, and the bot answers people meanwhile.
 */
import { spawn } from 'node:child_process';
import { buffer, text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { type Clock, withTimeLimit } from '../core/deps.ts';

interface InProcessOptions {
  /** Where the file to run stands, seen from this one. */
  script: string;
  /** Given to it as JSON. */
  input: unknown;
  clock: Clock;
  timeoutMs: number;
  /** Ends it early. */
  signal: AbortSignal;
}

/** More of what it says about its failure is not kept. */
const MAX_COMPLAINT = 2000;

/** What the script wrote to its output. Rejects when it failed, took too long or was ended. */
export async function runInProcess(options: InProcessOptions): Promise<Uint8Array> {
  return await withTimeLimit(options.clock, options.timeoutMs, async (limit) => {
    return await run(options, AbortSignal.any([limit, options.signal]));
  });
}

async function run({ script, input }: InProcessOptions, signal: AbortSignal): Promise<Uint8Array> {
  signal.throwIfAborted();
  const path = fileURLToPath(new URL(script, import.meta.url));
  // It needs no settings, so it gets none: they hold secrets.
  const child = spawn(process.execPath, ['--max-semi-space-size=2', path], {
    env: {},
    stdio: ['pipe', 'pipe', 'pipe'],
    signal,
    killSignal: 'SIGKILL',
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  // A child that dies early closes its end; its exit code says so better.
  child.stdin.on('error', () => undefined);
  child.stdin.end(JSON.stringify(input));
  const [output, complaint, code] = await Promise.all([
    buffer(child.stdout),
    text(child.stderr),
    ended,
  ]);
  if (code !== 0) {
    throw new Error(`${script} ended with ${code}: ${complaint.slice(0, MAX_COMPLAINT)}`);
  }
  return output;
}

/** For the script: what it was given. */
export async function processInput(): Promise<unknown> {
  return JSON.parse(await text(process.stdin));
}
