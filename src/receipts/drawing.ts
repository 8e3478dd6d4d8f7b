/** Receipts drawn beside the bot or, where time is simulated, in it; a few at a time. */
import pLimit from 'p-limit';
import type { Clock } from '../core/deps.ts';
import { runInProcess } from '../reports/in-process.ts';
import { unpackDrawn } from './packing.ts';
import type { Drawn, Sheet } from './sheet.ts';

export interface Drawing {
  /** Null: too many wait already, and nothing was drawn. Rejects when it can't be drawn. */
  draw(sheet: Sheet): Promise<Drawn | null>;
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
  const draw = async (input: Sheet): Promise<Drawn> =>
    unpackDrawn(
      await runInProcess({
        script: '../receipts/draw-process.ts',
        input,
        clock,
        timeoutMs: LIMIT_MS,
        signal: stopping.signal,
      }),
    );
  return { draw: fewAtATime(draw), stop: () => stopping.abort(new Error('the program stops')) };
}

/** In this process; what it needs is loaded when it is first used. */
export function drawInPlace(): Drawing {
  return {
    draw: fewAtATime(async (sheet) => {
      const { drawReceipt } = await import('./draw.ts');
      return await drawReceipt(sheet);
    }),
    stop: () => undefined,
  };
}

function fewAtATime(draw: (sheet: Sheet) => Promise<Drawn>): Drawing['draw'] {
  const limit = pLimit(AT_ONCE);
  return async (sheet) =>
    limit.pendingCount >= WAITING ? null : await limit(async () => await draw(sheet));
}
