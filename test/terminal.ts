/** A program on a terminal of its own, and somebody who reads and types there. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { stripVTControlCharacters } from 'node:util';
import { until } from './process.ts';

/** `script` of util-linux opens a terminal and needs nothing compiled. Others of this name take other words. */
export const HAS_TERMINAL = spawnSync('script', ['--version'], {
  encoding: 'utf8',
}).stdout?.includes('util-linux');

const ENTER = '\r';
export const DOWN = '\u001B[B';
export const UP = '\u001B[A';
/** Takes out what was typed. */
export const CLEAR = '\u0015';
export const CTRL_C = '\u0003';

export class Terminal {
  readonly #child: ChildProcess;
  #output = '';
  /** What was seen is behind this. */
  #seen = 0;

  /** `command` is for a shell. */
  constructor(command: string, options: { cwd: string; env: Record<string, string> }) {
    const wide = `stty cols 200 rows 60; exec ${command}`;
    this.#child = spawn(
      'script',
      ['--quiet', '--return', '--flush', '--command', wide, '/dev/null'],
      {
        cwd: options.cwd,
        env: { PATH: process.env['PATH'], TERM: 'xterm', ...options.env },
        stdio: ['pipe', 'pipe', 'inherit'],
      },
    );
    this.#child.stdout?.on('data', (chunk) => (this.#output += String(chunk)));
  }

  /** All that was shown so far, without colours and movements. */
  get output(): string {
    return stripVTControlCharacters(this.#output);
  }

  /** Waits for a text that was not waited for before. */
  async sees(text: string): Promise<void> {
    await until(
      () => {
        const at = this.output.indexOf(text, this.#seen);
        if (at >= 0) this.#seen = at + text.length;
        return at >= 0 || this.#child.exitCode !== null;
      },
      () => `No “${text}” in:\n${this.output.slice(-3000)}`,
    );
    if (!this.output.slice(0, this.#seen).endsWith(text)) {
      throw new Error(`It ended without “${text}”:\n${this.output.slice(-3000)}`);
    }
  }

  type(text: string): void {
    this.#child.stdin?.write(text);
  }

  /** Waits for the question, then answers it. */
  async answer(question: string, typed: string): Promise<void> {
    await this.sees(question);
    this.type(typed + ENTER);
  }

  /** Its exit code. */
  async ended(): Promise<number | null> {
    if (this.#child.exitCode === null) await once(this.#child, 'exit');
    return this.#child.exitCode;
  }

  /** Leaves it as a person does. */
  async close(): Promise<void> {
    if (this.#child.exitCode === null) this.type(CTRL_C);
    await this.ended();
  }
}
