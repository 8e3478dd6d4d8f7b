/** For this folder's tests: the sandbox as `npm start` starts it, played with over its own API. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { realClock } from '../../src/core/deps.ts';
import { patience } from '../../src/testing/patience.ts';
import type { BooksView } from '../api-books.ts';
import type { ProgramView } from '../api-program.ts';
import type { WorldView } from '../api-world.ts';
import type { ChatView } from '../api.ts';
import type { MessageView } from '../telegram/types.ts';

const START = fileURLToPath(new URL('../../src/start.mjs', import.meta.url));

interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
}

export class SandboxProcess {
  readonly folder = mkdtempSync(join(tmpdir(), 'tolov-sandbox-'));
  readonly #settings: Record<string, string>;
  readonly #args: readonly string[];
  #child: ChildProcess | null = null;
  #written = '';
  baseUrl = '';

  constructor(settings: Record<string, string> = {}, args: readonly string[] = []) {
    this.#settings = settings;
    this.#args = args;
  }

  get path(): string {
    return join(this.folder, 'sandbox.db');
  }

  get pid(): number {
    return this.#child?.pid ?? 0;
  }

  /** What it wrote to its terminal. */
  get written(): string {
    return this.#written;
  }

  /** Begins, and does not wait. */
  launch(): Promise<Ended> {
    const child = spawn(process.execPath, [START, ...this.#args], {
      cwd: this.folder,
      env: {
        PATH: process.env['PATH'],
        DATABASE_URL: `file:${this.path}`,
        PORT: '0',
        LOG_LEVEL: 'warn',
        POLL_CRON: '* * * * * *',
        ...this.#settings,
      },
    });
    this.#child = child;
    const read = (chunk: unknown): void => {
      this.#written += String(chunk);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    return once(child, 'close').then(([code, signal]) => ({ code, signal }));
  }

  async start(): Promise<void> {
    this.#written = '';
    const ended = this.launch().then(({ code }) => {
      throw new Error(`it ended with ${code}: ${this.#written}`);
    });
    ended.catch(() => undefined);
    const opened = until('its address', () =>
      /Open\s+(http:\/\/[\d.:]+)\/sandbox/.exec(this.#written),
    );
    const [, address] = await Promise.race([opened, ended]);
    this.baseUrl = address ?? '';
  }

  async signal(signal: NodeJS.Signals): Promise<Ended> {
    const child = this.#child;
    this.#child = null;
    if (!child) throw new Error('it does not run');
    const closed = once(child, 'exit');
    child.kill(signal);
    const [code, by] = await closed;
    return { code, signal: by };
  }

  async remove(): Promise<void> {
    if (this.#child && this.#child.exitCode === null) await this.signal('SIGTERM');
    rmSync(this.folder, { recursive: true, force: true });
  }

  async get<T>(path: string): Promise<T> {
    return (await (await fetch(`${this.baseUrl}/sandbox/api${path}`)).json()) as T;
  }

  async post<T>(path: string, body: object = {}): Promise<T> {
    const answer = await fetch(`${this.baseUrl}/sandbox/api${path}`, {
      method: 'POST',
      headers: { 'x-sandbox': '1' },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as T;
  }

  program = (): Promise<ProgramView> => this.get('/program');
  books = (): Promise<BooksView> => this.get('/books');
  world = (): Promise<WorldView> => this.get('/world');

  async chat(id: number): Promise<MessageView[]> {
    return (await this.get<ChatView>(`/persons/${id}/chat`)).messages;
  }

  /** Sends a text; resolves with the bot's message after it that has `expected`. */
  async send(id: number, text: string, expected: string): Promise<MessageView> {
    const { messageId } = await this.post<MessageView>(`/persons/${id}/text`, { text });
    return await this.sees(id, expected, messageId);
  }

  async sees(id: number, expected: string, after = 0): Promise<MessageView> {
    return await until(expected, async () =>
      (await this.chat(id))
        .filter((each) => each.from === 'bot' && each.messageId > after)
        .findLast((each) => each.text.replaceAll('\u00a0', ' ').includes(expected)),
    );
  }

  /** Presses the newest button with this label. */
  async tap(id: number, label: string): Promise<void> {
    const pressed = await until(`the button ${label}`, async () =>
      (await this.chat(id))
        .toReversed()
        .flatMap(({ messageId, inlineKeyboard }) =>
          inlineKeyboard.flat().map((button) => ({ messageId, button })),
        )
        .find(({ button }) => button.text.includes(label) && 'callback_data' in button),
    );
    const { messageId, button } = pressed;
    const data = 'callback_data' in button ? button.callback_data : '';
    await this.post(`/persons/${id}/tap`, { messageId, data });
  }
}

/** Resolves with the first value that is neither undefined, null nor false. */
export async function until<T>(
  what: string,
  read: () => T | Promise<T>,
): Promise<NonNullable<Exclude<T, false>>> {
  const endsAt = realClock.now() + patience(30_000);
  for (;;) {
    const value = await read();
    if (value !== undefined && value !== null && value !== false) {
      return value as NonNullable<Exclude<T, false>>;
    }
    if (realClock.now() > endsAt) throw new Error(`not seen: ${what}`);
    await realClock.sleep(30);
  }
}

export function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
