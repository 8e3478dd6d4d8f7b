/** Receipts and statements drawn beside the bot or, where time is simulated, in it; a few at a time. */
import pLimit from 'p-limit';
import type { Clock } from '../core/deps.ts';
import { runInProcess } from '../reports/in-process.ts';
import { unpackDrawn } from './packing.ts';
import type { Drawn, Sheet } from './sheet.ts';
import type { StatementOrder } from './statement-file.ts';

export interface Drawing {
  /** Null: too many wait already, and nothing was drawn. Rejects when it can't be drawn. */
  draw(sheet: Sheet): Promise<Drawn | null>;
  /** The same of a statement, as a file of the format that was asked for. */
  statement(order: StatementOrder): Promise<Uint8Array | null>;
  /** Ends what is being drawn: its calls reject. */
  stop(): void;
}

const LIMIT_MS = 30_000;
/** Two at once would take twice the memory, and a core each. */
const AT_ONCE = 1;
/** Whoever comes later would wait for longer than people look at a chat. */
const WAITING = 10;

/** Each in a short-lived process of its own: the canvas would keep 45 MB of this one. */
export function drawInProcess(clock: Clock): Drawing {
  const stopping = new AbortController();
  const run = async (script: string, input: unknown): Promise<Uint8Array> =>
    await runInProcess({
      script: `../receipts/${script}`,
      input,
      clock,
      timeoutMs: LIMIT_MS,
      signal: stopping.signal,
    });
  return {
    ...fewAtATime({
      draw: async (sheet) => unpackDrawn(await run('draw-process.ts', sheet)),
      statement: async (order) => await run('statement-process.ts', order),
    }),
    stop: () => stopping.abort(new Error('the program stops')),
  };
}

/** In this process; what it needs is loaded when it is first used. */
export function drawInPlace(): Drawing {
  return {
    ...fewAtATime({
      async draw(sheet) {
        const { drawReceipt } = await import('./draw.ts');
        return await drawReceipt(sheet);
      },
      async statement(order) {
        const { statementFile } = await import('./statement-file.ts');
        return await statementFile(order);
      },
    }),
    stop: () => undefined,
  };
}

/** Receipts and statements wait in one line. */
function fewAtATime(one: {
  draw: (sheet: Sheet) => Promise<Drawn>;
  statement: (order: StatementOrder) => Promise<Uint8Array>;
}): Pick<Drawing, 'draw' | 'statement'> {
  const limit = pLimit(AT_ONCE);
  const inLine = async <T>(work: () => Promise<T>): Promise<T | null> =>
    limit.pendingCount >= WAITING ? null : await limit(work);
  return {
    draw: async (sheet) => await inLine(async () => await one.draw(sheet)),
    statement: async (order) => await inLine(async () => await one.statement(order)),
  };
}
