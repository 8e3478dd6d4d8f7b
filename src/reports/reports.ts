/** Pictures and spreadsheets for the staff, made beside the bot or, where time is simulated, in it. */
import { rmSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { DatabaseAddress } from '../db/address.ts';
import type { Database } from '../db/database.ts';
import type { Clock } from '../core/deps.ts';
import { runInProcess } from './in-process.ts';
import type { ExportOrder, ExportOutcome } from './export-order.ts';
import type { Picture } from './picture.ts';

export interface Reports {
  /** As a PNG. Rejects when it can't be drawn. */
  draw(picture: Picture): Promise<Uint8Array>;
  /** Writes the file that `newFile` named. Rejects when it can't be written; remove the file either way. */
  writeExport(order: ExportOrder): Promise<ExportOutcome>;
  /** A path in the folder for files that live for minutes. */
  newFile(name: string): Promise<string>;
  /** Ends what is being made: its calls reject. */
  stop(): void;
}

const DRAWING_LIMIT_MS = 30_000;
/** Fifty megabytes are written in one to two minutes on a small machine. */
const EXPORT_LIMIT_MS = 15 * 60_000;

const outcomeSchema = z.union([
  z.object({ kind: z.literal('written'), rows: z.int(), bytes: z.int() }),
  z.object({ kind: z.literal('too_large') }),
]);

/**
 * What it makes is personal: nobody but this user may look into the folder, and what an earlier process left there when
 * it was killed goes at the start.
 */
function folderOf(folder: string): Pick<Reports, 'newFile'> {
  rmSync(folder, { recursive: true, force: true });
  return {
    async newFile(name) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      return join(folder, name);
    },
  };
}

/**
 * Each thing in a short-lived process of its own: the canvas would keep 45 MB of this one, and a large file would hold
 * up whoever waits for an answer.
 */
export function reportsInProcess({
  address,
  folder,
  clock,
}: {
  address: DatabaseAddress;
  folder: string;
  clock: Clock;
}): Reports {
  const stopping = new AbortController();
  const { signal } = stopping;
  return {
    ...folderOf(folder),
    async draw(input) {
      return await runInProcess({
        script: 'draw-process.ts',
        input,
        clock,
        timeoutMs: DRAWING_LIMIT_MS,
        signal,
      });
    },
    async writeExport(order) {
      const output = await runInProcess({
        script: 'export-process.ts',
        input: { address, order },
        clock,
        timeoutMs: EXPORT_LIMIT_MS,
        signal,
      });
      return outcomeSchema.parse(JSON.parse(Buffer.from(output).toString()));
    },
    stop: () => stopping.abort(new Error('the program stops')),
  };
}

/** In this process; what it needs is loaded when it is first used. */
export function reportsInPlace({
  db,
  folder,
}: {
  db: Pick<Database, 'snapshot'>;
  folder: string;
}): Reports {
  return {
    ...folderOf(folder),
    async draw(picture) {
      const { drawPicture } = await import('./draw.ts');
      return await drawPicture(picture);
    },
    async writeExport(order) {
      const { writeExport } = await import('./export-file.ts');
      return await db.snapshot((queries) => writeExport(queries, order));
    },
    stop: () => undefined,
  };
}
